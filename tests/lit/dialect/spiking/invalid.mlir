// RUN: snn-opt %s --split-input-file --verify-diagnostics

// Each broken operation gets one message that says what is wrong.

spiking.neuron @N {
  // expected-error @+1 {{'spiking.param' op has the unit "furlong", which is unknown}}
  spiking.param @x : "furlong" = 1.0
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.param' op has the unit "V", but values are in "mV"}}
  spiking.param @x : "V" = 1.0
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.param' op has both a number and a region as its default}}
  spiking.param @x : "mV" = 1.0 {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.state' op region must yield 1 f64, but yields 2}}
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    // expected-note @+1 {{yielded here}}
    spiking.yield %0, %0 : f64, f64
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.threshold' op region must yield 1 i1, but yields 1}}
  spiking.threshold {
    %0 = spiking.quantity 0.0 : "mV"
    // expected-note @+1 {{yielded here}}
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  spiking.state @V : "mV" init {
    // expected-error @+1 {{'spiking.read' op '@E_L' is no variable of @N}}
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.param @x : "mV" {
    // expected-error @+1 {{'spiking.read' op '@V' changes during a run; this is computed once, before}}
    %0 = spiking.read @V : f64
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  // expected-note @+1 {{declared here}}
  spiking.param @E : "mV" = 1.0
  spiking.port @syn(%w: f64) : "mV" {
    // expected-error @+1 {{'spiking.write' op '@E' is no state of @N}}
    spiking.write @E, %w : f64
  }
}

// -----

spiking.neuron @N {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %0 = spiking.quantity 0.0 : "mV/ms"
    // expected-error @+1 {{'spiking.write' op must stand in a handler, a reset or a step}}
    spiking.write @V, %0 : f64
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.equation' op '@V' is no state of @N}}
  spiking.equation @V {
    %0 = spiking.quantity 0.0 : "mV/ms"
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  // expected-note @+1 {{the first is here}}
  spiking.equation @V {
    %0 = spiking.quantity 0.0 : "mV/ms"
    spiking.yield %0 : f64
  }
  // expected-error @+1 {{'spiking.equation' op is a second equation of V}}
  spiking.equation @V {
    %0 = spiking.quantity 1.0 : "mV/ms"
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.reset' op needs a spiking.threshold}}
  spiking.reset {
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.receptor' op '@ExpCurrent' is no synapse}}
  spiking.receptor @exc : @ExpCurrent {
  }
}

// -----

spiking.synapse @S {
  spiking.param @tau : "ms" = 5.0
}
spiking.neuron @N {
  spiking.receptor @exc : @S {
    // expected-error @+1 {{'spiking.bind' op '@tua' is no parameter of @S}}
    spiking.bind @tua {
      %0 = spiking.quantity 1.0 : "ms"
      spiking.yield %0 : f64
    }
  }
}

// -----

spiking.neuron @N {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.propagator @P of [@V] {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.step {
    // expected-error @+1 {{'spiking.entry' op lies outside of @P, which has 1 rows and 1 columns}}
    %p = spiking.entry @P[0, 1] : f64
    spiking.write @V, %p : f64
  }
}

// -----

spiking.neuron @N {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  // expected-error @+1 {{'spiking.propagator' op region must yield 2 f64, but yields 1}}
  spiking.propagator @P affine of [@V] {
    %0 = arith.constant 0.0 : f64
    // expected-note @+1 {{yielded here}}
    spiking.yield %0 : f64
  }
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'spiking.population' op '@N' is no neuron}}
  spiking.population @E : @N[10]
}

// -----

spiking.neuron @N {
  // expected-note @+1 {{declared here}}
  spiking.param @w_max : "mV"
}
spiking.network @Net {
  // expected-error @+1 {{'spiking.population' op gives no value of 'w_max', which has no default}}
  spiking.population @E : @N[10]
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  // expected-error @+1 {{'spiking.population' op 'tau' is no parameter of @N}}
  spiking.population @E : @N[10] params {tau = 1.0}
}

// -----

spiking.neuron @N {
  spiking.param @tau : "ms" = 1.0
}
spiking.network @Net {
  // expected-error @+1 {{'spiking.population' op gives 2 values of 'tau' for 10 neurons}}
  spiking.population @E : @N[10] params {tau = data([1.0, 2.0])}
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  // expected-error @+1 {{'spiking.population' op needs at least one neuron, but has 0}}
  spiking.population @E : @N[0]
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op '@syn' is no port or receptor of @N}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 1.0 delay 1.0
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op slice ends at 11, but '@E' has 10 neurons}}
  spiking.projection @p from @E[0:11] to @E port @syn rule all_to_all weight 1.0 delay 1.0
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op connects one to one, but there are 5 sources and 10 targets}}
  spiking.projection @p from @E[0:10:2] to @E port @syn rule one_to_one weight 1.0 delay 1.0
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op has a negative delay}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 1.0 delay -1.0
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.stimulus' op '@I' is no input of @N}}
  spiking.stimulus @s to @E input @I value(%t: f64) {
    spiking.yield %t : f64
  }
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'spiking.train_source' op steps must ascend from 0, but 1 follows 5}}
  spiking.train_source @Q[10] steps dense<[5, 1]> : tensor<2xi64> ids dense<[0, 9]> : tensor<2xi64>
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'spiking.train_source' op has 10 members, but a spike of 10}}
  spiking.train_source @Q[10] steps dense<[1, 1]> : tensor<2xi64> ids dense<[0, 10]> : tensor<2xi64>
}

