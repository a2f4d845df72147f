// REQUIRES: snn-translate
// RUN: snn-opt %s --snn-sim-to-llvm | snn-translate --sim-to-llvmir -O0 --cpu baseline | FileCheck %s

// One constant of the C ABI, everything else private to the object.

// CHECK-DAG: @[[NAME:text[.0-9]*]] = private constant [5 x i8] c"Pair\00"
// CHECK-DAG: @[[E:text[.0-9]*]] = private constant [2 x i8] c"E\00"
// A drawn initial value of field 0: uniform (kind 1) in [0, 10).
// CHECK-DAG: @initials = private constant {{.*}} { i32 0, i32 0, {{.*}} { i32 1, i32 0, double 0.000000e+00, double 1.000000e+01, double 0xFFF0000000000000, double 0x7FF0000000000000, double 0xFFF0000000000000, double 0x7FF0000000000000, ptr null, i64 0 } }
// CHECK-DAG: @populations = private constant {{.*}} { ptr @[[E]], i64 20, i32 0, i32 0, i32 2, i32 0, i32 1, i32 0, ptr @fields, ptr null, ptr @initials, i64 4, ptr null, ptr null, ptr @E.update,
// CHECK-DAG: @sources = private constant [2 x i32] [i32 0, i32 3]
// CHECK-DAG: @targets = private constant [2 x i32] [i32 1, i32 2]
// CHECK-DAG: @projections = private constant
// The version, one file, the name, the step, 10 + 90 steps and the seeds.
// CHECK: @snn_compiled_model = constant {{.*}} { i32 8, i32 1, ptr @[[NAME]], {{.*}} double 1.000000e-01, i64 10, i64 90, { i64, i64, i64 } { i64 1, i64 2, i64 3 }, i32 1, i32 1, i32 0, i32 0, i32 1, i32 0, ptr @populations, ptr @projections, ptr null, ptr null, ptr @records, ptr null, ptr @files, i64 0, ptr null }

// CHECK: define internal i32 @E.update(
// CHECK-SAME: #[[ATTRIBUTES:[0-9]+]]
// CHECK: define internal void @"E->E.syn#0.deliver"(
// Constants are folded as the code runs: subnormals are zero.
// CHECK: attributes #[[ATTRIBUTES]] = {{.*}}"denormal-fp-math"="preserve-sign,preserve-sign"{{.*}}"target-cpu"="x86-64"
sim.model @Pair step 0.1 warmup 10 duration 90 seeds [1, 2, 3] {
  sim.population @E[20] precision f32 {
    sim.constant @P : f32
    sim.field @V : f32 state "mV" initial uniform(0.0, 10.0)
    sim.field @syn.sum : i64 sum grid 0.125
    sim.update {
      %V = sim.load @V : f32
      %p = sim.get_constant @P : f32
      %s = sim.take @syn.sum : f32
      %0 = arith.mulf %p, %V : f32
      %1 = arith.addf %0, %s : f32
      sim.store @V, %1 : f32
      %fired = arith.cmpf oge, %1, %p : f32
      sim.emit %fired : i1
    }
  }
  sim.projection @"E->E.syn#0" from @E to @E rule list([0, 3], [1, 2]) weight 1.0 delay 1.0 grid 0.125 deliver(%w: i64) {
    sim.add @syn.sum, %w : i64
  }
  sim.record_spikes of @E
}
