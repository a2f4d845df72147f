// RUN: snn-opt %s --split-input-file --verify-diagnostics --spiking-select-storage | FileCheck %s --check-prefixes=CHECK,AUTO
// RUN: snn-opt %s --split-input-file --verify-diagnostics --spiking-select-storage=storage=stored | FileCheck %s --check-prefixes=CHECK,STORED
// RUN: snn-opt %s --split-input-file --verify-diagnostics --spiking-select-storage=storage=rows | FileCheck %s --check-prefixes=CHECK,ROWS
// RUN: snn-opt %s --split-input-file --verify-diagnostics --spiking-select-storage=storage=procedural | FileCheck %s --check-prefixes=CHECK,PROCEDURAL

spiking.neuron @Cell {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @sum(%w: f64) : "mV" grid 0.125 {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  spiking.port @wide(%w: f64) : "mV" grid 0.125 {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  } attributes {wide}
  spiking.port @handler(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %p = arith.mulf %V, %w : f64
    spiking.write @V, %p : f64
  }
}

// CHECK-LABEL: spiking.network @RulesThatDrawRows
spiking.network @RulesThatDrawRows {
  spiking.population @A : @Cell[10]
  spiking.population @B : @Cell[10]
  // AUTO-COUNT-6: grid 0.125 storage either
  // STORED-COUNT-6: grid 0.125 storage stored
  // ROWS-COUNT-6: grid 0.125 storage rows
  // PROCEDURAL-COUNT-6: grid 0.125 storage procedural
  spiking.projection @probability from @A to @A port @sum rule probability(0.5) weight 1.0 delay 1.5 grid 0.125
  spiking.projection @outdegree from @A to @A port @sum rule outdegree(2) weight normal(1.0, 0.5) delay 1.5 grid 0.125
  spiking.projection @total from @A to @A port @sum rule total(20) multapses weight 1.0 delay uniform(1.0, 2.0) grid 0.125
  spiking.projection @indegree from @A to @A port @sum rule indegree(2) autapses multapses weight categorical([1.0, 2.0], [0.5, 0.5]) delay 1.5 grid 0.125
  // Another population has no autapses to exclude.
  spiking.projection @between from @A to @B port @sum rule indegree(2) multapses weight 1.0 delay 1.5 dendritic 0.5 grid 0.125
  spiking.projection @slices from @A[0:5] to @A[5:10] port @sum rule probability(0.5) weight 1.0 delay 1.5 grid 0.125
}

// CHECK-LABEL: spiking.network @OnlyStored
spiking.network @OnlyStored {
  spiking.population @A : @Cell[4]
  spiking.population @B : @Cell[4]
  // CHECK: rule one_to_one {{.*}} storage {{stored|rows}}
  spiking.projection @one_to_one from @A to @A port @sum rule one_to_one weight 1.0 delay 1.5 grid 0.125
  // CHECK: rule all_to_all {{.*}} storage {{stored|rows}}
  spiking.projection @all_to_all from @A to @A port @sum rule all_to_all weight normal(1.0, 0.5) delay 1.5 grid 0.125
  // CHECK: rule list({{.*}} storage {{stored|rows}}
  spiking.projection @list from @A to @A port @sum rule list([0], [1]) weight 1.0 delay 1.5 grid 0.125
  // Each target draws its sources.
  // CHECK: rule indegree(2) autapses weight {{.*}} storage {{stored|rows}}
  spiking.projection @no_multapses from @A to @B port @sum rule indegree(2) autapses weight 1.0 delay 1.5 grid 0.125
  // CHECK: rule indegree(2) multapses weight {{.*}} storage {{stored|rows}}
  spiking.projection @no_autapses from @A to @A port @sum rule indegree(2) multapses weight 1.0 delay 1.5 grid 0.125
  // Values that are looked up by the number of the synapse.
  // CHECK: weight data([1.0, 2.0]) {{.*}} storage {{stored|rows}}
  spiking.projection @given_weights from @A to @A port @sum rule total(2) weight data([1.0, 2.0]) delay 1.5 grid 0.125
  // CHECK: delay data([1.0, 2.0]) {{.*}} storage {{stored|rows}}
  spiking.projection @given_delays from @A to @A port @sum rule total(2) weight 1.0 delay data([1.0, 2.0]) grid 0.125
  // CHECK: dendritic data([1.0, 2.0]) {{.*}} storage {{stored|rows}}
  spiking.projection @given_dendritic from @A to @A port @sum rule total(2) weight 1.0 delay 1.0 dendritic data([1.0, 2.0]) grid 0.125
  // CHECK: port @wide {{.*}} storage {{stored|rows}}
  spiking.projection @wide_sums from @A to @A port @wide rule total(2) weight 1.0 delay 1.5 grid 0.125
  // CHECK: port @handler {{.*}} storage {{stored|rows}}
  spiking.projection @in_order from @A to @A port @handler rule total(2) weight 1.0 delay 1.5
}

// The kernel alone, of one delay, where the port adds in 32 bits.
// CHECK-LABEL: spiking.network @Kernels
spiking.network @Kernels {
  spiking.population @A : @Cell[10]
  // AUTO: @kernel {{.*}} storage toeplitz
  // STORED: @kernel {{.*}} storage toeplitz
  // PROCEDURAL: @kernel {{.*}} storage toeplitz
  // ROWS: @kernel {{.*}} storage rows
  spiking.projection @kernel from @A to @A port @sum rule convolution([1, 1, 10], [1, 1, 10], kernel [1, 3], stride [1, 1], padding [0, 1], dilation [1, 1], groups 1) autapses weight data([1.0, 2.0, 3.0]) delay 1.5 dendritic 0.5 grid 0.125
  // CHECK: @asked {{.*}} storage rows
  spiking.projection @asked from @A to @A port @sum rule convolution([1, 1, 10], [1, 1, 10], kernel [1, 3], stride [1, 1], padding [0, 1], dilation [1, 1], groups 1) autapses weight 1.0 delay 1.5 grid 0.125 storage rows
  // CHECK: @delays {{.*}} storage {{stored|rows}}
  spiking.projection @delays from @A to @A port @sum rule convolution([1, 1, 10], [1, 1, 10], kernel [1, 3], stride [1, 1], padding [0, 1], dilation [1, 1], groups 1) autapses weight 1.0 delay data([1.0, 2.0, 3.0]) grid 0.125
  // CHECK: @wide_kernel {{.*}} storage {{stored|rows}}
  spiking.projection @wide_kernel from @A to @A port @wide rule convolution([1, 1, 10], [1, 1, 10], kernel [1, 3], stride [1, 1], padding [0, 1], dilation [1, 1], groups 1) autapses weight 1.0 delay 1.5 grid 0.125
  // CHECK: @ordered {{.*}} storage {{stored|rows}}
  spiking.projection @ordered from @A to @A port @handler rule convolution([1, 1, 10], [1, 1, 10], kernel [1, 3], stride [1, 1], padding [0, 1], dilation [1, 1], groups 1) autapses weight 1.0 delay 1.5
}

// What the model asks for is not overridden.
// CHECK-LABEL: spiking.network @Asked
spiking.network @Asked {
  spiking.population @A : @Cell[4]
  // CHECK: @kept {{.*}} storage stored
  spiking.projection @kept from @A to @A port @sum rule total(2) weight 1.0 delay 1.5 grid 0.125 storage stored
  // CHECK: @generated {{.*}} storage procedural
  spiking.projection @generated from @A to @A port @sum rule total(2) weight 1.0 delay 1.5 grid 0.125 storage procedural
  // CHECK: @open {{.*}} storage either
  spiking.projection @open from @A to @A port @sum rule total(2) weight 1.0 delay 1.5 grid 0.125 storage either
  // CHECK: @open_in_order {{.*}} storage stored
  spiking.projection @open_in_order from @A to @A port @handler rule total(2) weight 1.0 delay 1.5 storage either
}

// -----

spiking.neuron @Cell {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @handler(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %p = arith.mulf %V, %w : f64
    spiking.write @V, %p : f64
  }
}
spiking.network @AskedOfAHandler {
  spiking.population @A : @Cell[4]
  // expected-error @+1 {{`@storage(procedural)` needs a port that adds in 32 bits, but `handler` of `A` does more than add, so that synapses are delivered in a fixed order; ask for `@storage(stored)`}}
  spiking.projection @p from @A to @A port @handler rule total(2) weight 1.0 delay 1.5 storage procedural
}

// -----

spiking.neuron @Cell {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @wide(%w: f64) : "mV" grid 0.125 {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  } attributes {wide}
}
spiking.network @AskedOfWideSums {
  spiking.population @A : @Cell[4]
  // expected-error @+1 {{`@storage(procedural)` needs a port that adds in 32 bits, but `wide` of `A` adds in 64 bits; ask for `@storage(stored)`}}
  spiking.projection @p from @A to @A port @wide rule total(2) weight 1.0 delay 1.5 grid 0.125 storage procedural
}