// -----

spiking.network @Net {
  spiking.train_source @Q[10] steps dense<[1]> : tensor<1xi64> ids dense<[0]> : tensor<1xi64>
  // expected-error @+1 {{'spiking.condition_source' op needs a window and what comes before, or neither}}
  spiking.condition_source @met of @Q after @Q delay 1.0 longest 1.0
}

// -----

spiking.network @Net {
  spiking.train_source @Q[10] steps dense<[1]> : tensor<1xi64> ids dense<[0]> : tensor<1xi64>
  // expected-error @+1 {{'spiking.condition_source' op has an empty window}}
  spiking.condition_source @met of @Q within 0.0 after @Q delay 1.0 longest 1.0
}

// -----

spiking.network @Net {
  spiking.train_source @Q[10] steps dense<[1]> : tensor<1xi64> ids dense<[0]> : tensor<1xi64>
  // expected-error @+1 {{'spiking.condition_source' op has a delay longer than the longest}}
  spiking.condition_source @met of @Q delay 2.0 longest 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'spiking.condition_source' op '@Q' is no population}}
  spiking.condition_source @met of @Q delay 1.0 longest 1.0
}

// -----

// expected-error @+1 {{'spiking.experiment' op '@Net' is no network}}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
}

// -----

spiking.network @Net {
}
// expected-error @+1 {{'spiking.experiment' op needs a positive step}}
spiking.experiment @X network @Net step 0.0 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
}

// -----

spiking.network @Net {
}
// expected-error @+1 {{'spiking.experiment' op needs three seeds (network, initial state, stimulus), but has 1}}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1] {
}

// -----

