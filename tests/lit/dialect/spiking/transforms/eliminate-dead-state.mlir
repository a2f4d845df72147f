// RUN: snn-opt %s --spiking-eliminate-dead-state | FileCheck %s

// Nothing arrives at inh: its rise and its conductance stay zero, and V' loses
// their term. Nothing that spikes or is recorded reads theta.

// CHECK-LABEL: spiking.neuron @Cell
spiking.neuron @Cell {
  spiking.param @tau : "ms" = 5.0
  // CHECK: spiking.state @exc.g
  spiking.state @exc.g : "nS" init {
    %0 = spiking.quantity 0.0 : "nS"
    spiking.yield %0 : f64
  }
  // CHECK-NOT: spiking.state @inh.x
  spiking.state @inh.x : "nS/ms" init {
    %0 = spiking.quantity 0.0 : "nS/ms"
    spiking.yield %0 : f64
  }
  // A recorded state that stays zero can still be recorded.
  // CHECK: spiking.let @inh.g : "nS" {
  // CHECK-NEXT: arith.constant 0.0
  spiking.state @inh.g : "nS" init {
    %0 = spiking.quantity 0.0 : "nS"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.state @V
  spiking.state @V : "nS" init {
    %0 = spiking.quantity -65.0 : "nS"
    spiking.yield %0 : f64
  }
  // CHECK-NOT: spiking.state @theta
  spiking.state @theta : "nS" init {
    %0 = spiking.quantity 1.0 : "nS"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.equation @exc.g
  // CHECK-NOT: spiking.equation @inh
  spiking.equation @exc.g {
    %g = spiking.read @exc.g : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %g : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @inh.x {
    %x = spiking.read @inh.x : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %x : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @inh.g {
    %x = spiking.read @inh.x : f64
    %g = spiking.read @inh.g : f64
    %tau = spiking.read @tau : f64
    %q = arith.divf %g, %tau : f64
    %d = arith.subf %x, %q : f64
    spiking.yield %d : f64
  }
  // CHECK: spiking.equation @V {
  // CHECK-NEXT: %[[G:.*]] = spiking.read @exc.g
  // CHECK-NEXT: %[[V:.*]] = spiking.read @V
  // CHECK-NEXT: %[[P:.*]] = arith.mulf %[[G]], %[[V]]
  // CHECK-NEXT: spiking.yield %[[P]]
  spiking.equation @V {
    %e = spiking.read @exc.g : f64
    %i = spiking.read @inh.g : f64
    %V = spiking.read @V : f64
    %0 = arith.mulf %e, %V : f64
    %1 = arith.mulf %i, %V : f64
    %2 = arith.addf %0, %1 : f64
    spiking.yield %2 : f64
  }
  // CHECK-NOT: spiking.equation @theta
  spiking.equation @theta {
    %V = spiking.read @V : f64
    spiking.yield %V : f64
  }
  // CHECK: spiking.port @exc
  // CHECK: spiking.write @exc.g
  spiking.port @exc(%w: f64) : "nS" {
    %g = spiking.read @exc.g : f64
    %s = arith.addf %g, %w : f64
    spiking.write @exc.g, %s : f64
  }
  // CHECK: spiking.port @inh(%w: f64) : "nS" {
  // CHECK-NEXT: }
  spiking.port @inh(%w: f64) : "nS" {
    %g = spiking.read @inh.x : f64
    %s = arith.addf %g, %w : f64
    spiking.write @inh.x, %s : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %0 = spiking.quantity -50.0 : "nS"
    %c = arith.cmpf oge, %V, %0 : f64
    spiking.yield %c : i1
  }
  // CHECK: spiking.reset {
  // CHECK-NEXT: }
  spiking.reset {
    %t = spiking.read @theta : f64
    %0 = arith.addf %t, %t : f64
    spiking.write @theta, %0 : f64
  }
}
spiking.network @Net {
  spiking.population @A : @Cell[10]
  spiking.projection @"A->A.exc#0" from @A to @A port @exc
    rule all_to_all weight 0.1 delay 1.5
}
spiking.experiment @Run network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 2, 3] {
  spiking.record_state @inh.g of @A every 1.0
}
