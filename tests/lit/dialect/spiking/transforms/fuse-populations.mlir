// RUN: snn-opt %s --spiking-fuse-populations | FileCheck %s

// CHECK: spiking.neuron @E.cell
// CHECK-NOT: spiking.neuron @I.cell
// CHECK: spiking.neuron @Other.cell
// CHECK: spiking.population @E : @E.cell[10]
// CHECK: spiking.population @I : @E.cell[5]
// CHECK: spiking.population @Other : @Other.cell[5]
spiking.neuron @E.cell {
  spiking.param @tau : "ms" = 5.0
  spiking.threshold {
    %t = spiking.read @tau : f64
    %c = arith.cmpf oge, %t, %t : f64
    spiking.yield %c : i1
  }
}
spiking.neuron @I.cell {
  spiking.param @tau : "ms" = 5.0
  spiking.threshold {
    %t = spiking.read @tau : f64
    %c = arith.cmpf oge, %t, %t : f64
    spiking.yield %c : i1
  }
}
spiking.neuron @Other.cell {
  spiking.param @tau : "ms" = 5.0
  spiking.threshold {
    %t = spiking.read @tau : f64
    %c = arith.cmpf ogt, %t, %t : f64
    spiking.yield %c : i1
  }
}
spiking.network @Net {
  spiking.population @E : @E.cell[10]
  spiking.population @I : @I.cell[5] params {tau = 6.0}
  spiking.population @Other : @Other.cell[5]
}
