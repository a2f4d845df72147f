// REQUIRES: snn-translate
// RUN: snn-opt %s --snn-sim-to-llvm | snn-translate --sim-to-llvmir -O0 --cpu baseline | FileCheck %s

// What is done at a period may be done to many rows together where it sees nothing
// of their sources (1), and may wait where it sees nothing of targets either (2): the
// run-time library is told which. Of these four, one reads a modulator, one the
// source's trace, one the target's, one the target itself.

// CHECK: @periodic = private constant
// CHECK-SAME: { i64 10, ptr @"p:R.every#0", i32 3 }
// CHECK-SAME: { i64 20, ptr @"p:R.every#1", i32 2 }
// CHECK-SAME: { i64 30, ptr @"p:R.every#2", i32 1 }
// CHECK-SAME: { i64 40, ptr @"p:R.every#3", i32 1 }

sim.model @Periods step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.5
    sim.field @V : f32 state "mV"
  }
  sim.population @S[2] precision f32 follows @E {
    sim.field @x : f32 state "1"
    sim.follow {
      %x = sim.load @x : f32
      sim.store @x, %x : f32
    }
  }
  sim.population @T[2] precision f32 follows @E {
    sim.field @y : f32 state "1"
    sim.follow {
      %y = sim.load @y : f32
      sim.store @y, %y : f32
    }
  }
  sim.population @da[1] precision f32 {
    sim.field @d : f32 state "1"
  }
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  sim.plasticity of @p rule "R" precision f32 states ["w"] units ["mV"] pre @S post @T reads [@da::@d, @S::@x, @T::@y, @E::@V] adds @syn.sum grid 0.5 largest 1.0 {
    sim.on_pre(%w: f32, %d: f32, %x: f32, %y: f32, %V: f32) {
      sim.yield %w, %w : f32, f32
    }
    sim.every 10 (%w: f32, %d: f32, %x: f32, %y: f32, %V: f32) {
      sim.yield %d : f32
    }
    sim.every 20 (%w: f32, %d: f32, %x: f32, %y: f32, %V: f32) {
      sim.yield %x : f32
    }
    sim.every 30 (%w: f32, %d: f32, %x: f32, %y: f32, %V: f32) {
      sim.yield %y : f32
    }
    sim.every 40 (%w: f32, %d: f32, %x: f32, %y: f32, %V: f32) {
      sim.yield %V : f32
    }
  }
}
