// RUN: snn-opt %s --spiking-pipeline | snn-translate --interpret | FileCheck %s
// REQUIRES: snn-translate


// A recurrent network whose excitatory synapses change by traces and a modulator.

// CHECK: synapses E->E.exc#0 w
// CHECK: spike_hash {{[0-9a-f]+}}
spiking.synapse @Current {
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
spiking.synapse @Conductance {
  spiking.param @tau : "ms" = 10.0
  spiking.param @E_rev : "mV" = -80.0
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
spiking.neuron @N solver <euler> precision f32 {
  spiking.param @C_m : "pF" = 200.0
  spiking.param @tau_m : "ms" = 20.0
  spiking.param @E_L : "mV" = -60.0
  spiking.param @V_th : "mV" = -50.0
  spiking.param @V_reset : "mV" {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.param @t_ref : "ms" = 2.0
  spiking.param @Delta : "mV" = 1.5
  spiking.input @I_ext : "pA"
  spiking.receptor @exc : @Current {
    spiking.bind @tau {
      %0 = spiking.quantity 20.0 : "ms"
      spiking.yield %0 : f64
    }
  }
  spiking.receptor @inh : @Conductance {
  }
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.let @I_syn : "pA" {
    %e = spiking.read @exc::@I : f64
    %i = spiking.read @inh::@I : f64
    %s = arith.addf %e, %i : f64
    spiking.yield %s : f64
  }
  spiking.equation @V {
    %V = spiking.read @V : f64
    %E = spiking.read @E_L : f64
    %tau = spiking.read @tau_m : f64
    %C = spiking.read @C_m : f64
    %I = spiking.read @I_syn : f64
    %x = spiking.read @I_ext : f64
    %0 = arith.subf %E, %V : f64
    %1 = arith.divf %0, %tau : f64
    %2 = arith.addf %I, %x : f64
    %3 = arith.divf %2, %C : f64
    %4 = arith.addf %1, %3 : f64
    spiking.yield %4 : f64
  }
  spiking.port @jump(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %top = spiking.quantity -45.0 : "mV"
    %range = spiking.quantity 15.0 : "mV"
    %0 = arith.subf %top, %V : f64
    %1 = arith.divf %0, %range : f64
    %2 = arith.mulf %w, %1 : f64
    %3 = arith.addf %V, %2 : f64
    spiking.write @V, %3 : f64
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
    spiking.refractory %t holding [@V] keeping_input
  }
}
spiking.neuron @PreTrace {
  spiking.param @tau : "ms" = 20.0
  spiking.state @x : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.state @R : "1" init {
    %0 = arith.constant 1.0 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @x {
    %x = spiking.read @x : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %x : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @R {
    %R = spiking.read @R : f64
    %1 = arith.constant 1.0 : f64
    %tau = spiking.quantity 100.0 : "ms"
    %n = arith.subf %1, %R : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.follow {
    %x = spiking.read @x : f64
    %1 = arith.constant 1.0 : f64
    %s = arith.addf %x, %1 : f64
    spiking.write @x, %s : f64
    %R = spiking.read @R : f64
    %U = arith.constant 0.3 : f64
    %0 = arith.mulf %U, %R : f64
    %2 = arith.subf %R, %0 : f64
    spiking.write @R, %2 : f64
  }
}
spiking.neuron @PostTrace {
  spiking.param @tau : "ms" = 20.0
  spiking.state @x : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.state @R : "1" init {
    %0 = arith.constant 1.0 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @x {
    %x = spiking.read @x : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %x : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @R {
    %R = spiking.read @R : f64
    %1 = arith.constant 1.0 : f64
    %tau = spiking.quantity 100.0 : "ms"
    %n = arith.subf %1, %R : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.follow {
    %x = spiking.read @x : f64
    %1 = arith.constant 1.0 : f64
    %s = arith.addf %1, %1 : f64
    spiking.write @x, %s : f64
    %R = spiking.read @R : f64
    %U = arith.constant 0.3 : f64
    %0 = arith.mulf %U, %R : f64
    %2 = arith.subf %R, %0 : f64
    spiking.write @R, %2 : f64
  }
}

spiking.neuron @Modulator {
  spiking.state @d : "1" init {
    %0 = arith.constant 0.2 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @d {
    %d = spiking.read @d : f64
    %tau = spiking.quantity 30.0 : "ms"
    %n = arith.negf %d : f64
    %r = arith.divf %n, %tau : f64
    spiking.yield %r : f64
  }
  spiking.port @reward(%r: f64) : "1" {
    %d = spiking.read @d : f64
    %s = arith.addf %d, %r : f64
    spiking.write @d, %s : f64
  }
}
spiking.plasticity @Rule pre @PreTrace post @PostTrace {
  spiking.param @A_plus : "pA" = 1.5
  spiking.param @A_minus : "pA" {
    %A = spiking.read @A_plus : f64
    %r = arith.constant 0.7 : f64
    %m = arith.mulf %A, %r : f64
    spiking.yield %m : f64
  }
  spiking.param @w_max : "pA"
  spiking.weight @w : "pA"
  spiking.modulator @m : @Modulator
  spiking.bound @w {
    %0 = spiking.quantity 0.0 : "pA"
    %1 = spiking.read @w_max : f64
    spiking.yield %0, %1 : f64, f64
  }
  spiking.on_event pre {
    %A = spiking.read @A_minus : f64
    %y = spiking.read @post::@x : f64
    %0 = arith.mulf %A, %y : f64
    %old = spiking.read @w : f64
    %new = arith.subf %old, %0 : f64
    spiking.write @w, %new : f64
  }
  spiking.on_event post {
    %A = spiking.read @A_plus : f64
    %x = spiking.read @pre::@x : f64
    %0 = arith.mulf %A, %x : f64
    %old = spiking.read @w : f64
    %new = arith.addf %old, %0 : f64
    spiking.write @w, %new : f64
  }
  spiking.on_event every period 5.0 {
    %R = spiking.read @pre::@R : f64
    %y = spiking.read @post::@x : f64
    %k = spiking.quantity 0.125 : "pA"
    %0 = arith.mulf %R, %y : f64
    %1 = arith.mulf %0, %k : f64
    %d = spiking.read @m::@d : f64
    %3 = arith.mulf %1, %d : f64
    %old = spiking.read @w : f64
    %new = arith.addf %old, %3 : f64
    spiking.write @w, %new : f64
  }
}

spiking.network @Net {
  spiking.population @E : @N[70] params {tau_m = uniform(15.0, 25.0), exc.tau = 3.0} init {V = uniform(-60.0, -50.0)}
  spiking.population @I : @N[23]
  spiking.poisson_source @P[20] rate(%t: f64) {
    %0 = spiking.quantity 0.02 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.projection @"P->E.exc#0" from @P[0:20:2] to @E port @exc rule probability(0.5) weight 30.0 delay 0.1
  spiking.projection @"E->E.exc#0" from @E to @E port @exc rule probability(0.2) weight normal(15.0, 3.0) delay 1.5
  spiking.projection @"E->I.exc#0" from @E[0:60] to @I port @exc rule probability(0.2) weight 20.0 delay 0.8
  spiking.projection @"I->E.inh#0" from @I to @E port @inh rule all_to_all weight normal(3.0, 0.5) redraw [0.0, none] delay uniform(0.5, 2.0)
  spiking.projection @"E->I.jump#0" from @E to @I[3:20] port @jump rule probability(0.3) weight 0.7 delay uniform(0.5, 3.0)
  spiking.drive @"poisson->I.exc#0" to @I port @exc weight uniform(10.0, 40.0) rate(%t: f64) {
    %0 = spiking.quantity 0.4 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.stimulus @"step->E.I_ext#0" to @E input @I_ext value(%t: f64) {
    %on = spiking.quantity 10.0 : "ms"
    %c = arith.cmpf oge, %t, %on : f64
    %high = spiking.quantity 180.0 : "pA"
    %low = spiking.quantity 90.0 : "pA"
    %v = arith.select %c, %high, %low : f64
    spiking.yield %v : f64
  }
  spiking.population @mod : @Modulator[1]
  spiking.projection @"P->mod.reward#0" from @P to @mod port @reward rule all_to_all weight 0.125 delay 0.5
  spiking.population @"E->E.exc#0:pre" : @PreTrace[70] follows @E params {tau = 10.0}
  spiking.population @"E->E.exc#0:post" : @PostTrace[70] follows @E delay 0.3
  spiking.plastic @"E->E.exc#0" by @Rule params {w_max = 35.0} pre @"E->E.exc#0:pre" post @"E->E.exc#0:post" modulators [@mod] backprop 0.3
  spiking.population @"P->E.exc#0:pre" : @PreTrace[20] follows @P params {tau = uniform(10.0, 30.0)}
  spiking.population @"P->E.exc#0:post" : @PostTrace[70] follows @E delay 2.0
  spiking.plastic @"P->E.exc#0" by @Rule params {w_max = 35.0} pre @"P->E.exc#0:pre" post @"P->E.exc#0:post" modulators [@mod] backprop 2.0
  spiking.population @"E->I.exc#0:pre" : @PreTrace[70] follows @E params {tau = uniform(10.0, 30.0)}
  spiking.population @"E->I.exc#0:post" : @PostTrace[23] follows @I
  spiking.plastic @"E->I.exc#0" by @Rule params {w_max = 35.0} pre @"E->I.exc#0:pre" post @"E->I.exc#0:post" modulators [@mod]
}
spiking.experiment @X network @Net step 0.1 warmup 10.0 duration 60.0 seeds [166, 2, 3] schedule brian2 {
}
