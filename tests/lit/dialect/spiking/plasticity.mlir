// RUN: snn-opt %s --verify-roundtrip --spiking-verify-dimensions | FileCheck %s

// Pair STDP on a population, its traces as cells that follow it, and a
// modulator: everything prints as it was read.

// CHECK-LABEL: spiking.neuron @LIF
spiking.neuron @LIF {
  spiking.param @tau : "ms" = 10.0
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %V = spiking.read @V : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %V : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.port @syn(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.quantity 20.0 : "mV"
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  }
}

// CHECK-LABEL: spiking.neuron @Trace
spiking.neuron @Trace {
  spiking.state @x : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  // CHECK: spiking.follow {
  spiking.follow {
    %x = spiking.read @x : f64
    %1 = arith.constant 1.0 : f64
    %s = arith.addf %x, %1 : f64
    spiking.write @x, %s : f64
  }
}

spiking.neuron @Dopamine {
  spiking.state @d : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.port @reward(%r: f64) : "1" {
    %d = spiking.read @d : f64
    %s = arith.addf %d, %r : f64
    spiking.write @d, %s : f64
  }
}

// CHECK-LABEL: spiking.plasticity @STDP pre @Trace post @Trace {
spiking.plasticity @STDP pre @Trace post @Trace {
  spiking.param @A : "1" = 0.01
  spiking.param @w_max : "mV"
  // CHECK: spiking.weight @w : "mV"
  spiking.weight @w : "mV"
  spiking.host @V : "mV"
  // CHECK: spiking.modulator @dopamine : @Dopamine
  spiking.modulator @dopamine : @Dopamine
  spiking.state @c : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  // CHECK: spiking.elapse(%[[T:.*]]: f64) {
  spiking.elapse(%t: f64) {
    %c = spiking.read @c : f64
    %r = spiking.quantity 1.0 : "1/ms"
    %k = arith.mulf %t, %r : f64
    %e = math.exp %k : f64
    %d = arith.mulf %c, %e : f64
    spiking.write @c, %d : f64
  }
  // CHECK: spiking.bound @w {
  spiking.bound @w {
    %0 = spiking.quantity 0.0 : "mV"
    %1 = spiking.read @w_max : f64
    spiking.yield %0, %1 : f64, f64
  }
  // CHECK: spiking.on_event pre {
  spiking.on_event pre {
    %w = spiking.read @w : f64
    %y = spiking.read @post::@x : f64
    %p = arith.mulf %w, %y : f64
    %s = arith.subf %w, %p : f64
    spiking.write @w, %s : f64
    // CHECK: spiking.send %{{.*}} : f64
    spiking.send %p : f64
  }
  // CHECK: spiking.on_event post {
  spiking.on_event post {
    %x = spiking.read @pre::@x : f64
    spiking.write @c, %x : f64
  }
  // CHECK: spiking.on_event every period 10.0 {
  spiking.on_event every period 10.0 {
    %w = spiking.read @w : f64
    %d = spiking.read @dopamine::@d : f64
    %g = arith.mulf %w, %d : f64
    %s = arith.addf %w, %g : f64
    spiking.write @w, %s : f64
  }
}

// CHECK-LABEL: spiking.network @Net
spiking.network @Net {
  spiking.population @E : @LIF[10]
  // CHECK: spiking.population @"E:pre" : @Trace[10] follows @E
  spiking.population @"E:pre" : @Trace[10] follows @E
  // CHECK: spiking.population @"E:post" : @Trace[10] follows @E delay 0.5
  spiking.population @"E:post" : @Trace[10] follows @E delay 0.5
  spiking.population @da : @Dopamine[1]
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  // CHECK: spiking.plastic @p by @STDP params {w_max = 1.0} pre @"E:pre" post @"E:post" modulators [@da] backprop 0.5
  spiking.plastic @p by @STDP params {w_max = 1.0} pre @"E:pre" post @"E:post" modulators [@da] backprop 0.5
}

// CHECK-LABEL: spiking.experiment @Learn
spiking.experiment @Learn network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
  // CHECK: spiking.record_synapses @w of @p every 10.0
  spiking.record_synapses @w of @p every 10.0
  // CHECK: spiking.set_plasticity frozen of @p at 50.0
  spiking.set_plasticity frozen of @p at 50.0
  // CHECK: spiking.set_plasticity at 60.0
  spiking.set_plasticity at 60.0
}
