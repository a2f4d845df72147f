// RUN: snn-opt %s --split-input-file --verify-roundtrip --verify-diagnostics | FileCheck %s

// A rule with an eligibility and a modulator prints as it was read.

// CHECK-LABEL: sim.model @M
sim.model @M step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.5
  }
  // CHECK: sim.population @T[2] precision f32 follows @E delay 3 {
  sim.population @T[2] precision f32 follows @E delay 3 {
    sim.field @x : f32 state "1"
    // CHECK: sim.follow {
    sim.follow {
      %x = sim.load @x : f32
      sim.store @x, %x : f32
    }
  }
  sim.population @da[1] precision f32 {
    sim.field @d : f32 state "1"
  }
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  // CHECK: sim.plasticity of @p rule "R" precision f32 states ["w", "c"] units ["mV", "1"] initials [#spiking.value<0.0>] pre @T reads [@T::@x, @da::@d] lazy adds @syn.sum grid 0.5 backprop 2 largest 1.0 {
  sim.plasticity of @p rule "R" precision f32 states ["w", "c"] units ["mV", "1"] initials [#spiking.value<0.0>] pre @T reads [@T::@x, @da::@d] lazy adds @syn.sum grid 0.5 backprop 2 largest 1.0 {
    // CHECK: sim.on_pre(%{{.*}}: f32, %{{.*}}: f32, %{{.*}}: f32, %{{.*}}: f32, %{{.*}}: f32) {
    sim.on_pre(%w: f32, %c: f32, %x: f32, %d: f32, %t: f32) {
      sim.yield %w, %c, %w : f32, f32, f32
    }
    // CHECK: sim.on_post(
    sim.on_post(%w: f32, %c: f32, %x: f32, %d: f32, %t: f32) {
      sim.yield %w, %x : f32, f32
    }
    // CHECK: sim.every 100
    sim.every 100 (%w: f32, %c: f32, %x: f32, %d: f32, %t: f32) {
      sim.yield %d, %c : f32, f32
    }
  }
  // CHECK: sim.record_synapses @c of @p every 5 first 5
  sim.record_synapses @c of @p every 5 first 5
  // CHECK: sim.set_plasticity frozen of @p at 3
  sim.set_plasticity frozen of @p at 3
}

// -----

sim.model @M step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.5
  }
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  sim.plasticity of @p rule "R" precision f32 states ["w"] units ["mV"] adds @syn.sum grid 0.5 {
    // expected-error @+1 {{must yield 2 values of 'f32'}}
    sim.on_pre(%w: f32) {
      sim.yield %w : f32
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.5
  }
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.5 deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  // expected-error @+1 {{needs one sim.on_pre, but has 0}}
  sim.plasticity of @p rule "R" precision f32 states ["w"] units ["mV"] adds @syn.sum grid 0.5 {
    sim.on_post(%w: f32) {
      sim.yield %w : f32
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @V : f32 state "mV"
  }
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 deliver(%w: f32) {
    sim.store @V, %w : f32
  }
  // expected-error @+1 {{'@V' is no sum}}
  sim.plasticity of @p rule "R" precision f32 states ["w"] units ["mV"] adds @V grid 0.5 {
    sim.on_pre(%w: f32) {
      sim.yield %w, %w : f32, f32
    }
  }
}
