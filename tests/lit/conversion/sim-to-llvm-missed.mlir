// RUN: snn-opt %s --pass-pipeline="builtin.module(sim.model(sim-wait-for-source),convert-sim-to-llvm)" | FileCheck %s

// Missed spikes are taken one after the other, as a synapse may be listed twice;
// but how much an eligibility has faded between them depends on no state. So of a
// chunk first the steps since the event before are found (that of the entry before,
// if the synapse is the same), then the decay is computed for 16 entries at once,
// and the loop that changes synapses reads it.

// CHECK: func.func private @"p:R.on_missed"
// CHECK:   %[[DECAY:.*]] = llvm.alloca %{{.*}} x f32
// CHECK:   %[[STEPS:.*]] = llvm.alloca %{{.*}} x i32
// CHECK:   scf.for %[[FIRST:.*]] = %{{.*}} to %{{.*}} step %c256_i64
// CHECK:     scf.for %[[I:.*]] = %[[FIRST]] to %[[STOP:.*]] step %c1_i64
// CHECK:       arith.cmpi ne, %[[I]], %[[FIRST]] : i64
// CHECK:       %[[AGAIN:.*]] = arith.andi
// CHECK:       %[[SINCE:.*]] = arith.select %[[AGAIN]]
// CHECK:       %[[PASSED:.*]] = arith.subi %{{.*}}, %[[SINCE]] : i32
// CHECK:       %[[AT:.*]] = llvm.getelementptr %[[STEPS]]
// CHECK:       llvm.store %[[PASSED]], %[[AT]]
// CHECK:     scf.for %{{.*}} = %[[FIRST]] to %[[MIDDLE:.*]] step %c16_i64
// CHECK:       %[[FACTOR:.*]] = math.exp %{{.*}} : vector<16xf32>
// CHECK:       %[[AT:.*]] = llvm.getelementptr %[[DECAY]]
// CHECK:       llvm.store %[[FACTOR]], %[[AT]]
// CHECK:     scf.for %{{.*}} = %[[MIDDLE]] to %[[STOP]] step %c1_i64
// CHECK:       math.exp %{{.*}} : f32
// CHECK:     scf.for %{{.*}} = %[[FIRST]] to %[[STOP]] step %c1_i64
// CHECK-NOT:   math.exp
// CHECK:       %[[C:.*]] = llvm.load %{{.*}} : !llvm.ptr -> f32
// CHECK:       %[[AT:.*]] = llvm.getelementptr %[[DECAY]]
// CHECK:       %[[FACTOR:.*]] = llvm.load %[[AT]] {{.*}}: !llvm.ptr -> f32
// CHECK:       arith.mulf %{{.*}}, %[[FACTOR]] : f32
// CHECK:       llvm.store %{{.*}}, %{{.*}} : i32, !llvm.ptr
// CHECK:   return

sim.model @Faded step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.5
  }
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  sim.plasticity of @p rule "R" precision f32 states ["w", "c"] units ["mV", "1"] initials [#spiking.value<0.0>] lazy adds @syn.sum grid 0.5 largest 1.0 {
    sim.on_pre(%w: f32, %c: f32, %t: f32) {
      sim.yield %w, %c, %w : f32, f32, f32
    }
    sim.on_post(%w: f32, %c: f32, %t: f32) {
      %tau = arith.constant -100.0 : f32
      %one = arith.constant 1.0 : f32
      %x = arith.divf %t, %tau : f32
      %decay = math.exp %x : f32
      %faded = arith.mulf %c, %decay : f32
      %sum = arith.addf %faded, %one : f32
      sim.yield %w, %sum : f32, f32
    }
  }
}
