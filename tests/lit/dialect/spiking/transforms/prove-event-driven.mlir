// RUN: snn-opt %s --split-input-file --spiking-prove-event-driven --verify-diagnostics | FileCheck %s

// An eligibility that decays is advanced by its closed form when something
// happens to the synapse.

// CHECK-LABEL: spiking.plasticity @Decays
// CHECK:       spiking.elapse(%[[T:.*]]: f64) {
// CHECK-DAG:     %[[A:.*]] = arith.constant -2.000000e-03 : f64
// CHECK-DAG:     %[[C:.*]] = spiking.read @c : f64
// CHECK:         %[[Z:.*]] = arith.mulf %[[A]], %[[T]] : f64
// CHECK:         %[[E:.*]] = math.exp %[[Z]] : f64
// CHECK:         %[[N:.*]] = arith.mulf %[[C]], %[[E]] : f64
// CHECK:         spiking.write @c, %[[N]] : f64
// CHECK-NOT:   spiking.equation
spiking.plasticity @Decays {
  spiking.weight @w : "mV"
  spiking.state @c : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @c {
    %c = spiking.read @c : f64
    %a = arith.constant -2.0e-3 : f64
    %d = arith.mulf %a, %c : f64
    spiking.yield %d : f64
  }
}

// -----

// One that relaxes towards a value, and one that grows evenly.

// CHECK-LABEL: spiking.plasticity @Relaxes
// CHECK:       spiking.elapse(%[[T:.*]]: f64) {
// CHECK:         math.exp
// CHECK:         arith.subf
// CHECK:         spiking.write @c
// CHECK:         arith.mulf %{{.*}}, %[[T]]
// CHECK:         spiking.write @g
spiking.plasticity @Relaxes {
  spiking.weight @w : "mV"
  spiking.state @c : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.state @g : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @c {
    %c = spiking.read @c : f64
    %a = arith.constant -0.5 : f64
    %b = arith.constant 0.25 : f64
    %d = arith.mulf %a, %c : f64
    %s = arith.addf %d, %b : f64
    spiking.yield %s : f64
  }
  spiking.equation @g {
    %b = arith.constant 0.125 : f64
    spiking.yield %b : f64
  }
}

// -----

// A product with itself has another law; a trace changes with its neuron.

spiking.plasticity @Squares {
  spiking.weight @w : "mV"
  spiking.state @c : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  // expected-error @+1 {{`c` has no closed form between the events of a synapse}}
  spiking.equation @c {
    %c = spiking.read @c : f64
    %d = arith.mulf %c, %c : f64
    spiking.yield %d : f64
  }
}

// -----

spiking.neuron @Trace {
  spiking.state @c : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
}
spiking.plasticity @Reads pre @Trace {
  spiking.weight @w : "mV"
  spiking.state @c : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  // expected-error @+1 {{`c` has no closed form between the events of a synapse}}
  spiking.equation @c {
    %x = spiking.read @pre::@c : f64
    spiking.yield %x : f64
  }
}
