// RUN: snn-opt %s --split-input-file | snn-opt --split-input-file | FileCheck %s
// RUN: snn-opt %s --split-input-file --mlir-print-op-generic | snn-opt --split-input-file | FileCheck %s

// Eight neurons on the one core of a chip whose rows belong to neurons: the
// lines of an input have slots, too.

// CHECK-LABEL: core.network @Single {
core.network @Single {
  // CHECK: core.chip @tinyodin words {axon_source = neuron, timing = events, weights = direct}
  // CHECK-SAME: numbers {axons = 256, columns = 1, cores_per_router = 1, neurons = 256, rows = 1, weight_high = 7, weight_low = -8} {
  core.chip @tinyodin
    words {timing = events, weights = direct, axon_source = neuron}
    numbers {columns = 1, rows = 1, cores_per_router = 1, neurons = 256,
             axons = 256, weight_low = -8, weight_high = 7} {
    // CHECK-NEXT: core.register "v" in -2048 to 2047
    core.register "v" in -2048 to 2047
    // CHECK-NEXT: core.parameter "threshold" in 0 to 4095
    core.parameter "threshold" in 0 to 4095
    // CHECK-NEXT: core.parameter "leak" in 0 to 127
    core.parameter "leak" in 0 to 127
  }
  // CHECK: core.population @E[8] state "V" scale 1.0
  // CHECK-SAME: parameters {leak = 3, threshold = 20}
  // CHECK-SAME: initial {v = dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xi32>}
  // CHECK-SAME: spikes dense<5.000000e-01> : tensor<8xf64>
  core.population @E[8] state "V" scale 1.0
    parameters {threshold = 20, leak = dense<3> : tensor<8xi32>}
    initial {v = dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xi32>}
    spikes dense<0.5> : tensor<8xf64>
  // CHECK: core.input @Train[2] spikes
  core.input @Train[2] spikes dense<[3.0, 1.0]> : tensor<2xf64>
  // CHECK: core.synapses 3 list dense<
  core.synapses 3 list dense<[[0, 1, 7, 0, 0], [8, 0, 5, 0, 0], [9, 7, -8, 0, 0]]>
    : tensor<3x5xi32>
  // CHECK: core.bound "neurons" cores 1
  core.bound "neurons" cores 1
  // CHECK: core.core 0 at [0, 0, 0] axons [10] routes 3 synapses [3] bits 12 {
  core.core 0 at [0, 0, 0] axons [10] routes 3 synapses [3] bits 12 {
    // CHECK-NEXT: core.slots @E [0 to 7] from 0
    core.slots @E [0 to 7] from 0
    // CHECK-NEXT: core.slots @Train [0 to 1] from 8
    core.slots @Train [0 to 1] from 8
  }
}

// -----

// A ring over two cores, where weights are chosen by the type of an axon.
// @E[3] lies in two slots, and its synapses are left out of the text.

// CHECK-LABEL: core.network @Ring bounds cores 2 messages 0.25 {
core.network @Ring bounds cores 2 messages 0.25 {
  core.chip @ranc_256 words {weights = table}
    numbers {columns = 16, rows = 16, cores_per_router = 1, neurons = 256,
             axons = 256, weight_types = 4, weight_low = -256,
             weight_high = 255} {
    // CHECK: core.register "v" in -256 to 255 wraps
    core.register "v" in -256 to 255 wraps
    core.parameter "threshold" in -256 to 255
  }
  // CHECK: weights [1, 2, 0, -3]
  // CHECK-SAME: copies dense<[1, 1, 1, 2]> : tensor<4xi32>
  // CHECK-SAME: routes dense<[1, 1, 1, 2]> : tensor<4xi32>
  core.population @E[4] state "V" scale 2.5 parameters {threshold = 20}
    initial {v = 0} weights [1, 2, 0, -3] spikes dense<0.0> : tensor<4xf64>
    copies dense<[1, 1, 1, 2]> : tensor<4xi32>
    routes dense<[1, 1, 1, 2]> : tensor<4xi32>
  // CHECK: core.synapses 298880000{{$}}
  core.synapses 298880000
  // CHECK: core.core 0 at [3, 1, 0] axons [1, 0, 0, 1] {
  core.core 0 at [3, 1, 0] axons [1, 0, 0, 1] {
    // CHECK-NEXT: core.slots @E [0, 3]
    core.slots @E [0, 3]
  }
  // CHECK: core.core 1 at [2, 1, 0] {
  core.core 1 at [2, 1, 0] {
    core.slots @E [1 to 2]
  }
}