spiking.network @Net {
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'spiking.record_spikes' op '@E' is no population}}
  spiking.record_spikes of @E
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  spiking.population @E : @N[10]
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'spiking.record_state' op '@V' is no state, let or input of @N}}
  spiking.record_state @V of @E every 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'spiking.poisson_source' op region must take one f64}}
  spiking.poisson_source @P[2] rate(%t: i64) {
    %0 = spiking.quantity 1.0 : "1/ms"
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.state' op region must take no arguments}}
  spiking.state @V : "mV" init {
  ^bb0(%x: f64):
    spiking.yield %x : f64
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.state' op region must end with spiking.yield}}
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    sim.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  // expected-error @+1 {{'spiking.threshold' op needs both the capped state and its bound, or neither}}
  "spiking.threshold"() <{cap = @V}> ({
    %0 = arith.constant true
    spiking.yield %0 : i1
  }, {
  }) : () -> ()
}

// -----

spiking.neuron @N {
  spiking.threshold {
    %0 = arith.constant true
    spiking.yield %0 : i1
  }
  // expected-error @+1 {{'spiking.reset' op starts refractoriness twice}}
  spiking.reset {
    %0 = spiking.quantity 2.0 : "ms"
    spiking.refractory %0
    spiking.refractory %0
  }
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "ms" {
    // expected-error @+1 {{'spiking.refractory' op must stand in a reset}}
    spiking.refractory %w
  }
}

// -----

spiking.neuron @N {
  spiking.threshold {
    %0 = arith.constant true
    spiking.yield %0 : i1
  }
  spiking.reset {
    %0 = spiking.quantity 2.0 : "ms"
    // expected-error @+1 {{'spiking.refractory' op '@V' is no state of @N}}
    spiking.refractory %0 holding [@V]
  }
}

// -----

spiking.neuron @N {
  // expected-note @+1 {{the first is here}}
  spiking.threshold {
    %0 = arith.constant true
    spiking.yield %0 : i1
  }
  // expected-error @+1 {{'spiking.threshold' op is a second threshold}}
  spiking.threshold {
    %0 = arith.constant false
    spiking.yield %0 : i1
  }
}

// -----

spiking.neuron @N {
  spiking.threshold {
    %0 = arith.constant true
    spiking.yield %0 : i1
  }
  // expected-note @+1 {{the first is here}}
  spiking.reset {
  }
  // expected-error @+1 {{'spiking.reset' op is a second reset}}
  spiking.reset {
  }
}

// -----

spiking.synapse @S {
  // expected-note @+1 {{the first is here}}
  spiking.on_spike(%w: f64) : "mV" {
  }
  // expected-error @+1 {{'spiking.on_spike' op is a second handler}}
  spiking.on_spike(%w: f64) : "mV" {
  }
}

// -----

spiking.neuron @N {
  spiking.step {
  }
  // expected-error @+1 {{'spiking.step' op is a second step of its kind}}
  spiking.step {
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.step' op 'solved' must map states to names of methods}}
  spiking.step solved {V = 1} {
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.propagator' op needs at least one state}}
  spiking.propagator @P of [] {
    spiking.yield
  }
}

// -----

spiking.neuron @N {
  // expected-error @+1 {{'spiking.propagator' op '@V' is no state or input of @N}}
  spiking.propagator @P of [@V] {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.step {
    // expected-error @+1 {{'spiking.entry' op '@P' is no propagator of @N}}
    %p = spiking.entry @P[0, 0] : f64
    spiking.write @V, %p : f64
  }
}

// -----

// expected-error @+1 {{'spiking.read' op stands outside of any model}}
%0 = spiking.read @V : f64

// -----

spiking.synapse @S {
  spiking.param @tau : "ms" = 5.0
}
spiking.neuron @N {
  spiking.receptor @exc : @S {
    // expected-error @+1 {{'spiking.quantity' op must not stand in a receptor}}
    %0 = spiking.quantity 1.0 : "ms"
  }
}

// -----

spiking.synapse @S {
  spiking.param @tau : "ms" = 5.0
}
spiking.neuron @N {
  spiking.receptor @exc : @S {
    spiking.bind @tau {
      %0 = spiking.quantity 1.0 : "ms"
      spiking.yield %0 : f64
    }
    // expected-error @+1 {{'spiking.bind' op binds tau twice}}
    spiking.bind @tau {
      %0 = spiking.quantity 2.0 : "ms"
      spiking.yield %0 : f64
    }
  }
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  // expected-error @+1 {{'spiking.population' op 'V' is no state of @N}}
  spiking.population @E : @N[10] init {V = 1.0}
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  // expected-error @+1 {{'spiking.population' op value of 'tau' must be a #spiking.value}}
  "spiking.population"() <{sym_name = "E", model = @N, size = 10 : i64, params = {tau = 1.0 : f64}, init = {}}> : () -> ()
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'spiking.poisson_source' op needs at least one member, but has 0}}
  spiking.poisson_source @P[0] rate(%t: f64) {
    %0 = spiking.quantity 1.0 : "1/ms"
    spiking.yield %0 : f64
  }
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'spiking.train_source' op needs 64-bit integers as steps and ids}}
  spiking.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi32> ids dense<[0, 9]> : tensor<2xi64>
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'spiking.train_source' op has 2 steps, but 1 ids}}
  spiking.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi64> ids dense<[0]> : tensor<1xi64>
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  spiking.train_source @Q[10] steps dense<[1]> : tensor<1xi64> ids dense<[0]> : tensor<1xi64>
  // expected-error @+1 {{'spiking.projection' op '@Q' has no neurons, only spikes}}
  spiking.projection @p from @E to @Q port @syn rule all_to_all weight 1.0 delay 1.0
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op lists neuron 10 of 10}}
  spiking.projection @p from @E to @E port @syn rule list([0, 10], [1, 2]) weight 1.0 delay 1.0
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.drive' op '@syn' is no port or receptor of @N}}
  spiking.drive @d to @E port @syn weight 0.1 rate(%t: f64) {
    %0 = spiking.quantity 1.0 : "1/ms"
    spiking.yield %0 : f64
  }
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.drive' op slice ends at 20, but '@E' has 10 neurons}}
  spiking.drive @d to @E[0:20] port @syn weight 0.1 rate(%t: f64) {
    %0 = spiking.quantity 1.0 : "1/ms"
    spiking.yield %0 : f64
  }
}

