// RUN: snn-opt %s --split-input-file --verify-diagnostics

// Each broken operation gets one message that says what is wrong.

// expected-error @+1 {{'core.network' op needs one chip, but has 0}}
core.network @N {
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
}

// -----

// expected-error @+1 {{'core.network' op needs one list of synapses, but has 2}}
core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.synapses 0
}

// -----

// expected-error @+1 {{'core.network' op has no neurons}}
core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.synapses 0
}

// -----

core.network @N {
  // expected-error @+1 {{'core.chip' op needs 'rows', a size of the mesh}}
  core.chip @c words {} numbers {columns = 2, cores_per_router = 1} {
  }
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {} numbers {columns = 1, rows = 1, cores_per_router = 1} {
    core.register "v" in 0 to 1
    // expected-error @+1 {{'core.parameter' op 'v' is declared twice}}
    core.parameter "v" in 0 to 1
  }
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {} numbers {columns = 1, rows = 1, cores_per_router = 1} {
    // expected-error @+1 {{'core.register' op has no values: 3 is above -3}}
    core.register "v" in 3 to -3
  }
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  // expected-error @+1 {{'core.population' op lacks the parameter 'threshold'}}
  core.population @E[4] state "V" scale 1.0 parameters {}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  // expected-error @+1 {{'core.population' op has 'bias', which is no parameter of the chip}}
  core.population @E[4] state "V" scale 1.0 parameters {bias = 1, threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  // expected-error @+1 {{'core.population' op has 'threshold' 16 at neuron 0, which is not in 0 to 15}}
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 16}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  // expected-error @+1 {{'core.population' op has 'v' -9 at neuron 2, which is not in -8 to 7}}
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = dense<[0, 0, -9, 0]> : tensor<4xi32>} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  // expected-error @+1 {{'core.population' op needs 4 whole numbers (i32) as 'v', not 'tensor<3xi32>'}}
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = dense<0> : tensor<3xi32>} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  // expected-error @+1 {{'core.population' op needs 4 reals (f64) as 'spikes', not 'tensor<4xf32>'}}
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf32>
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  // expected-error @+1 {{'core.population' op has 2 weights for 0 types of axons}}
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} weights [1, 2] spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.input' op needs 3 whole numbers (i32) as 'routes', not 'tensor<2xi32>'}}
  core.input @Train[3] spikes dense<0.0> : tensor<3xf64> routes dense<0> : tensor<2xi32>
  core.synapses 0
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op needs a list of 2x5 whole numbers (i32), not 'tensor<1x5xi32>'}}
  core.synapses 2 list dense<[[0, 0, 1, 0, 0]]> : tensor<1x5xi32>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op has synapse 1 behind one of a later source or target}}
  core.synapses 2 list dense<[[1, 0, 1, 0, 0], [0, 0, 1, 0, 0]]> : tensor<2x5xi32>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op has synapse 0 from 4; there are 4 sources}}
  core.synapses 1 list dense<[[4, 0, 1, 0, 0]]> : tensor<1x5xi32>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op has synapse 0 to 4; there are 4 neurons}}
  core.synapses 1 list dense<[[0, 4, 1, 0, 0]]> : tensor<1x5xi32>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op has synapse 0 with the weight 8, which is not in -8 to 7}}
  core.synapses 1 list dense<[[0, 0, 8, 0, 0]]> : tensor<1x5xi32>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op has synapse 0 of type 256}}
  core.synapses 1 list dense<[[0, 0, 1, 256, 0]]> : tensor<1x5xi32>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op has synapse 0 with the delay -1}}
  core.synapses 1 list dense<[[0, 0, 1, 0, -1]]> : tensor<1x5xi32>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op has rows and words, or neither}}
  core.synapses 1 rows dense<0> : tensor<5xi64>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op has 3 rows and ends for 4 sources}}
  core.synapses 1 rows dense<0> : tensor<3xi64> words dense<0> : tensor<1x12xi8>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  // expected-error @+1 {{'core.synapses' op is a list, or rows and words, not both}}
  core.synapses 0 list dense<> : tensor<0x5xi32> rows dense<0> : tensor<5xi64> words dense<> : tensor<0x12xi8>
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  // expected-error @+1 {{'core.core' op is number 1, but 0 are before it}}
  core.core 1 {
    core.slots @E [0 to 1]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  // expected-error @+1 {{'core.core' op lies outside of the mesh of 2x1x1}}
  core.core 0 at [2, 0, 0] {
    core.slots @E [0 to 1]
  }
  core.core 1 {
    core.slots @E [2 to 3]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  // expected-error @+1 {{'core.core' op lies at a column, a row and a seat}}
  core.core 0 at [1, 0] {
    core.slots @E [0 to 1]
  }
  core.core 1 {
    core.slots @E [2 to 3]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 at [1, 0, 0] {
    core.slots @E [0 to 1]
  }
  // expected-error @+1 {{'core.core' op lies where another does}}
  core.core 1 at [1, 0, 0] {
    core.slots @E [2 to 3]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  // expected-error @+1 {{'core.core' op has 3 neurons; the limit is 2}}
  core.core 0 {
    core.slots @E [0 to 2]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  // expected-error @+1 {{'core.core' op has 4 axons; the limit is 3}}
  core.core 0 axons [3, 1] {
    core.slots @E [0 to 1]
  }
  core.core 1 {
    core.slots @E [2 to 3]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  // expected-error @+1 {{'core.core' op has 5 core_routes; the limit is 4}}
  core.core 0 routes 5 {
    core.slots @E [0 to 1]
  }
  core.core 1 {
    core.slots @E [2 to 3]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  // expected-error @+1 {{'core.core' op has 6 synapses; the limit is 5}}
  core.core 0 synapses [6] {
    core.slots @E [0 to 1]
  }
  core.core 1 {
    core.slots @E [2 to 3]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  // expected-error @+1 {{'core.core' op has 7 synapse_bits; the limit is 6}}
  core.core 0 bits 7 {
    core.slots @E [0 to 1]
  }
  core.core 1 {
    core.slots @E [2 to 3]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 {
    core.slots @E [0 to 1]
  }
  core.core 1 {
    // expected-error @+1 {{'core.slots' op E[1] is on two cores}}
    core.slots @E [1 to 2]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 {
    core.slots @E [0 to 1]
  }
  core.core 1 {
    // expected-error @+1 {{'core.slots' op has E[4]; there are 4}}
    core.slots @E [3 to 4]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 {
    // expected-error @+1 {{'core.slots' op begins at slot 1, but 0 are taken before it}}
    core.slots @E [0] from 1
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 {
    // expected-error @+1 {{'core.slots' op needs neurons that ascend}}
    core.slots @E [1, 0]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 {
    // expected-error @+1 {{'core.slots' op needs ranges of neurons}}
    core.slots @E []
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 {
    // expected-error @+1 {{'core.slots' op @F is no population and no input}}
    core.slots @F [0]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  // expected-error @+1 {{'core.population' op has neuron 2 on no core}}
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 {
    core.slots @E [0 to 1]
  }
}

// -----

core.network @N {
  core.chip @c words {weights = direct}
    numbers {columns = 2, rows = 1, cores_per_router = 1, neurons = 2,
             axons = 3, core_routes = 4, synapses = 5, synapse_bits = 6,
             weight_low = -8, weight_high = 7} {
    core.register "v" in -8 to 7
    core.parameter "threshold" in 0 to 15
  }
  core.population @E[4] state "V" scale 1.0 parameters {threshold = 3}
    initial {v = 0} spikes dense<0.0> : tensor<4xf64>
  core.synapses 0
  core.core 0 {
    // expected-error @+1 {{'core.bound' op expects parent op 'core.network'}}
    core.bound "axons" cores 1
  }
}
