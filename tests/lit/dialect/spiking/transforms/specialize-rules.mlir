// RUN: snn-opt %s --spiking-instantiate --spiking-specialize-rules | FileCheck %s

// A*w_max is computed once, in f64; no parameter is left, of the rule or of the
// projection.

// CHECK-LABEL: spiking.plasticity @"p:STDP"
// CHECK-NEXT:  spiking.weight @w : "mV"
// CHECK-NEXT:  spiking.bound @w {
// CHECK-DAG:     %[[HIGH:.*]] = arith.constant 2.000000e+00 : f64
// CHECK:         spiking.yield %{{.*}}, %[[HIGH]] : f64, f64
// CHECK:       spiking.on_event pre {
// CHECK-DAG:     %[[K:.*]] = arith.constant 2.000000e-02 : f64
// CHECK-DAG:     %[[Y:.*]] = spiking.read @post::@x : f64
// CHECK:         arith.mulf %[[K]], %[[Y]] : f64
// CHECK:       spiking.on_event post {
// CHECK-DAG:     %[[K:.*]] = arith.constant 5.000000e-01 : f64
// CHECK-DAG:     %[[X:.*]] = spiking.read @pre::@x : f64
// CHECK:         arith.mulf %[[K]], %[[X]] : f64
// CHECK:       spiking.plastic @p by @"p:STDP" pre @"p:pre" post @"p:post"

spiking.neuron @LIF {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
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
spiking.neuron @Trace {
  spiking.param @tau : "ms" = 20.0
  spiking.state @x : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @x {
    %x = spiking.read @x : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %x : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.follow {
    %x = spiking.read @x : f64
    %1 = arith.constant 1.0 : f64
    %s = arith.addf %x, %1 : f64
    spiking.write @x, %s : f64
  }
}
spiking.plasticity @STDP pre @Trace post @Trace {
  spiking.param @A : "1" = 0.01
  spiking.param @B : "1" = 0.25
  spiking.param @w_max : "mV"
  spiking.weight @w : "mV"
  spiking.bound @w {
    %0 = spiking.quantity 0.0 : "mV"
    %1 = spiking.read @w_max : f64
    spiking.yield %0, %1 : f64, f64
  }
  spiking.on_event pre {
    %w = spiking.read @w : f64
    %A = spiking.read @A : f64
    %m = spiking.read @w_max : f64
    %y = spiking.read @post::@x : f64
    %k = arith.mulf %A, %m : f64
    %p = arith.mulf %k, %y : f64
    %s = arith.subf %w, %p : f64
    spiking.write @w, %s : f64
  }
  spiking.on_event post {
    %w = spiking.read @w : f64
    %B = spiking.read @B : f64
    %m = spiking.read @w_max : f64
    %x = spiking.read @pre::@x : f64
    %k = arith.mulf %B, %m : f64
    %p = arith.mulf %k, %x : f64
    %s = arith.addf %w, %p : f64
    spiking.write @w, %s : f64
  }
}
spiking.network @Net {
  spiking.population @E : @LIF[10]
  spiking.population @"p:pre" : @Trace[10] follows @E
  spiking.population @"p:post" : @Trace[10] follows @E params {tau = 30.0}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.plastic @p by @STDP params {w_max = 2.0} pre @"p:pre" post @"p:post"
}
