// RUN: snn-opt %s --convert-spiking-to-sim | FileCheck %s

// Refractory neurons keep V, lose what arrives for it, and are not tested; the
// order is integrate, add, test, reset.

spiking.neuron @Cell {
  spiking.param @tau : "ms" = 10.0
  spiking.param @V_th : "mV" = 20.0
  spiking.param @V_reset : "mV" {
    %t = spiking.read @V_th : f64
    %0 = spiking.quantity 2.0 : "1"
    %r = arith.divf %t, %0 : f64
    spiking.yield %r : f64
  }
  spiking.param @t_ref : "ms" = 2.0
  spiking.derived @"exp(-dt/tau)" : "1" {
    %h = spiking.step_size : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %h : f64
    %q = arith.divf %n, %tau : f64
    %p = math.exp %q : f64
    spiking.yield %p : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.read @V_reset : f64
    spiking.yield %0 : f64
  }
  spiking.input @I : "mV"
  spiking.let @double : "mV" {
    %V = spiking.read @V : f64
    %d = arith.addf %V, %V : f64
    spiking.yield %d : f64
  }
  spiking.step {
    %V = spiking.read @V : f64
    %p = spiking.read @"exp(-dt/tau)" : f64
    %I = spiking.read @I : f64
    %0 = arith.mulf %p, %V : f64
    %1 = arith.addf %0, %I : f64
    spiking.write @V, %1 : f64
  }
  spiking.port @syn(%w: f64) : "mV" grid 0.1 {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.read @V_th : f64
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  }
  spiking.reset {
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}

spiking.network @Net {
  spiking.population @A : @Cell[100] init {V = uniform(0.0, 20.0)}
  spiking.population @B : @Cell[50] params {V_th = normal(20.0, 1.0)}
  spiking.poisson_source @P[10] rate(%t: f64) {
    %0 = spiking.quantity 0.015 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.projection @"P->A.syn#0" from @P to @A port @syn
    rule all_to_all weight 0.1 delay 1.5 grid 0.1 storage stored
  spiking.projection @"P->A.syn#1" from @P to @A port @syn
    rule outdegree(2) weight 0.1 delay 1.5 grid 0.1 storage procedural
  spiking.projection @"P->A.syn#2" from @P to @A port @syn
    rule outdegree(3) weight 0.1 delay 1.5 grid 0.1 storage either
  spiking.drive @"drive A.syn#0" to @A[0:10] port @syn weight 0.1 grid 0.1 rate(%t: f64) {
    %0 = spiking.quantity 2.0 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.stimulus @"stimulus A.I#0" to @A[0:10] input @I value(%t: f64) {
    spiking.yield %t : f64
  }
}
spiking.experiment @Run network @Net step 0.1 warmup 10.0 duration 100.0 seeds [1, 2, 3] {
  spiking.record_spikes of @A
  spiking.record_state @V of @A[0:10] every 1.0
  spiking.record_state @double of @B every 0.5
  spiking.set_parameter @V_th of @A to 21.0 at 50.0
  spiking.reset_state of @A at 60.0
}

// CHECK-NOT: spiking.neuron
// CHECK-LABEL: sim.model @Run step 0.1 warmup 100 duration 1000 seeds [1, 2, 3] {
// CHECK-NEXT: sim.population @A[100] precision f32 {
// CHECK-NEXT: sim.parameter @tau : "ms" = 10.0
// CHECK-NEXT: sim.parameter @V_th : "mV" = 20.0
// A default computed from others is no parameter of the engine.
// CHECK-NEXT: sim.parameter @t_ref : "ms" = 2.0
// CHECK-NEXT: sim.field @V : f32 state "mV" initial uniform(0.0, 20.0)
// A stimulus of some neurons needs a number for each.
// CHECK-NEXT: sim.input @I : f32 per_neuron
// CHECK-NEXT: sim.field @"refractory:countdown" : i32 countdown
// CHECK-NEXT: sim.constant @"exp(-dt/tau)" : f32
// CHECK-NEXT: sim.field @"syn:sum" : i32 sum "mV" grid 0.1
// CHECK-NEXT: sim.constant @"V_th:value" : f32
// CHECK-NEXT: sim.constant @"V_reset:value" : f32
// CHECK-NEXT: sim.constant @"t_ref:steps" : f32

// CHECK: sim.init_constants {
// CHECK: %[[TH:.*]] = sim.get_parameter @V_th
// CHECK: %[[HALF:.*]] = arith.divf %[[TH]]
// CHECK: sim.set_constant @"V_reset:value", %[[HALF]]
// CHECK: %[[RATIO:.*]] = arith.divf %t_ref
// CHECK: %[[STEPS:.*]] = math.roundeven %[[RATIO]]
// CHECK: sim.set_constant @"t_ref:steps", %[[STEPS]]
// CHECK: sim.init_neurons {
// CHECK: sim.set_field @V

// CHECK: sim.update {
// CHECK: %[[V:.*]] = sim.load @V : f32
// CHECK: %[[N:.*]] = sim.load @"refractory:countdown" : i32
// CHECK: %[[HELD:.*]] = arith.cmpi sgt, %[[N]]
// CHECK: %[[V1:.*]] = arith.addf %{{.*}}, %I
// CHECK: %[[V2:.*]] = arith.select %[[HELD]], %[[V]], %[[V1]]
// CHECK: %[[S:.*]] = sim.take @"syn:sum" : f32
// CHECK: %[[V3:.*]] = arith.addf %[[V2]], %[[S]]
// CHECK: %[[V4:.*]] = arith.select %[[HELD]], %[[V2]], %[[V3]]
// CHECK: %[[ABOVE:.*]] = arith.cmpf oge, %[[V4]]
// CHECK: %[[FREE:.*]] = arith.xori %[[HELD]]
// CHECK: %[[FIRED:.*]] = arith.andi %[[ABOVE]], %[[FREE]]
// CHECK: %[[V5:.*]] = arith.select %[[FIRED]], %{{.*}}, %[[V4]]
// CHECK: %[[K:.*]] = arith.fptosi
// CHECK: %[[LESS:.*]] = arith.subi %[[N]]
// CHECK: %[[LEFT:.*]] = arith.select %[[HELD]], %[[LESS]]
// CHECK: %[[NEXT:.*]] = arith.select %[[FIRED]], %[[K]], %[[LEFT]]
// CHECK: sim.store @"refractory:countdown", %[[NEXT]]
// CHECK: sim.store @V, %[[V5]]
// CHECK: sim.emit %[[FIRED]]

// What depends on a drawn parameter differs between neurons.
// CHECK: sim.population @B[50] precision f32 {
// CHECK: sim.parameter @V_th : "mV" = normal(20.0, 1.0)
// CHECK: sim.input @I : f32{{$}}
// Nothing arrives at the port: no sum.
// CHECK-NOT: sim.field @"syn:sum"
// CHECK: sim.field @"V_th:value" : f32 derived "mV"
// CHECK: sim.field @"V_reset:value" : f32 derived "mV"
// CHECK: sim.field @double : f32 observer "mV"
// CHECK: sim.init_neurons {
// CHECK: sim.set_field @"V_th:value"
// CHECK: sim.set_field @"V_reset:value"
// CHECK: sim.observe {
// CHECK: %[[V:.*]] = sim.load @V
// CHECK: %[[D:.*]] = arith.addf %[[V]], %[[V]]
// CHECK: sim.store @double, %[[D]]

// CHECK: sim.poisson_source @P[10] rate(%t: f64) {
// CHECK: sim.projection @"P->A.syn#0" from @P to @A rule all_to_all weight 0.1 delay 1.5 grid 0.1 deliver(%w: i32) {
// CHECK-NEXT: sim.add @"syn:sum", %w : i32
// What is kept of synapses goes along.
// CHECK: sim.projection @"P->A.syn#1" {{.*}} grid 0.1 storage procedural deliver(%w: i32) {
// CHECK: sim.projection @"P->A.syn#2" {{.*}} grid 0.1 storage either deliver(%w: i32) {
// CHECK: sim.drive @"drive A.syn#0" to @A[0:10] adds @"syn:sum" weight 0.1 grid 0.1
// CHECK: sim.stimulus @"stimulus A.I#0" to @A[0:10] input @I value(%t: f64) {
// CHECK-NEXT: sim.yield %t
// CHECK: sim.record_spikes of @A
// CHECK-NEXT: sim.record_field @V of @A[0:10] every 10 first 110
// CHECK-NEXT: sim.record_field @double of @B every 5 first 105
// CHECK-NEXT: sim.set_parameter @V_th of @A to 21.0 at 500
// CHECK-NEXT: sim.reset_state of @A at 600