// -----

spiking.network @Net {
}
// expected-error @+1 {{'spiking.experiment' op needs a warm-up and a duration of at least 0 ms}}
spiking.experiment @X network @Net step 0.1 warmup -1.0 duration 1.0 seeds [1, 1, 1] {
}

// -----

spiking.neuron @N {
  spiking.input @I : "pA"
}
spiking.network @Net {
  spiking.population @E : @N[10]
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'spiking.record_state' op needs a positive interval}}
  spiking.record_state @I of @E every 0.0
}

// -----

spiking.neuron @N {
}
spiking.network @Net {
  spiking.population @E : @N[10]
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'spiking.set_parameter' op '@tau' is no parameter of @N}}
  spiking.set_parameter @tau of @E to 1.0 at 0.5
}

// -----

spiking.neuron @N {
  spiking.param @tau : "ms" = 1.0
}
spiking.network @Net {
  spiking.population @E : @N[10]
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'spiking.set_parameter' op needs a time of at least 0 ms}}
  spiking.set_parameter @tau of @E to 1.0 at -0.5
}

// -----

spiking.network @Net {
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'spiking.reset_state' op '@E' is no population}}
  spiking.reset_state of @E at 0.5
}

// -----

spiking.network @Net {
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'spiking.reset_state' op needs a time of at least 0 ms}}
  spiking.reset_state at -0.5
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op has storage 'procedural', but one source's synapses cannot be generated alone}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 1.0 delay 1.0 storage procedural
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op has storage 'either', but one source's synapses cannot be generated alone}}
  spiking.projection @p from @E[0:5] to @E[5:10] port @syn rule indegree(2) multapses weight 1.0 delay 1.0 storage either
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op has storage 'procedural', but one source's synapses cannot be generated alone}}
  spiking.projection @p from @E to @E port @syn rule total(2) weight 1.0 delay 1.0 dendritic data([1.0, 2.0]) storage procedural
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{unknown storage 'dense'}}
  spiking.projection @p from @E to @E port @syn rule total(2) weight 1.0 delay 1.0 storage dense
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op convolves 5 neurons into 3, but there are 10 sources and 10 targets}}
  spiking.projection @p from @E to @E port @syn rule convolution([1, 1, 5], [1, 1, 3], kernel [1, 3], stride [1, 1], padding [0, 0], dilation [1, 1], groups 1) weight 1.0 delay 1.0
}

// -----

spiking.neuron @N {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.network @Net {
  spiking.population @E : @N[10]
  // expected-error @+1 {{'spiking.projection' op has storage 'toeplitz', but is no convolution with one delay}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 1.0 delay 1.0 storage toeplitz
}
