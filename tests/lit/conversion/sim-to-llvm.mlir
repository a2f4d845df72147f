// RUN: snn-opt %s --pass-pipeline='builtin.module(sim.model(sim-vectorize-updates),convert-sim-to-llvm)' | FileCheck %s

// Each kernel becomes a function of the C ABI, named on the part it is of.

// CHECK-LABEL: sim.model @M
sim.model @M step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  // CHECK: sim.population @A[20] precision f32 attributes {functions = {init_constants = @A.init_constants, init_neurons = @A.init_neurons, update = @A.update}}
  sim.population @A[20] precision f32 {
    sim.parameter @tau : "ms" = 20.0
    sim.parameter @V_th : "mV" = normal(20.0, 1.0)
    sim.constant @unused : f32
    sim.constant @P : f32
    sim.field @V : f32 state "mV"
    sim.field @syn.sum : i64 sum grid 0.125
    sim.init_constants {
      %h = sim.step_size : f64
      %tau = sim.get_parameter @tau : f64
      %q = arith.divf %h, %tau : f64
      %p = math.exp %q : f64
      sim.set_constant @P, %p : f64
    }
    sim.init_neurons {
      %t = sim.get_parameter @V_th : f64
      sim.set_field @V, %t : f64
    }
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
  // Equal code is shared, whatever the names: B has A's update.
  // CHECK: sim.population @B[5] precision f32 attributes {functions = {update = @A.update}}
  sim.population @B[5] precision f32 {
    sim.constant @other : f32
    sim.constant @Q : f32
    sim.field @x : f32 state "mV"
    sim.field @in.sum : i64 sum grid 0.125
    sim.update {
      %V = sim.load @x : f32
      %p = sim.get_constant @Q : f32
      %s = sim.take @in.sum : f32
      %0 = arith.mulf %p, %V : f32
      %1 = arith.addf %0, %s : f32
      sim.store @x, %1 : f32
      %fired = arith.cmpf oge, %1, %p : f32
      sim.emit %fired : i1
    }
  }
  // CHECK: sim.projection @"A->B#0"
  sim.projection @"A->B#0" from @A to @B rule all_to_all weight 1.0 delay 1.0 grid 0.125 deliver(%w: i64) {
    // CHECK: attributes {functions = {deliver = @"A->B#0.deliver"}}
    sim.add @in.sum, %w : i64
  }
  sim.projection @"B->A#0" from @B to @A rule all_to_all weight 1.0 delay 1.0 deliver(%w: f32) {
    %V = sim.load @V : f32
    %1 = arith.mulf %V, %w : f32
    sim.store @V, %1 : f32
  }
}

// CHECK: module @M.functions {
// CHECK: func.func private @snn_exp(f64) -> f64

// CHECK-LABEL: func.func private @A.init_constants
// CHECK-SAME: (%[[PARAMETERS:.*]]: !llvm.ptr, %[[STEP:.*]]: f64, %[[CONSTANTS:.*]]: !llvm.ptr)
// CHECK: %[[TAU:.*]] = llvm.load
// CHECK: %[[Q:.*]] = arith.divf %[[STEP]], %[[TAU]] : f64
// CHECK: %[[P:.*]] = call @snn_exp(%[[Q]])
// CHECK: llvm.getelementptr %[[CONSTANTS]][%c1_i64] : (!llvm.ptr, i64) -> !llvm.ptr, f32
// CHECK: arith.truncf %[[P]] : f64 to f32
// CHECK: llvm.store

// The drawn parameter is field 2, after the fields.
// CHECK-LABEL: func.func private @A.init_neurons
// CHECK-SAME: (%[[FIELDS:[^:]*]]: !llvm.ptr
// CHECK: llvm.getelementptr %[[FIELDS]][2]
// CHECK: scf.for

// CHECK-LABEL: func.func private @A.update
// CHECK-SAME: (%[[FIELDS:[^:]*]]: !llvm.ptr, %[[CONSTANTS:[^:]*]]: !llvm.ptr, %[[INPUTS:[^:]*]]: !llvm.ptr, %[[BEGIN:[^:]*]]: i64, %[[END:[^:]*]]: i64, %[[SPIKES:[^:]*]]: !llvm.ptr) -> i32
// Base pointers and constants are read before the loop.
// CHECK: llvm.getelementptr %[[CONSTANTS]][1] : (!llvm.ptr) -> !llvm.ptr, f32
// CHECK: scf.for %[[I:.*]] = %[[BEGIN]] to %[[END]] step %c16_i64 iter_args(%[[ZERO:.*]] = %{{.*}})
// CHECK: llvm.load %{{.*}} {alignment = 64 : i64} : !llvm.ptr -> vector<16xf32>
// The sum: loaded, zeroed, rounded once, times 1/8.
// CHECK: %[[SUM:.*]] = llvm.load %[[AT:.*]] {alignment = 64 : i64} : !llvm.ptr -> vector<16xi64>
// CHECK: llvm.store %{{.*}}, %[[AT]] {alignment = 64 : i64} : vector<16xi64>, !llvm.ptr
// CHECK: %[[WIDE:.*]] = arith.sitofp %[[SUM]] : vector<16xi64> to vector<16xf64>
// CHECK: %[[REAL:.*]] = arith.truncf %[[WIDE]]
// CHECK: %[[GRID:.*]] = arith.constant dense<1.250000e-01> : vector<16xf32>
// CHECK: arith.mulf %[[REAL]], %[[GRID]] : vector<16xf32>
// Zero times a state that is not finite is NaN.
// CHECK: arith.mulf %[[ZERO]], %{{.*}} : vector<16xf32>
// CHECK: %[[MASK:.*]] = llvm.bitcast %{{.*}} : vector<16xi1> to i16
// CHECK: %[[BIT:.*]] = arith.subi %[[I]], %[[BEGIN]] : i64
// CHECK: llvm.store %[[MASK]], %{{.*}} : i16, !llvm.ptr
// CHECK: arith.cmpf uno

// CHECK-NOT: @B.update

// With one weight for all, eight targets are loaded before anything is added.
// CHECK-LABEL: func.func private @"A->B#0.deliver"
// CHECK: scf.if
// CHECK: scf.for
// CHECK-COUNT-8: llvm.load %{{.*}} : !llvm.ptr -> i32
// CHECK: arith.addi

// A handler runs for one synapse after another, as often as the spike counts.
// CHECK-LABEL: func.func private @"B->A#0.deliver"
// CHECK: scf.for
// CHECK: scf.for
// CHECK: arith.mulf
// CHECK: llvm.store %{{.*}} : f32, !llvm.ptr
