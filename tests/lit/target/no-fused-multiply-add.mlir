// REQUIRES: snn-translate
// RUN: snn-opt %s --snn-sim-to-llvm | snn-translate --sim-to-llvmir -O3 --cpu x86-64-v4 | llc --fp-contract=off | FileCheck %s

// Levels that have a fused multiply-add do not use it: its one rounding would
// give other bits than two. Elementary functions call no library.

// CHECK-LABEL: E.update:
// CHECK-NOT: vfm
// CHECK-NOT: call
// CHECK: vmulps
// CHECK-NOT: vfm
// CHECK-NOT: call
// CHECK: retq
sim.model @M step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[20] precision f32 {
    sim.constant @P : f32
    sim.field @V : f32 state "mV"
    sim.update {
      %V = sim.load @V : f32
      %p = sim.get_constant @P : f32
      %0 = arith.mulf %p, %V : f32
      %1 = arith.addf %0, %p : f32
      %2 = math.exp %1 : f32
      %3 = math.tanh %2 : f32
      sim.store @V, %3 : f32
      %fired = arith.cmpf oge, %1, %p : f32
      sim.emit %fired : i1
    }
  }
}
