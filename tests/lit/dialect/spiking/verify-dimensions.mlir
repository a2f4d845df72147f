// RUN: snn-opt %s --spiking-verify-dimensions --split-input-file --verify-diagnostics

// Dimensions follow from units through arithmetic; what disagrees is refused.

spiking.synapse @ExpConductance {
  spiking.param @tau : "ms" = 5.0
  spiking.param @E_rev : "mV" = 0.0
  spiking.host @V : "mV"
  spiking.state @g : "nS" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @g {
    %g = spiking.read @g : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %g : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.let @I : "pA" {
    %g = spiking.read @g : f64
    %E = spiking.read @E_rev : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %i = arith.mulf %g, %d : f64
    spiking.yield %i : f64
  }
}

spiking.neuron @Good {
  spiking.param @C_m : "pF" = 250.0
  spiking.param @sigma : "mV" = 1.0
  spiking.param @tau : "ms" = 10.0
  spiking.receptor @exc : @ExpConductance {
    spiking.bind @tau {
      %0 = spiking.quantity 2.0 : "ms"
      spiking.yield %0 : f64
    }
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -65.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %I = spiking.read @exc::@I : f64
    %C = spiking.read @C_m : f64
    %d = arith.divf %I, %C : f64
    spiking.yield %d : f64
  } noise {
    %s = spiking.read @sigma : f64
    %tau = spiking.read @tau : f64
    %two = arith.constant 2.0 : f64
    %q = arith.divf %two, %tau : f64
    %r = math.sqrt %q : f64
    %g = arith.mulf %s, %r : f64
    spiking.yield %g : f64
  }
  spiking.let @steep : "mV^2" {
    %V = spiking.read @V : f64
    %half = arith.constant 0.5 : f64
    %two = arith.constant 2.0 : f64
    %r = math.powf %V, %half : f64
    %f = arith.mulf %r, %r : f64
    %s = math.powf %f, %two : f64
    spiking.yield %s : f64
  }
}

// -----

spiking.neuron @Sum {
  spiking.param @V : "mV" = 1.0
  spiking.param @I : "pA" = 1.0
  spiking.let @sum : "mV" {
    %V = spiking.read @V : f64
    %I = spiking.read @I : f64
    // expected-error @+1 {{combines a voltage (mV) and a current (pA)}}
    %s = arith.addf %V, %I : f64
    spiking.yield %s : f64
  }
}

// -----

spiking.neuron @PlainNumber {
  spiking.param @V : "mV" = 1.0
  spiking.let @next : "mV" {
    %V = spiking.read @V : f64
    %one = arith.constant 1.0 : f64
    // expected-error @+1 {{combines a voltage (mV) and a plain number}}
    %s = arith.addf %V, %one : f64
    spiking.yield %s : f64
  }
}

// -----

spiking.neuron @Function {
  spiking.param @V : "mV" = 1.0
  spiking.let @grown : "1" {
    %V = spiking.read @V : f64
    // expected-error @+1 {{takes plain numbers: expected a plain number, but this is a voltage (mV)}}
    %s = math.exp %V : f64
    spiking.yield %s : f64
  }
}

// -----

spiking.neuron @Derivative {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %V = spiking.read @V : f64
    // expected-error @+1 {{derivative: expected a voltage per time (mV/ms), but this is a voltage (mV)}}
    spiking.yield %V : f64
  }
}

// -----

spiking.neuron @Comparison {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.quantity 10.0 : "ms"
    // expected-error @+1 {{combines a voltage (mV) and a time (ms)}}
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  }
}

// -----

spiking.neuron @Write {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @syn(%w: f64) : "pA" {
    // expected-error @+1 {{writes a state: expected a voltage (mV), but this is a current (pA)}}
    spiking.write @V, %w : f64
  }
}

// -----

spiking.synapse @S {
  spiking.param @tau : "ms" = 5.0
}
spiking.neuron @Binding {
  spiking.param @E : "mV" = 5.0
  spiking.receptor @exc : @S {
    spiking.bind @tau {
      %E = spiking.read @E : f64
      // expected-error @+1 {{value of a parameter: expected a time (ms), but this is a voltage (mV)}}
      spiking.yield %E : f64
    }
  }
}

// -----

spiking.neuron @N {
  spiking.input @I_ext : "pA"
}
spiking.network @Net {
  spiking.population @E : @N[10]
  spiking.stimulus @s to @E input @I_ext value(%t: f64) {
    // expected-error @+1 {{value of a stimulus: expected a current (pA), but this is a time (ms)}}
    spiking.yield %t : f64
  }
}
