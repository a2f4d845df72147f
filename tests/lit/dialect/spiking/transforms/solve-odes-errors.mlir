// RUN: snn-opt %s --spiking-solve-odes --split-input-file --verify-diagnostics

spiking.neuron @Quadratic solver <exact> {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -70.0 : "mV"
    spiking.yield %0 : f64
  }
  // expected-error@+1 {{the equation of `V` has no exact solution: it is not linear with constant coefficients}}
  spiking.equation @V {
    %V = spiking.read @V : f64
    %s = arith.mulf %V, %V : f64
    spiking.yield %s : f64
  }
}

// -----

spiking.neuron @Quadratic solver <exponential_euler> {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -70.0 : "mV"
    spiking.yield %0 : f64
  }
  // expected-error@+1 {{exponential Euler needs equations that are linear in their own state; that of `V` is not}}
  spiking.equation @V {
    %V = spiking.read @V : f64
    %s = arith.mulf %V, %V : f64
    spiking.yield %s : f64
  }
}

// -----

// The time constant is that of the population, the step that of the experiment.
spiking.neuron @Fast solver <euler> {
  spiking.param @tau : "ms" = 5.0
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 1.0 : "mV"
    spiking.yield %0 : f64
  }
  // expected-error@+2 {{the step of 1 ms is too long for `V` of `Unstable`: it decays with a time constant of 0.25 ms, and would grow under euler}}
  // expected-note@+1 {{take a step of at most 0.5 ms, or `substeps = 2`, or leave the solver to the compiler}}
  spiking.equation @V {
    %V = spiking.read @V : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %V : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
}
spiking.network @Net {
  spiking.population @Stable : @Fast[10]
  spiking.population @Unstable : @Fast[10] params {tau = 0.25}
}
spiking.experiment @Run network @Net step 1.0 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
}

// -----

spiking.neuron @Quadratic solver <semi_implicit> {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -70.0 : "mV"
    spiking.yield %0 : f64
  }
  // expected-error@+1 {{the semi-implicit method needs equations that are linear in their own state; that of `V` is not}}
  spiking.equation @V {
    %V = spiking.read @V : f64
    %s = arith.mulf %V, %V : f64
    spiking.yield %s : f64
  }
}

// -----

// It divides by 1 - 2.5, in two substeps by 1 - 1.25, in three by 1 - 0.83.
spiking.neuron @Growing solver <semi_implicit> {
  spiking.param @tau : "ms" = 5.0
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 1.0 : "mV"
    spiking.yield %0 : f64
  }
  // expected-error@+2 {{the step of 1 ms is too long for `V` of `Fast`: it grows with a time constant of 0.4 ms, and would change its sign under semi_implicit}}
  // expected-note@+1 {{take a step of less than 0.4 ms, or `substeps = 3`, or leave the solver to the compiler}}
  spiking.equation @V {
    %V = spiking.read @V : f64
    %tau = spiking.read @tau : f64
    %d = arith.divf %V, %tau : f64
    spiking.yield %d : f64
  }
}
spiking.network @Net {
  spiking.population @Slow : @Growing[10]
  spiking.population @Fast : @Growing[10] params {tau = 0.4}
}
spiking.experiment @Run network @Net step 1.0 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
}
