// RUN: snn-translate --interpret %s | FileCheck %s
// RUN: snn-opt %s --spiking-instantiate --spiking-solve-odes --spiking-fold-parameters | snn-translate --interpret | FileCheck %s
// REQUIRES: snn-translate

// Cells with exponential currents: equations integrated in small parts of a
// step, and the exact solution in f32, give the same spikes.

// CHECK: spike_hash a16c0796e1d0bd5c

spiking.synapse @ExpCurrent {
  spiking.param @tau : "ms" = 5.0
  spiking.state @I : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.equation @I {
    %I = spiking.read @I : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %I : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.on_spike(%w: f64) : "pA" {
    %I = spiking.read @I : f64
    %s = arith.addf %I, %w : f64
    spiking.write @I, %s : f64
  }
}
spiking.neuron @LIF {
  spiking.param @C_m : "pF" = 250.0
  spiking.param @tau_m : "ms" = 10.0
  spiking.param @E_L : "mV" = -65.0
  spiking.param @V_th : "mV" = -50.0
  spiking.param @V_reset : "mV" = -65.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.receptor @exc : @ExpCurrent {
    spiking.bind @tau {
      %0 = spiking.quantity 0.5 : "ms"
      spiking.yield %0 : f64
    }
  }
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %tau = spiking.read @tau_m : f64
    %d = arith.subf %E, %V : f64
    %l = arith.divf %d, %tau : f64
    %e = spiking.read @exc::@I : f64
    %x = spiking.read @I_ext : f64
    %s = arith.addf %e, %x : f64
    %C = spiking.read @C_m : f64
    %q = arith.divf %s, %C : f64
    %r = arith.addf %l, %q : f64
    spiking.yield %r : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.read @V_th : f64
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  } cap @V at {
    %t = spiking.read @V_th : f64
    spiking.yield %t : f64
  }
  spiking.reset {
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}
spiking.network @Net {
  spiking.population @E : @LIF[100] params {V_th = normal(-50.0, 1.0)} init {V = uniform(-65.0, -50.0)}
  spiking.projection @"E->E.exc#0" from @E to @E port @exc
    rule indegree(10) autapses multapses weight 20.0 delay 1.5
  spiking.stimulus @"step->E.I_ext#0" to @E input @I_ext value(%t: f64) {
    %0 = spiking.quantity 500.0 : "pA"
    spiking.yield %0 : f64
  }
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
  spiking.record_spikes of @E
}
