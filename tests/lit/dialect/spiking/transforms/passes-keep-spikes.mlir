// RUN: snn-opt %s --spiking-instantiate | snn-translate --interpret > %t.before
// RUN: snn-opt %s --spiking-pipeline | snn-translate --interpret > %t.after
// RUN: grep "^sp" %t.before > %t.spikes-before
// RUN: grep "^sp" %t.after > %t.spikes-after
// RUN: cmp %t.spikes-before %t.spikes-after
// RUN: FileCheck %s < %t.after
// RUN: snn-opt %s --spiking-instantiate --spiking-merge-receptors --spiking-eliminate-dead-state --spiking-solve-odes --spiking-fold-parameters --spiking-size-accumulators | snn-translate --interpret > %t.unfused
// RUN: snn-opt %s --spiking-instantiate --spiking-merge-receptors --spiking-eliminate-dead-state --spiking-solve-odes --spiking-fold-parameters --spiking-size-accumulators --spiking-fuse-populations | snn-translate --interpret | cmp - %t.unfused
// RUN: snn-opt %s --spiking-instantiate --spiking-merge-receptors --spiking-eliminate-dead-state --spiking-solve-odes --spiking-fold-parameters --spiking-size-accumulators --spiking-select-storage | snn-translate --interpret | cmp - %t.unfused
// REQUIRES: snn-translate

// Merged receptors, a receptor to which nothing connects, a refractory time
// that holds V while an adaptation goes on with V constant: the passes change
// the last bits at most, and no spike of this network. Fusing the two cells
// changes nothing at all, nor does what is kept of synapses.

// CHECK: spike {{.*}} A 0
// CHECK: spike {{.*}} B 1

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
spiking.neuron @Adaptive {
  spiking.param @C_m : "pF" = 250.0
  spiking.param @tau_m : "ms" = 10.0
  spiking.param @tau_w : "ms" = 100.0
  spiking.param @E_L : "mV" = -65.0
  spiking.param @V_th : "mV" = -50.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.receptor @exc : @ExpCurrent {
  }
  spiking.receptor @inh : @ExpCurrent {
  }
  spiking.receptor @unused : @ExpCurrent {
  }
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.state @w : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %w = spiking.read @w : f64
    %tau = spiking.read @tau_m : f64
    %d = arith.subf %E, %V : f64
    %l = arith.divf %d, %tau : f64
    %e = spiking.read @exc::@I : f64
    %i = spiking.read @inh::@I : f64
    %u = spiking.read @unused::@I : f64
    %x = spiking.read @I_ext : f64
    %0 = arith.addf %e, %i : f64
    %1 = arith.addf %0, %u : f64
    %2 = arith.addf %1, %x : f64
    %3 = arith.subf %2, %w : f64
    %C = spiking.read @C_m : f64
    %q = arith.divf %3, %C : f64
    %r = arith.addf %l, %q : f64
    spiking.yield %r : f64
  }
  spiking.equation @w {
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %w = spiking.read @w : f64
    %tau = spiking.read @tau_w : f64
    %a = spiking.quantity 2.0 : "nS"
    %d = arith.subf %V, %E : f64
    %p = arith.mulf %a, %d : f64
    %s = arith.subf %p, %w : f64
    %r = arith.divf %s, %tau : f64
    spiking.yield %r : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.read @V_th : f64
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  }
  spiking.reset {
    %w = spiking.read @w : f64
    %b = spiking.quantity 20.0 : "pA"
    %s = arith.addf %w, %b : f64
    spiking.write @w, %s : f64
    %E = spiking.read @E_L : f64
    spiking.write @V, %E : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}
spiking.network @Net {
  spiking.population @A : @Adaptive[3]
  spiking.population @B : @Adaptive[2]
  spiking.projection @"A->B.exc#0" from @A to @B port @exc
    rule all_to_all weight 150.0 delay 1.5
  spiking.projection @"A->B.inh#0" from @A to @B port @inh
    rule all_to_all weight -20.0 delay 2.5
  spiking.projection @"B->A.inh#0" from @B to @A port @inh
    rule all_to_all weight -50.0 delay 1.0
  spiking.projection @"B->A.exc#0" from @B to @A port @exc
    rule all_to_all weight 10.0 delay 1.0
  spiking.stimulus @"stimulus A.I_ext#0" to @A input @I_ext value(%t: f64) {
    %0 = spiking.quantity 650.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.stimulus @"stimulus B.I_ext#0" to @B input @I_ext value(%t: f64) {
    %0 = spiking.quantity 300.0 : "pA"
    spiking.yield %0 : f64
  }
}
spiking.experiment @Run network @Net step 0.1 warmup 0.0 duration 200.0 seeds [1, 1, 1] precision f64 {
  spiking.record_spikes of @A
  spiking.record_spikes of @B
}
