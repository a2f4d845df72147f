// RUN: snn-translate --interpret %s | FileCheck %s
// RUN: snn-opt %s --spiking-instantiate | snn-translate --interpret | FileCheck %s
// RUN: snn-opt %s --spiking-instantiate --spiking-solve-odes --spiking-fold-parameters | snn-translate --interpret | FileCheck %s
// RUN: snn-opt %s --spiking-instantiate --spiking-solve-odes --spiking-fold-parameters --spiking-specialize-rules | snn-translate --interpret | FileCheck %s
// RUN: snn-opt %s --spiking-pipeline | snn-translate --interpret | FileCheck %s
// REQUIRES: snn-translate

// Pairs of spikes, in f64: A+ = 0.01 and A- = 0.0105 of w_max = 1 mV, both
// traces decay with 20 ms, all weights begin at 0.5 mV. At the synapse
//   0: pre at 11 ms, post at 21 ms: 0.5 + A+ exp(-10/20);
//   1: post at 11 ms, pre at 21 ms: 0.5 - A- exp(-10/20);
//   2: both at 16 ms: pre comes first, and finds no trace of post: 0.5 + A+;
//   3: pre at 12 and 22 ms, post at 22 ms: 0.5 + A+ (exp(-10/20) + 1);
//   4: post at 12 and 22 ms, pre at 22 ms: 0.5 - A- exp(-10/20) + A+.

// CHECK:      spike 110 N 1
// CHECK:      synapses Q->N.syn#0 w 0.5060653065971{{[0-9]+}} 0.4936314280730{{[0-9]+}} 0.51 0.5160653065971{{[0-9]+}} 0.5036314280730{{[0-9]+}}

spiking.neuron @Delta {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @syn(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  spiking.port @fire(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.quantity 50.0 : "mV"
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  }
  spiking.reset {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.write @V, %0 : f64
  }
}
spiking.neuron @Trace {
  spiking.param @tau : "ms"
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
spiking.plasticity @PairSTDP pre @Trace post @Trace {
  spiking.param @A_plus : "1" = 0.01
  spiking.param @A_minus : "1" {
    %p = spiking.read @A_plus : f64
    %r = arith.constant 1.05 : f64
    %m = arith.mulf %p, %r : f64
    spiking.yield %m : f64
  }
  spiking.param @w_max : "mV"
  spiking.weight @w : "mV"
  spiking.bound @w {
    %0 = spiking.quantity 0.0 : "mV"
    %1 = spiking.read @w_max : f64
    spiking.yield %0, %1 : f64, f64
  }
  spiking.on_event pre {
    %w = spiking.read @w : f64
    %A = spiking.read @A_minus : f64
    %m = spiking.read @w_max : f64
    %y = spiking.read @post::@x : f64
    %0 = arith.mulf %A, %m : f64
    %1 = arith.mulf %0, %y : f64
    %2 = arith.subf %w, %1 : f64
    spiking.write @w, %2 : f64
  }
  spiking.on_event post {
    %w = spiking.read @w : f64
    %A = spiking.read @A_plus : f64
    %m = spiking.read @w_max : f64
    %x = spiking.read @pre::@x : f64
    %0 = arith.mulf %A, %m : f64
    %1 = arith.mulf %0, %x : f64
    %2 = arith.addf %w, %1 : f64
    spiking.write @w, %2 : f64
  }
}
spiking.network @Pairs {
  spiking.train_source @Q[5] steps dense<[100, 110, 150, 200, 210, 210]> : tensor<6xi64> ids dense<[0, 3, 2, 1, 3, 4]> : tensor<6xi64>
  spiking.train_source @D[5] steps dense<[109, 119, 159, 209, 219, 219]> : tensor<6xi64> ids dense<[1, 4, 2, 0, 3, 4]> : tensor<6xi64>
  spiking.population @N : @Delta[5]
  spiking.population @"Q:x" : @Trace[5] follows @Q params {tau = 20.0}
  spiking.population @"N:y" : @Trace[5] follows @N params {tau = 20.0}
  spiking.projection @"D->N.fire#0" from @D to @N port @fire rule one_to_one weight 100.0 delay 0.1
  spiking.projection @"Q->N.syn#0" from @Q to @N port @syn rule one_to_one weight 0.5 delay 1.0
  spiking.plastic @"Q->N.syn#0" by @PairSTDP params {w_max = 1.0} pre @"Q:x" post @"N:y"
}
spiking.experiment @X network @Pairs step 0.1 warmup 0.0 duration 30.0 seeds [1, 1, 1] precision f64 {
}
