// RUN: snn-opt %s --spiking-instantiate | FileCheck %s

// Each population gets one flat cell; what a receptor brings has its name in
// front, what it reads of its host keeps the neuron's name.

spiking.synapse @ExpConductance {
  spiking.param @tau : "ms" = 5.0
  spiking.param @E_rev : "mV" = 0.0
  spiking.host @V : "mV"
  spiking.state @g : "nS" init {
    %0 = spiking.quantity 0.0 : "nS"
    spiking.yield %0 : f64
  }
  spiking.equation @g {
    %g = spiking.read @g : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %g : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.on_spike(%w: f64) : "nS" {
    %g = spiking.read @g : f64
    %s = arith.addf %g, %w : f64
    spiking.write @g, %s : f64
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

// CHECK-NOT: spiking.synapse
// CHECK-NOT: spiking.neuron @Cell
// CHECK-LABEL: spiking.neuron @E.cell {
spiking.neuron @Cell {
  // CHECK-NEXT: spiking.param @C_m : "pF" = 200.0
  spiking.param @C_m : "pF" = 200.0
  // CHECK-NEXT: spiking.param @tau_e : "ms" = 4.0
  spiking.param @tau_e : "ms" = 4.0
  // CHECK-NOT: spiking.receptor
  // CHECK: spiking.param @exc.tau : "ms" {
  // CHECK-NEXT: spiking.read @tau_e
  // CHECK: spiking.param @exc.E_rev : "mV" = 0.0
  // CHECK-NOT: spiking.host
  // CHECK: spiking.state @exc.g : "nS"
  // CHECK: spiking.equation @exc.g {
  // CHECK: spiking.read @exc.tau
  // CHECK: spiking.port @exc(%w: f64) : "nS" {
  // CHECK: spiking.read @exc.g
  // CHECK: spiking.write @exc.g
  // CHECK: spiking.let @exc.I : "pA" {
  // CHECK: spiking.read @exc.E_rev
  // CHECK-NEXT: spiking.read @V :
  spiking.receptor @exc : @ExpConductance {
    spiking.bind @tau {
      %t = spiking.read @tau_e : f64
      spiking.yield %t : f64
    }
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -60.0 : "mV"
    spiking.yield %0 : f64
  }
  // A let that reads a let: both stand in the equation.
  spiking.let @I_syn : "pA" {
    %i = spiking.read @exc::@I : f64
    %n = arith.negf %i : f64
    spiking.yield %n : f64
  }
  // CHECK: spiking.equation @V {
  // CHECK-NOT: I_syn
  // CHECK: spiking.read @exc.g
  // CHECK: arith.mulf
  // CHECK: arith.negf
  // CHECK: arith.divf
  spiking.equation @V {
    %i = spiking.read @I_syn : f64
    %C = spiking.read @C_m : f64
    %d = arith.divf %i, %C : f64
    spiking.yield %d : f64
  }
}

// CHECK-LABEL: spiking.neuron @I.cell {

// CHECK-LABEL: spiking.network @Net {
spiking.network @Net {
  // CHECK: spiking.population @E : @E.cell[10] params {exc.tau = 3.0}
  spiking.population @E : @Cell[10] params {exc.tau = 3.0}
  // CHECK: spiking.population @I : @I.cell[5]
  spiking.population @I : @Cell[5]
  // CHECK: to @I port @exc
  spiking.projection @"E->I.exc#0" from @E to @I port @exc
    rule all_to_all weight 0.1 delay 1.5
}

// CHECK-LABEL: spiking.experiment @Run
spiking.experiment @Run network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
  // CHECK: spiking.record_state @exc.g of @E
  spiking.record_state @exc::@g of @E every 1.0
}
