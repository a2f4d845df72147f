// RUN: snn-opt %s --canonicalize --cse | FileCheck %s

// Literals become constants, which stay in the expression that they belong to.
// CHECK-LABEL: spiking.neuron @Constants
// CHECK-NEXT: spiking.state @V : "mV" init {
// CHECK-NEXT:   %[[C:.*]] = arith.constant -6.500000e+01 : f64
// CHECK-NEXT:   spiking.yield %[[C]] : f64
spiking.neuron @Constants {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -60.0 : "mV"
    %1 = spiking.quantity 5.0 : "mV"
    %2 = arith.subf %0, %1 : f64
    spiking.yield %2 : f64
  }
}

spiking.neuron @Accesses {
  spiking.param @a : "mV" = 1.0
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.state @u : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.let @twice : "mV" {
    %V = spiking.read @V : f64
    %t = arith.addf %V, %V : f64
    spiking.yield %t : f64
  }

  // A write that is overwritten unseen goes; one that a let sees stays.
  // CHECK-LABEL: spiking.port @overwritten
  // CHECK-NEXT: spiking.write @u, %w : f64
  // CHECK-NEXT: }
  spiking.port @overwritten(%w: f64) : "mV" {
    %a = spiking.read @a : f64
    spiking.write @u, %a : f64
    spiking.write @u, %w : f64
  }
  // CHECK-LABEL: spiking.port @seen
  // CHECK: spiking.write @V
  // CHECK: spiking.read @twice
  // CHECK: spiking.write @V
  spiking.port @seen(%w: f64) : "mV" {
    spiking.write @V, %w : f64
    %t = spiking.read @twice : f64
    spiking.write @V, %t : f64
  }

  // A state written back as it was read does not change.
  // CHECK-LABEL: spiking.port @unchanged
  // CHECK-NEXT: spiking.write @u
  // CHECK-NEXT: }
  spiking.port @unchanged(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    spiking.write @u, %w : f64
    spiking.write @V, %V : f64
  }

  // What was written is what is read.
  // CHECK-LABEL: spiking.port @forwarded
  // CHECK-NEXT: %[[S:.*]] = arith.addf %w, %w : f64
  // CHECK-NEXT: spiking.write @V, %[[S]] : f64
  // CHECK-NEXT: }
  spiking.port @forwarded(%w: f64) : "mV" {
    spiking.write @V, %w : f64
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }

  // A write in a branch hides the value before it.
  // CHECK-LABEL: spiking.port @branch
  // CHECK: spiking.write @V
  // CHECK: scf.if
  // CHECK: spiking.read @V
  // CHECK: spiking.write @u
  spiking.port @branch(%w: f64) : "mV" {
    %0 = spiking.quantity 0.0 : "mV"
    %c = arith.cmpf ogt, %w, %0 : f64
    spiking.write @V, %w : f64
    scf.if %c {
      %a = spiking.read @a : f64
      spiking.write @V, %a : f64
    }
    %V = spiking.read @V : f64
    spiking.write @u, %V : f64
  }

  // Reads of a parameter are one; reads of a state around a write are two.
  // CHECK-LABEL: spiking.step
  // CHECK-COUNT-1: spiking.read @a
  // CHECK-NOT: spiking.read @a
  // CHECK: spiking.write @u
  spiking.step {
    %V = spiking.read @V : f64
    %a = spiking.read @a : f64
    %1 = arith.addf %V, %a : f64
    spiking.write @V, %1 : f64
    %b = spiking.read @a : f64
    %2 = arith.mulf %1, %b : f64
    spiking.write @u, %2 : f64
  }
}
