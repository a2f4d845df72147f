// RUN: snn-opt %s --spiking-fold-parameters | FileCheck %s

// What depends on parameters and the step alone is computed once, under the
// name of what it computes; equal expressions share one constant.

// CHECK-LABEL: spiking.neuron @Cell
spiking.neuron @Cell {
  // CHECK: spiking.param @tau : "ms" = 5.0
  spiking.param @tau : "ms" = 5.0
  spiking.param @V_th : "mV" = 5.0
  // CHECK: spiking.derived @"exp(-dt/tau)" : "1" {
  // CHECK: spiking.step_size
  // CHECK: spiking.read @tau
  // CHECK: spiking.derived @"1/tau" : "1/ms" {
  // CHECK: spiking.derived @"2*V_th" : "mV" {
  // CHECK-NOT: spiking.derived
  spiking.state @x : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.state @y : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.step {
  // CHECK-NEXT: %x = spiking.read @x
  // CHECK-NEXT: %[[P:.*]] = spiking.read @"exp(-dt/tau)"
  // CHECK-NEXT: %[[X:.*]] = arith.mulf %[[P]], %x
  // CHECK-NEXT: spiking.write @x, %[[X]]
  // CHECK-NEXT: %[[I:.*]] = spiking.read @"1/tau"
  // CHECK-NEXT: %[[Y:.*]] = arith.mulf %[[X]], %[[I]]
  // CHECK-NEXT: spiking.write @y, %[[Y]]
  spiking.step {
    %x = spiking.read @x : f64
    %h = spiking.step_size : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %h : f64
    %q = arith.divf %n, %tau : f64
    %p = math.exp %q : f64
    %v = arith.mulf %p, %x : f64
    spiking.write @x, %v : f64
    %y = arith.divf %v, %tau : f64
    spiking.write @y, %y : f64
  }
  // Numbers fold, with the functions of the run time; a parameter by itself
  // stays a parameter.
  // CHECK: spiking.threshold {
  // CHECK-DAG: %[[T:.*]] = spiking.read @"2*V_th"
  // CHECK: arith.cmpf oge, %{{.*}}, %[[T]]
  spiking.threshold {
    %x = spiking.read @x : f64
    %t = spiking.read @V_th : f64
    %0 = arith.constant 0.0 : f64
    %1 = math.exp %0 : f64
    %2 = arith.addf %1, %1 : f64
    %3 = arith.mulf %2, %t : f64
    %c = arith.cmpf oge, %x, %3 : f64
    spiking.yield %c : i1
  }
  // CHECK: spiking.reset {
  // CHECK-NEXT: %[[V:.*]] = spiking.read @V_th
  // CHECK-NEXT: spiking.write @x, %[[V]]
  spiking.reset {
    %t = spiking.read @V_th : f64
    spiking.write @x, %t : f64
  }
}
