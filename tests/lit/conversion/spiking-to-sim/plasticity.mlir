// RUN: snn-opt %s --spiking-to-sim-pipeline | FileCheck %s

// Traces are populations that follow E, advanced by their own kernels. A handler
// is a function of the weight and of what it reads; the bound holds at its end.

// CHECK: sim.population @"p:pre"[10] precision f32 follows @E attributes {replays} {
// CHECK:   sim.update {
// CHECK:     sim.get_constant
// CHECK:   sim.follow {
// CHECK:     %[[X:.*]] = sim.load @x : f32
// CHECK:     arith.addf %[[X]]
// CHECK:     sim.store @x
// CHECK: sim.plasticity of @p rule "STDP" precision f32 states ["w"] units ["mV"]
// CHECK-SAME: pre @"p:pre" post @"p:post" reads [@"p:post"::@x, @"p:pre"::@x]
// CHECK-SAME: adds @"syn:sum" grid 1.9073486328125e-06 largest 2.0 attributes {waits} {
// CHECK:   sim.on_pre(%[[W:.*]]: f32, %[[Y:.*]]: f32, %{{.*}}: f32) {
// CHECK:     %[[P:.*]] = arith.mulf %{{.*}}, %[[Y]] : f32
// CHECK:     %[[N:.*]] = arith.subf %[[W]], %[[P]] : f32
// CHECK:     arith.cmpf ogt, %[[N]]
// CHECK:     arith.cmpf olt
// CHECK:     %[[B:.*]] = arith.select
// CHECK:     sim.yield %[[B]], %[[B]] : f32, f32
// CHECK:   sim.on_post(%{{.*}}: f32, %{{.*}}: f32, %[[X:.*]]: f32) {
// CHECK:     arith.mulf %{{.*}}, %[[X]] : f32
// CHECK:     sim.yield %{{.*}} : f32

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
    %A = spiking.read @A : f64
    %m = spiking.read @w_max : f64
    %x = spiking.read @pre::@x : f64
    %k = arith.mulf %A, %m : f64
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
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
}
