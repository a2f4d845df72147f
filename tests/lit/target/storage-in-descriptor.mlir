// REQUIRES: snn-translate
// RUN: snn-opt %s --snn-sim-to-llvm | snn-translate --sim-to-llvmir -O0 --cpu baseline | FileCheck %s

// The numbers of `enum snn_storage`, two words before the function that
// delivers: stored is 0, procedural 1, either 2.

// CHECK: @projections = private constant
// CHECK-SAME: i32 0, i32 0, ptr @"{{[^"]*}}", ptr null, ptr null, ptr null, ptr null }
// CHECK-SAME: i32 1, i32 0, ptr @"{{[^"]*}}", ptr null, ptr null, ptr null, ptr null }
// CHECK-SAME: i32 2, i32 0, ptr @"{{[^"]*}}", ptr null, ptr null, ptr null, ptr null }
sim.model @Three step 0.1 warmup 10 duration 90 seeds [1, 2, 3] {
  sim.population @E[20] precision f32 {
    sim.field @V : f32 state "mV"
    sim.field @syn.sum : i32 sum grid 0.125
    sim.update {
      %V = sim.load @V : f32
      %s = sim.take @syn.sum : f32
      %0 = arith.addf %V, %s : f32
      sim.store @V, %0 : f32
      %fired = arith.cmpf oge, %0, %s : f32
      sim.emit %fired : i1
    }
  }
  sim.projection @"E->E.syn#0" from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.125 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  sim.projection @"E->E.syn#1" from @E to @E rule probability(0.5) weight 1.0 delay 1.0 grid 0.125 storage procedural deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  sim.projection @"E->E.syn#2" from @E to @E rule total(40) multapses weight 1.0 delay 1.0 grid 0.125 storage either deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
}
