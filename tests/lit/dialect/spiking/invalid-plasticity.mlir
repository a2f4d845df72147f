// RUN: snn-opt %s --split-input-file --verify-diagnostics

// What a rule may not be, what it may not read or write, and projections that
// it does not fit.

// expected-error @+1 {{needs a spiking.weight}}
spiking.plasticity @R {
}

// -----

spiking.plasticity @R {
  // expected-note @+1 {{the first is here}}
  spiking.weight @w : "mV"
  // expected-error @+1 {{is a second weight}}
  spiking.weight @v : "mV"
}

// -----

spiking.plasticity @R {
  spiking.weight @w : "mV"
  spiking.on_event pre {
  }
  // expected-error @+1 {{is a second handler of 'pre'}}
  spiking.on_event pre {
  }
}

// -----

spiking.plasticity @R {
  spiking.weight @w : "mV"
  // expected-error @+1 {{needs a period}}
  spiking.on_event every {
  }
}

// -----

spiking.plasticity @R {
  spiking.weight @w : "mV"
  // expected-error @+1 {{has a period, but happens at spikes}}
  spiking.on_event post period 1.0 {
  }
}

// -----

spiking.plasticity @R {
  spiking.weight @w : "mV"
  // expected-error @+1 {{region must yield 2 f64, but yields 1}}
  spiking.bound @w {
    %0 = spiking.quantity 0.0 : "mV"
    // expected-note @+1 {{yielded here}}
    spiking.yield %0 : f64
  }
}

// -----

spiking.plasticity @R {
  spiking.weight @w : "mV"
  spiking.on_event post {
    %w = spiking.read @w : f64
    // expected-error @+1 {{must stand in the handler of 'pre'}}
    spiking.send %w : f64
  }
}

// -----

spiking.plasticity @R {
  spiking.weight @w : "mV"
  spiking.on_event post {
    // expected-error @+1 {{'@pre::@x' is no variable of @R}}
    %x = spiking.read @pre::@x : f64
  }
}

// -----

spiking.neuron @Trace {
  spiking.state @x : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
}
spiking.plasticity @R pre @Trace {
  spiking.weight @w : "mV"
  spiking.on_event post {
    %0 = arith.constant 0.0 : f64
    // expected-error @+1 {{writes '@pre::@x', which is no state of the synapse}}
    spiking.write @pre::@x, %0 : f64
  }
}

// -----

spiking.neuron @Cell {
  // expected-note @+1 {{the first is here}}
  spiking.follow {
  }
  // expected-error @+1 {{is a second handler}}
  spiking.follow {
  }
}

// -----

spiking.neuron @Cell {
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  // expected-error @+1 {{has 9 cells, but '@E' has 10}}
  spiking.population @T : @Cell[9] follows @E
}

// -----

spiking.neuron @Cell {
}
spiking.network @Net {
  // expected-error @+1 {{has a delay, but follows no population}}
  spiking.population @T : @Cell[9] delay 1.0
}

// -----

spiking.plasticity @R {
  spiking.weight @w : "mV"
}
spiking.network @Net {
  // expected-error @+1 {{'@p' is no projection}}
  spiking.plastic @p by @R
}

// -----

spiking.neuron @Cell {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.neuron @Trace {
}
spiking.plasticity @R pre @Trace {
  spiking.weight @w : "mV"
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  spiking.population @F : @Cell[10]
  spiking.population @T : @Trace[10] follows @F
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  // expected-error @+1 {{'@T' is no population that follows @E}}
  spiking.plastic @p by @R pre @T
}

// -----

spiking.neuron @Cell {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.neuron @Dopamine {
}
spiking.plasticity @R {
  spiking.weight @w : "mV"
  spiking.modulator @d : @Dopamine
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  // expected-error @+1 {{gives 0 modulators to a rule that reads 1}}
  spiking.plastic @p by @R
}

// -----

spiking.neuron @Cell {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.plasticity @R {
  spiking.weight @w : "mV"
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  // expected-error @+1 {{'tau' is no parameter of @R}}
  spiking.plastic @p by @R params {tau = 1.0}
}

// -----

spiking.neuron @Cell {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.plasticity @R {
  spiking.weight @w : "mV"
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.projection @q from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.plastic @p by @R
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'@c' is no state of the synapses of @p}}
  spiking.record_synapses @c of @p every 10.0
}

// -----

spiking.neuron @Cell {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.plasticity @R {
  spiking.weight @w : "mV"
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.projection @q from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.plastic @p by @R
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'@q' is no plastic projection}}
  spiking.record_synapses @w of @q every 10.0
}

// -----

spiking.neuron @Cell {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.plasticity @R {
  spiking.weight @w : "mV"
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.projection @q from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.plastic @p by @R
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
  // expected-error @+1 {{'@q' is no plastic projection}}
  spiking.set_plasticity frozen of @q at 10.0
}

// -----

spiking.neuron @Cell {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.plasticity @R {
  spiking.weight @w : "mV"
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.projection @q from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.plastic @p by @R
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
  // expected-error @+1 {{needs a time of at least 0 ms}}
  spiking.set_plasticity frozen at -1.0
}

// -----

spiking.neuron @Cell {
  spiking.port @syn(%w: f64) : "mV" {
  }
}
spiking.plasticity @R {
  spiking.weight @w : "mV"
}
spiking.network @Net {
  spiking.population @E : @Cell[10]
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.projection @q from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.plastic @p by @R
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
  // expected-error @+1 {{needs a positive interval}}
  spiking.record_synapses @w of @p every 0.0
}
