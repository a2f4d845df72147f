// RUN: snn-opt %s --pass-pipeline="builtin.module(sim.model(sim-wait-for-source))" --split-input-file | FileCheck %s

// A handler of the target's spikes may wait for the source, if it reads nothing
// but the synapse and traces of the source that follow from its last spike.

// CHECK-LABEL: sim.model @Traces
sim.model @Traces step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @V : f32 state "mV"
    sim.field @syn.sum : i32 sum grid 0.5
  }
  // CHECK: sim.population @x[2] precision f32 follows @E attributes {replays}
  sim.population @x[2] precision f32 follows @E {
    sim.constant @P : f32
    sim.field @x : f32 state "1"
    sim.update {
      %x = sim.load @x : f32
      %p = sim.get_constant @P : f32
      %n = arith.mulf %p, %x : f32
      sim.store @x, %n : f32
      %no = arith.constant false
      sim.emit %no : i1
    }
  }
  // Another one, which an input drives.
  // CHECK: sim.population @driven[2] precision f32 follows @E {
  sim.population @driven[2] precision f32 follows @E {
    sim.input @I : f32
    sim.field @x : f32 state "1"
    sim.update {
      %x = sim.load @x : f32
      %i = sim.get_input @I : f32
      %n = arith.mulf %i, %x : f32
      sim.store @x, %n : f32
      %no = arith.constant false
      sim.emit %no : i1
    }
  }
  sim.projection @reads.source from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  sim.projection @reads.target from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  sim.projection @reads.driven from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  // `on_pre` may read what it likes.
  // CHECK: sim.plasticity of @reads.source
  // CHECK-SAME: attributes {waits}
  sim.plasticity of @reads.source rule "R" precision f32 states ["w"] units ["mV"] pre @x reads [@x::@x, @E::@V] adds @syn.sum grid 0.5 largest 1.0 {
    sim.on_pre(%w: f32, %x: f32, %V: f32) {
      sim.yield %V, %w : f32, f32
    }
    sim.on_post(%w: f32, %x: f32, %V: f32) {
      sim.yield %x : f32
    }
  }
  // CHECK: sim.plasticity of @reads.target
  // CHECK-NOT: waits
  sim.plasticity of @reads.target rule "R" precision f32 states ["w"] units ["mV"] pre @x reads [@x::@x, @E::@V] adds @syn.sum grid 0.5 largest 1.0 {
    sim.on_pre(%w: f32, %x: f32, %V: f32) {
      sim.yield %w, %w : f32, f32
    }
    sim.on_post(%w: f32, %x: f32, %V: f32) {
      sim.yield %V : f32
    }
  }
  // CHECK: sim.plasticity of @reads.driven
  // CHECK-NOT: waits
  sim.plasticity of @reads.driven rule "R" precision f32 states ["w"] units ["mV"] pre @driven reads [@driven::@x] adds @syn.sum grid 0.5 largest 1.0 {
    sim.on_pre(%w: f32, %x: f32) {
      sim.yield %w, %w : f32, f32
    }
    sim.on_post(%w: f32, %x: f32) {
      sim.yield %x : f32
    }
  }
}

// -----

// What belongs to the synapse alone needs no trace.

// CHECK-LABEL: sim.model @Own
sim.model @Own step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.5
  }
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  // CHECK: sim.plasticity of @p
  // CHECK-SAME: attributes {waits}
  sim.plasticity of @p rule "R" precision f32 states ["w", "k"] units ["mV", "1"] initials [#spiking.value<0.0>] lazy adds @syn.sum grid 0.5 largest 1.0 {
    sim.on_pre(%w: f32, %k: f32, %t: f32) {
      sim.yield %w, %t, %w : f32, f32, f32
    }
    sim.on_post(%w: f32, %k: f32, %t: f32) {
      sim.yield %k, %t : f32, f32
    }
  }
}
