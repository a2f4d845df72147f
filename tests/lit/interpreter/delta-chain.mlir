// RUN: snn-translate --interpret %s | FileCheck %s
// REQUIRES: snn-translate

// Three neurons in a chain, driven by given spikes: a delta synapse moves V at
// the end of the step in which a spike arrives, the threshold is tested in the
// same step, and a neuron that fires is refractory for exactly t_ref.

// A spike at t = 1 ms (step 10) with delay 1 ms arrives at step 20 and fires
// neuron 0 at once; 0 -> 1 takes 0.5 ms, 1 -> 2 takes 2 ms.
// CHECK:      spike 10 Q 0
// CHECK-NEXT: spike 20 N 0
// CHECK-NEXT: spike 25 N 1
// Arrives at step 35, 1.5 ms after the spike of step 20: lost, for the neuron
// is refractory for 2 ms.
// CHECK-NEXT: spike 25 Q 0
// Arrives at steps 40 and 41: refractory in (20, 40], so the second one fires.
// CHECK-NEXT: spike 30 Q 0
// CHECK-NEXT: spike 31 Q 0
// CHECK-NEXT: spike 41 N 0
// CHECK-NEXT: spike 45 N 2
// CHECK-NEXT: spike 46 N 1
// CHECK-NOT: spike {{[0-9]}}
// CHECK: sample 10 N V 0 0 0
// CHECK: state N V 0 0 0

spiking.neuron @Delta {
  spiking.param @V_th : "mV" = 10.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %0 = spiking.quantity 0.0 : "mV/ms"
    spiking.yield %0 : f64
  }
  spiking.port @syn(%w: f64) : "mV" {
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
    %0 = spiking.quantity 0.0 : "mV"
    spiking.write @V, %0 : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}
spiking.network @Chain {
  spiking.train_source @Q[1] steps dense<[10, 25, 30, 31]> : tensor<4xi64> ids dense<0> : tensor<4xi64>
  spiking.population @N : @Delta[3]
  spiking.projection @"Q->N.syn#0" from @Q to @N[0:1] port @syn rule one_to_one weight 10.0 delay 1.0
  spiking.projection @"N->N.syn#0" from @N[0:1] to @N[1:2] port @syn rule one_to_one weight 10.0 delay 0.5
  spiking.projection @"N->N.syn#1" from @N[1:2] to @N[2:3] port @syn rule one_to_one weight 10.0 delay 1.0 dendritic 1.0
}
spiking.experiment @X network @Chain step 0.1 warmup 0.0 duration 6.0 seeds [1, 1, 1] {
  spiking.record_state @V of @N every 1.0
}
