// RUN: snn-opt %s | snn-opt | FileCheck %s
// RUN: snn-opt %s --spiking-instantiate | FileCheck %s --check-prefix=FLAT
// RUN: snn-opt %s --spiking-instantiate --spiking-eliminate-dead-state | FileCheck %s --check-prefix=LIVE

// A synapse that sums becomes inputs of its neuron, and a port where nothing
// arrives. What only the coupling reads of a source is kept, and a coupling to
// which nothing connects is not.

// CHECK-LABEL: spiking.synapse @Gap {
spiking.synapse @Gap {
  spiking.host @V : "mV"
  // CHECK: spiking.source @pre.V of @V : "mV"
  spiking.source @pre.V of @V : "mV"
  spiking.input @I : "pA"
  // CHECK: spiking.couple @":couple" sums [@I](%w: f64) : "nS" {
  spiking.couple @":couple" sums [@I](%w: f64) : "nS" {
    %s = spiking.read @pre.V : f64
    %V = spiking.read @V : f64
    %d = arith.subf %s, %V : f64
    %i = arith.mulf %w, %d : f64
    spiking.yield %i : f64
  }
}

spiking.neuron @Passive {
  spiking.receptor @gap : @Gap {
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -65.0 : "mV"
    spiking.yield %0 : f64
  }
}

// FLAT-LABEL: spiking.neuron @a.cell {
// FLAT: spiking.source @gap.pre.V of @V : "mV"
// FLAT: spiking.input @gap.I : "pA"
// FLAT: spiking.couple @gap sums [@gap.I](%w: f64) : "nS" {
// FLAT: spiking.read @gap.pre.V
// FLAT: spiking.read @V
// LIVE-LABEL: spiking.neuron @a.cell {
// LIVE: spiking.couple @gap
// LIVE: spiking.state @V
// LIVE-LABEL: spiking.neuron @b.cell {
// LIVE-NOT: spiking.couple
// LIVE: spiking.state @V
spiking.network @Net {
  spiking.population @a : @Passive[2]
  spiking.population @b : @Passive[2]
  spiking.projection @"b->a.gap#0" from @b to @a port @gap rule all_to_all weight 0.1 delay 0.1
}
