// RUN: snn-opt %s --split-input-file --verify-diagnostics

// Each broken operation gets one message that says what is wrong.

// expected-error @+1 {{'sim.model' op needs a positive step}}
sim.model @M step 0.0 warmup 0 duration 1 seeds [1, 1, 1] {
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    // expected-error @+1 {{'sim.constant' op has type 'f64', but the population's precision is 'f32'}}
    sim.constant @c : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    // expected-error @+1 {{'sim.field' op needs a grid}}
    sim.field @s : i64 sum
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    // expected-error @+1 {{'sim.field' op a countdown is of type i32, not 'i64'}}
    sim.field @r : i64 countdown
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.field @V : f32 state "mV"
    // expected-error @+1 {{'sim.update' op must emit once, but emits 0 times}}
    sim.update {
      %0 = sim.load @V : f32
      sim.store @V, %0 : f32
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.observe {
      // expected-error @+1 {{'sim.load' op '@U' is no field of @E}}
      %0 = sim.load @U : f32
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.field @V : f32 state "mV"
    sim.observe {
      // expected-error @+1 {{'sim.load' op has type 'f64', but the declaration says 'f32'}}
      %0 = sim.load @V : f64
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.field @c : f32 derived
    sim.observe {
      %0 = sim.load @c : f32
      // expected-error @+1 {{'sim.store' op '@c' is constant during a run}}
      sim.store @c, %0 : f32
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.parameter @p : "1" = uniform(0.0, 1.0)
    sim.constant @c : f32
    sim.init_constants {
      // expected-error @+1 {{'sim.get_parameter' op '@p' differs between neurons; constants cannot depend on it}}
      %0 = sim.get_parameter @p : f64
      sim.set_constant @c, %0 : f64
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.init_constants {
      %h = sim.step_size : f64
      // expected-error @+1 {{'sim.expm' op needs a square matrix, but has 3 entries}}
      %e:3 = sim.expm %h, [%h, %h, %h] : f64
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @V : f32 state "mV"
  }
  // expected-error @+1 {{'sim.projection' op has a grid; its weight must be an integer, not 'f32'}}
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.125 deliver(%w: f32) {
    sim.store @V, %w : f32
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @V : f32 state "mV"
  }
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 grid 0.125 deliver(%w: i64) {
    // expected-error @+1 {{'sim.add' op '@V' is no sum}}
    sim.add @V, %w : i64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.input @I : f32
  }
  // expected-error @+1 {{'sim.stimulus' op '@I' is one number for all neurons, but this stimulus differs between them}}
  sim.stimulus @s to @E[0:1] input @I value(%t: f64) {
    sim.yield %t : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
  }
  // expected-error @+1 {{'sim.record_spikes' op slice ends at 3, but '@E' has 2 neurons}}
  sim.record_spikes of @E[0:3]
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.parameter @p : "1" = uniform(0.0, 1.0)
  }
  // expected-error @+1 {{'sim.set_parameter' op '@p' differs between neurons; only a uniform parameter can be changed}}
  sim.set_parameter @p of @E to 1.0 at 10
}

// -----

// expected-error @+1 {{'sim.model' op needs three seeds (network, initial state, stimulus), but has 2}}
sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1] {
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  // expected-error @+1 {{'sim.population' op needs at least one neuron, but has 0}}
  sim.population @E[0] precision f32 {
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.init_constants {
    }
    // expected-error @+1 {{'sim.init_constants' op stands twice}}
    sim.init_constants {
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    // expected-error @+1 {{'sim.field' op only a state has an initial value}}
    sim.field @r : i32 countdown initial 1.0
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    // expected-error @+1 {{'sim.field' op only a sum has a grid}}
    sim.field @V : f32 state "mV" grid 0.1
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    // expected-error @+1 {{'sim.field' op a sum is of type i32 or i64, not 'f32'}}
    sim.field @s : f32 sum grid 0.1
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    // expected-error @+1 {{'sim.input' op has type 'f64', but the population's precision is 'f32'}}
    sim.input @I : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.init_constants {
      %h = sim.step_size : f64
      // expected-error @+1 {{'sim.expm' op has 4 entries, but 2 results}}
      %e:2 = "sim.expm"(%h, %h, %h, %h, %h) : (f64, f64, f64, f64, f64) -> (f64, f64)
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.init_constants {
      %h = sim.step_size : f64
      // expected-error @+1 {{'sim.set_constant' op '@c' is no constant of @E}}
      sim.set_constant @c, %h : f64
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.field @s : i32 sum grid 0.1
    sim.init_neurons {
      %h = sim.step_size : f64
      // expected-error @+1 {{'sim.set_field' op sets a sum; only states and derived fields are initialised}}
      sim.set_field @s, %h : f64
    }
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[1] precision f32 {
    sim.field @V : f32 state "mV"
    sim.observe {
      // expected-error @+1 {{'sim.take' op '@V' is no sum}}
      %0 = sim.take @V : f32
    }
  }
}

// -----

// expected-error @+1 {{'sim.load' op belongs to no population}}
%0 = sim.load @V : f32

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  // expected-error @+1 {{'sim.poisson_source' op region must take one f64}}
  sim.poisson_source @P[2] rate(%t: f32) {
    %0 = arith.constant 0.1 : f64
    sim.yield %0 : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  // expected-error @+1 {{'sim.poisson_source' op region must yield one f64}}
  sim.poisson_source @P[2] rate(%t: f64) {
    sim.yield %t, %t : f64, f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @V : f32 state "mV"
  }
  // expected-error @+1 {{'sim.projection' op has no grid; its weight must be f32 or f64, not 'i64'}}
  sim.projection @p from @E to @E rule all_to_all weight 1.0 delay 1.0 deliver(%w: i64) {
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
  }
  // expected-error @+1 {{'sim.projection' op region must take the weight}}
  "sim.projection"() <{sym_name = "p", source = @E, target = @E, rule = #spiking.rule<all_to_all>, weight = #spiking.value<1.0>, delay = #spiking.value<1.0>}> ({
  ^bb0(%w: f64, %v: f64):
  }) : () -> ()
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
  }
  // expected-error @+1 {{'sim.projection' op '@Q' is no population or source}}
  sim.projection @p from @Q to @E rule all_to_all weight 1.0 delay 1.0 deliver(%w: f32) {
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
  }
  sim.poisson_source @P[2] rate(%t: f64) {
    sim.yield %t : f64
  }
  // expected-error @+1 {{'sim.projection' op '@P' is no population}}
  sim.projection @p from @E to @P rule all_to_all weight 1.0 delay 1.0 deliver(%w: f32) {
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  // expected-error @+1 {{'sim.drive' op '@E' is no population}}
  sim.drive @d to @E adds @s weight 0.1 grid 0.1 rate(%t: f64) {
    sim.yield %t : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
  }
  // expected-error @+1 {{'sim.drive' op '@s' is no field of @E}}
  sim.drive @d to @E adds @s weight 0.1 grid 0.1 rate(%t: f64) {
    sim.yield %t : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @V : f32 state "mV"
  }
  // expected-error @+1 {{'sim.drive' op '@V' is no sum}}
  sim.drive @d to @E adds @V weight 0.1 grid 0.1 rate(%t: f64) {
    sim.yield %t : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @s : i32 sum grid 0.1
  }
  // expected-error @+1 {{'sim.drive' op slice ends at 3, but '@E' has 2 neurons}}
  sim.drive @d to @E[0:3] adds @s weight 0.1 grid 0.1 rate(%t: f64) {
    sim.yield %t : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
  }
  // expected-error @+1 {{'sim.stimulus' op '@I' is no input of @E}}
  sim.stimulus @s to @E input @I value(%t: f64) {
    sim.yield %t : f64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
  }
  // expected-error @+1 {{'sim.record_field' op '@V' is no field of @E}}
  sim.record_field @V of @E every 10 first 10
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @V : f32 state "mV"
  }
  // expected-error @+1 {{'sim.record_field' op slice ends at 5, but '@E' has 2 neurons}}
  sim.record_field @V of @E[1:5] every 10 first 10
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
  }
  // expected-error @+1 {{'sim.set_parameter' op '@tau' is no parameter of @E}}
  sim.set_parameter @tau of @E to 1.0 at 10
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  // expected-error @+1 {{'sim.reset_state' op '@E' is no population}}
  sim.reset_state of @E at 10
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i64 sum grid 0.125
  }
  // expected-error @+1 {{'sim.projection' op has storage 'either'; its weight must be i32, not 'i64'}}
  sim.projection @p from @E to @E rule total(2) weight 1.0 delay 1.0 grid 0.125 storage either deliver(%w: i64) {
    sim.add @syn.sum, %w : i64
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.125
  }
  // expected-error @+1 {{'sim.projection' op has storage 'procedural', but one source's synapses cannot be generated alone}}
  sim.projection @p from @E to @E rule one_to_one weight 1.0 delay 1.0 grid 0.125 storage procedural deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
}

// -----

sim.model @M step 0.1 warmup 0 duration 1 seeds [1, 1, 1] {
  sim.population @E[2] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.125
  }
  // expected-error @+1 {{'sim.projection' op has storage 'toeplitz', but is no convolution with weights of i32 and one delay}}
  sim.projection @p from @E to @E rule one_to_one weight 1.0 delay 1.0 grid 0.125 storage toeplitz deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
}
