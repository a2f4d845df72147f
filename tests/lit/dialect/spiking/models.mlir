// RUN: snn-opt %s | snn-opt | FileCheck %s
// RUN: snn-opt %s --mlir-print-op-generic | snn-opt | FileCheck %s
// RUN: snn-opt %s --emit-bytecode | snn-opt | FileCheck %s

// Models print as they are written.

// CHECK-LABEL: spiking.synapse @ExpCurrent {
spiking.synapse @ExpCurrent {
  // CHECK-NEXT: spiking.param @tau : "ms" = 5.0
  spiking.param @tau : "ms" = 5.0
  // CHECK-NEXT: spiking.state @I : "pA" init {
  // CHECK-NEXT:   %[[ZERO:.*]] = spiking.quantity 0.0 : "pA"
  // CHECK-NEXT:   spiking.yield %[[ZERO]] : f64
  spiking.state @I : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.equation @I {
  // CHECK-NEXT: %I = spiking.read @I : f64
  spiking.equation @I {
    %I = spiking.read @I : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %I : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  // CHECK: spiking.on_spike(%w: f64) : "pA" {
  spiking.on_spike(%w: f64) : "pA" {
    %I = spiking.read @I : f64
    %s = arith.addf %I, %w : f64
    // CHECK: spiking.write @I, %{{.*}} : f64
    spiking.write @I, %s : f64
  }
}

// CHECK-LABEL: spiking.synapse @ExpConductance {
spiking.synapse @ExpConductance {
  spiking.param @tau : "ms" = 5.0
  spiking.param @E_rev : "mV" = -80.5
  // CHECK: spiking.host @V : "mV"
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
  // CHECK: spiking.let @I : "pA" {
  spiking.let @I : "pA" {
    %g = spiking.read @g : f64
    %E = spiking.read @E_rev : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %i = arith.mulf %g, %d : f64
    spiking.yield %i : f64
  }
}

// CHECK-LABEL: spiking.neuron @LIF solver <rk4, substeps = 2> precision f64 {
spiking.neuron @LIF solver <rk4, substeps = 2> precision f64 {
  spiking.param @C_m : "pF" = 250.0
  spiking.param @tau_m : "ms" = 10.0
  // CHECK: spiking.param @g_L : "nS" {
  spiking.param @g_L : "nS" {
    %C = spiking.read @C_m : f64
    %tau = spiking.read @tau_m : f64
    %g = arith.divf %C, %tau : f64
    spiking.yield %g : f64
  }
  // CHECK: spiking.param @w_max : "pA"{{$}}
  spiking.param @w_max : "pA"
  spiking.param @V_th : "mV" = -50.0
  spiking.param @V_reset : "mV" = -65.0
  spiking.param @t_ref : "ms" = 2.0
  // CHECK: spiking.input @I_ext : "pA"
  spiking.input @I_ext : "pA"
  // CHECK: spiking.receptor @exc : @ExpCurrent {
  // CHECK-NEXT: spiking.bind @tau {
  spiking.receptor @exc : @ExpCurrent {
    spiking.bind @tau {
      %0 = spiking.quantity 0.5 : "ms"
      spiking.yield %0 : f64
    }
  }
  // CHECK: spiking.receptor @inh : @ExpConductance {
  // CHECK-NEXT: }
  spiking.receptor @inh : @ExpConductance {
  }
  spiking.state @V : "mV" init {
    %0 = spiking.read @V_reset : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    // CHECK: spiking.read @exc::@I : f64
    %e = spiking.read @exc::@I : f64
    %i = spiking.read @inh::@I : f64
    %x = spiking.read @I_ext : f64
    %0 = arith.addf %e, %i : f64
    %1 = arith.addf %0, %x : f64
    %C = spiking.read @C_m : f64
    %d = arith.divf %1, %C : f64
    spiking.yield %d : f64
  // CHECK: } noise {
  } noise {
    %0 = spiking.quantity 1.0e-5 : "mV"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.port @syn(%w: f64) : "mV" {
  spiking.port @syn(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  // CHECK: spiking.port @sum(%w: f64) : "mV" grid 0.1 {
  spiking.port @sum(%w: f64) : "mV" grid 0.1 {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  // CHECK: spiking.port @ignored(%w: f64) : "1" {
  spiking.port @ignored(%w: f64) : "1" {
  }
  // CHECK: spiking.threshold rising {
  spiking.threshold rising {
    %V = spiking.read @V : f64
    %t = spiking.read @V_th : f64
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  // CHECK: } cap @V at {
  } cap @V at {
    %t = spiking.read @V_th : f64
    spiking.yield %t : f64
  }
  // CHECK: spiking.reset {
  spiking.reset {
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    // CHECK: spiking.refractory %{{.*}} holding [@V, @exc::@I] keeping_input
    spiking.refractory %t holding [@V, @exc::@I] keeping_input
  }
}

// CHECK-LABEL: spiking.neuron @Flat {
spiking.neuron @Flat {
  spiking.param @tau_m : "ms" = 20.0
  // CHECK: spiking.derived @decay : "1" {
  // CHECK-NEXT: %h = spiking.step_size : f64
  spiking.derived @decay : "1" {
    %h = spiking.step_size : f64
    %tau = spiking.read @tau_m : f64
    %q = arith.divf %h, %tau : f64
    %n = arith.negf %q : f64
    %p = math.exp %n : f64
    spiking.yield %p : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.state @exc.I : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.propagator @P of [@V, @exc.I] {
  spiking.propagator @P of [@V, @exc.I] {
    %c = arith.constant -0.05 : f64
    %0 = arith.constant 0.0 : f64
    spiking.yield %c, %0, %0, %c : f64, f64, f64, f64
  }
  // CHECK: spiking.propagator @Q affine of [@V] {
  spiking.propagator @Q affine of [@V] {
    %c = arith.constant -0.05 : f64
    spiking.yield %c, %c : f64, f64
  }
  // CHECK: spiking.step solved {V = "exact"} {
  spiking.step solved {V = "exact"} {
    %V = spiking.read @V : f64
    // CHECK: spiking.entry @P[0, 1] : f64
    %p = spiking.entry @P[0, 1] : f64
    %v = arith.mulf %p, %V : f64
    spiking.write @V, %v : f64
  }
  // CHECK: spiking.step held {
  spiking.step held {
  }
}
