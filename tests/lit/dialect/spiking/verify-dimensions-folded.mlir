// RUN: snn-opt %s --canonicalize --spiking-verify-dimensions=folded --split-input-file --verify-diagnostics

// Once quantities are constants, a constant may have any dimension; what is
// declared has its own still.

spiking.neuron @Constant {
  spiking.param @V : "mV" = 1.0
  spiking.let @next : "mV" {
    %V = spiking.read @V : f64
    %one = spiking.quantity 1.0 : "mV"
    %s = arith.addf %V, %one : f64
    spiking.yield %s : f64
  }
}

// -----

spiking.neuron @Sum {
  spiking.param @V : "mV" = 1.0
  spiking.param @I : "pA" = 1.0
  spiking.let @sum : "mV" {
    %V = spiking.read @V : f64
    %I = spiking.read @I : f64
    // expected-error @+1 {{combines a voltage (mV) and a current (pA)}}
    %s = arith.addf %V, %I : f64
    spiking.yield %s : f64
  }
}
