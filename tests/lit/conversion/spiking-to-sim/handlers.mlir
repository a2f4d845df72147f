// RUN: snn-opt %s --convert-spiking-to-sim | FileCheck %s

// A handler that does more than add runs for each spike, conditionals as
// selects; a held state changes by it only where input is kept. It acts on the
// state at the end of the step, so a kernel of its own integrates before. The
// crossing of a threshold compares with the states at the last grid point, which
// that kernel has looked at.

spiking.neuron @Cell precision f64 {
  spiking.state @g : "nS" init {
    %0 = spiking.quantity 0.0 : "nS"
    spiking.yield %0 : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -65.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @syn(%w: f64) : "nS" {
    %g = spiking.read @g : f64
    %V = spiking.read @V : f64
    %p = arith.mulf %g, %w : f64
    spiking.write @g, %p : f64
    %0 = spiking.quantity 0.0 : "mV"
    %c = arith.cmpf ogt, %V, %0 : f64
    scf.if %c {
      spiking.write @V, %0 : f64
    }
  }
  spiking.threshold rising {
    %V = spiking.read @V : f64
    %0 = spiking.quantity 0.0 : "mV"
    %c = arith.cmpf ogt, %V, %0 : f64
    spiking.yield %c : i1
  }
  spiking.reset {
    %t = spiking.quantity 2.0 : "ms"
    spiking.refractory %t holding [@V]
  }
}
spiking.network @Net {
  spiking.population @A : @Cell[10]
  spiking.projection @"A->A.syn#0" from @A to @A port @syn
    rule all_to_all weight 0.1 delay 1.5
}
spiking.experiment @Run network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 2, 3] {
}

// CHECK: sim.population @A[10] precision f64 {
// CHECK: sim.integrate {
// CHECK: %[[BEFORE:.*]] = sim.load @V : f64
// CHECK: %[[ABOVE:.*]] = arith.cmpf ogt, %[[BEFORE]]
// CHECK: %[[FLAG:.*]] = arith.select %[[ABOVE]]
// CHECK: sim.store @"threshold:tested", %[[FLAG]] : f64

// CHECK: sim.update {
// CHECK: %[[V:.*]] = sim.load @V : f64
// CHECK: %[[NOW:.*]] = arith.cmpf ogt, %[[V]]
// CHECK: %[[TESTED:.*]] = sim.load @"threshold:tested" : f64
// CHECK: %[[WAS:.*]] = arith.cmpf une, %[[TESTED]]
// CHECK: %[[NOT:.*]] = arith.xori %[[WAS]]
// CHECK: arith.andi %[[NOW]], %[[NOT]]
// CHECK: %[[K:.*]] = arith.constant 20 : i32
// CHECK: arith.select %{{.*}}, %[[K]]

// CHECK: sim.projection @"A->A.syn#0" from @A to @A rule all_to_all weight 0.1 delay 1.5 deliver(%w: f64) {
// CHECK: %[[G:.*]] = sim.load @g
// CHECK: %[[OLD:.*]] = sim.load @V
// CHECK: %[[P:.*]] = arith.mulf %[[G]], %w
// CHECK: %[[NEW:.*]] = arith.select %{{.*}}, %{{.*}}, %[[OLD]]
// CHECK: sim.store @g, %[[P]]
// CHECK: %[[N:.*]] = sim.load @"refractory:countdown"
// CHECK: %[[HELD:.*]] = arith.cmpi sgt, %[[N]]
// CHECK: %[[KEPT:.*]] = arith.select %[[HELD]], %[[OLD]], %[[NEW]]
// CHECK: sim.store @V, %[[KEPT]]
