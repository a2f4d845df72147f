// RUN: snn-opt %s --spiking-pipeline | snn-translate --interpret | FileCheck %s
// REQUIRES: snn-translate

// An alpha current whose time constant is that of the membrane: the matrix is
// defective, closed forms with 1/(tau_m - tau_s) do not exist. With x(0) = 50
// pA/ms and a constant current of 100 pA,
//
//   I(t) = x0 t exp(-t/tau),
//   V(t) = E_L + x0 t^2/(2 C) exp(-t/tau) + I_ext tau/C (1 - exp(-t/tau)),
//
// which hold to a few units in the last place of f64 a step.

// CHECK: sample 10 A I 45.241870901797
// CHECK: sample 10 A V -64.528865930340
// CHECK: sample 50 A I 151.6326649281
// CHECK: sample 50 A V -61.909795989568
// CHECK: sample 200 A I 135.33528323661
// CHECK: sample 200 A V -56.127929803481

spiking.neuron @Alpha {
  spiking.param @tau : "ms" = 10.0
  spiking.param @C : "pF" = 250.0
  spiking.param @E_L : "mV" = -65.0
  spiking.input @I_ext : "pA"
  spiking.state @x : "pA/ms" init {
    %0 = spiking.quantity 50.0 : "pA/ms"
    spiking.yield %0 : f64
  }
  spiking.state @I : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @x {
    %x = spiking.read @x : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %x : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @I {
    %x = spiking.read @x : f64
    %I = spiking.read @I : f64
    %tau = spiking.read @tau : f64
    %q = arith.divf %I, %tau : f64
    %d = arith.subf %x, %q : f64
    spiking.yield %d : f64
  }
  spiking.equation @V {
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %I = spiking.read @I : f64
    %X = spiking.read @I_ext : f64
    %C = spiking.read @C : f64
    %tau = spiking.read @tau : f64
    %0 = arith.subf %E, %V : f64
    %1 = arith.divf %0, %tau : f64
    %2 = arith.addf %I, %X : f64
    %3 = arith.divf %2, %C : f64
    %4 = arith.addf %1, %3 : f64
    spiking.yield %4 : f64
  }
}
spiking.network @Net {
  spiking.population @A : @Alpha[1]
  spiking.stimulus @"stimulus A.I_ext#0" to @A input @I_ext value(%t: f64) {
    %0 = spiking.quantity 100.0 : "pA"
    spiking.yield %0 : f64
  }
}
spiking.experiment @Run network @Net step 0.1 warmup 0.0 duration 20.0 seeds [1, 1, 1] precision f64 {
  spiking.record_state @I of @A every 1.0
  spiking.record_state @V of @A every 1.0
}
