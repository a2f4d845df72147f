// RUN: snn-opt %s | snn-opt | FileCheck %s
// RUN: snn-opt %s --mlir-print-op-generic | snn-opt | FileCheck %s
// RUN: snn-opt %s --emit-bytecode | snn-opt | FileCheck %s

// Networks and experiments print as they are written.

spiking.neuron @LIFDelta {
  spiking.param @tau_m : "ms" = 20.0
  spiking.param @V_th : "mV" = 20.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @syn(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
}

// CHECK-LABEL: spiking.network @Brunel {
spiking.network @Brunel {
  // CHECK-NEXT: spiking.population @E : @LIFDelta[10000] params {V_th = normal(20.0, 1.0) redraw [15.0, none], tau_m = 20.0} init {V = uniform(0.0, 10.0)}
  spiking.population @E : @LIFDelta[10000] params {tau_m = 20.0, V_th = normal(20.0, 1.0) redraw [15.0, none]} init {V = uniform(0.0, 10.0)}
  // CHECK-NEXT: spiking.population @I : @LIFDelta[2500] precision f64
  spiking.population @I : @LIFDelta[2500] precision f64
  // CHECK-NEXT: spiking.population @V : @LIFDelta[2] init {V = data([-1.5, 0.1])}
  spiking.population @V : @LIFDelta[2] init {V = data([-1.5, 0.1])}
  // CHECK-NEXT: spiking.poisson_source @P[1000] rate(%t: f64) {
  spiking.poisson_source @P[1000] rate(%t: f64) {
    %0 = spiking.quantity 0.015 : "1/ms"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi64> ids dense<[0, 9]> : tensor<2xi64>
  spiking.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi64> ids dense<[0, 9]> : tensor<2xi64>
  // CHECK-NEXT: spiking.condition_source @met of @E[1:2] within 20.0 after @Q delay uniform(1.0, 3.0) longest 3.0
  spiking.condition_source @met of @E[1:2] within 20.0 after @Q delay uniform(1.0, 3.0) longest 3.0
  // CHECK-NEXT: spiking.condition_source @always of @met delay 2.0 longest 2.0
  spiking.condition_source @always of @met delay 2.0 longest 2.0
  // CHECK-NEXT: spiking.projection @"E->I.syn#0" from @E[0:100] to @I[1:2500:2] port @syn rule indegree(10) autapses multapses weight normal(0.1, 0.01) redraw [0.0, none] clip [none, 0.5] delay 1.5 dendritic 0.1 grid 0.1
  spiking.projection @"E->I.syn#0" from @E[0:100] to @I[1:2500:2] port @syn
    rule indegree(10) autapses multapses
    weight normal(0.1, 0.01) redraw [0.0, none] clip [none, 0.5]
    delay 1.5 dendritic 0.1 grid 0.1
  // CHECK-NEXT: rule one_to_one weight lognormal(-0.5, 0.25) delay uniform(0.5, 2.0)
  spiking.projection @"E->E.syn#0" from @E to @E port @syn rule one_to_one weight lognormal(-0.5, 0.25) delay uniform(0.5, 2.0)
  // CHECK-NEXT: rule all_to_all weight gamma(2.0, 0.5) delay 1.0
  spiking.projection @"V->V.syn#0" from @V to @V port @syn rule all_to_all weight gamma(2.0, 0.5) delay 1.0
  // CHECK-NEXT: rule probability(0.1) weight exponential(2.0) delay 1.0
  spiking.projection @"V->V.syn#1" from @V to @V port @syn rule probability(0.1) weight exponential(2.0) delay 1.0
  // CHECK-NEXT: rule outdegree(3) multapses weight binomial(4.0, 0.5) delay 1.0
  spiking.projection @"V->V.syn#2" from @V to @V port @syn rule outdegree(3) multapses weight binomial(4.0, 0.5) delay 1.0
  // CHECK-NEXT: rule total(7) weight poisson(3.0) delay 1.0
  spiking.projection @"V->V.syn#3" from @V to @V port @syn rule total(7) weight poisson(3.0) delay 1.0
  // CHECK-NEXT: rule convolution([2, 1, 5000], [1, 1, 2500], kernel [1, 5], stride [1, 2], padding [0, 2], dilation [1, 1], groups 1) autapses weight normal(0.1, 0.2) delay 1.0 storage toeplitz
  spiking.projection @"E->I.syn#1" from @E to @I port @syn rule convolution([2, 1, 5000], [1, 1, 2500], kernel [1, 5], stride [1, 2], padding [0, 2], dilation [1, 1], groups 1) autapses weight normal(0.1, 0.2) delay 1.0 storage toeplitz
  // CHECK-NEXT: rule outdegree(2) weight 1.0 delay 1.0 storage stored
  spiking.projection @"V->V.syn#5" from @V to @V port @syn rule outdegree(2) weight 1.0 delay 1.0 storage stored
  // CHECK-NEXT: rule outdegree(2) weight 1.0 delay 1.0 grid 0.5 storage procedural
  spiking.projection @"V->V.syn#6" from @V to @V port @syn rule outdegree(2) weight 1.0 delay 1.0 grid 0.5 storage procedural
  // CHECK-NEXT: rule outdegree(2) weight 1.0 delay 1.0 dendritic 0.5 storage either
  spiking.projection @"V->V.syn#7" from @V to @V port @syn rule outdegree(2) weight 1.0 delay 1.0 dendritic 0.5 storage either
  // CHECK-NEXT: rule list([0, 1], [1, 0]) weight categorical([1.0, -1.0e-06], [0.75, 0.25]) delay 1.0
  spiking.projection @"V->V.syn#4" from @V to @V port @syn rule list([0, 1], [1, 0]) weight categorical([1.0, -1.0e-6], [0.75, 0.25]) delay 1.0
  // CHECK-NEXT: spiking.drive @"poisson->E.syn#0" to @E port @syn weight 0.1 grid 0.1 rate(%t: f64) {
  spiking.drive @"poisson->E.syn#0" to @E port @syn weight 0.1 grid 0.1 rate(%t: f64) {
    %0 = spiking.quantity 20.0 : "1/ms"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.stimulus @"step->E.I_ext#0" to @E[0:10] input @I_ext noise value(%t: f64) {
  spiking.stimulus @"step->E.I_ext#0" to @E[0:10] input @I_ext noise value(%t: f64) {
    %on = spiking.quantity 100.0 : "ms"
    %c = arith.cmpf oge, %t, %on : f64
    %high = spiking.quantity 500.0 : "pA"
    %low = spiking.quantity 0.0 : "pA"
    %v = arith.select %c, %high, %low : f64
    spiking.yield %v : f64
  }
}

// CHECK-LABEL: spiking.experiment @AI network @Brunel step 0.1 warmup 200.0 duration 1000.0 seeds [1, 1, 1] precision f64 schedule nest {
spiking.experiment @AI network @Brunel step 0.1 warmup 200.0 duration 1000.0 seeds [1, 1, 1] precision f64 schedule nest {
  // CHECK-NEXT: spiking.record_spikes of @E[0:100]
  spiking.record_spikes of @E[0:100]
  // CHECK-NEXT: spiking.record_spikes of @I
  spiking.record_spikes of @I
  // CHECK-NEXT: spiking.record_state @V of @E[0:10] every 1.0
  spiking.record_state @V of @E[0:10] every 1.0
  // CHECK-NEXT: spiking.set_parameter @V_th of @E to 21.0 at 500.0
  spiking.set_parameter @V_th of @E to 21.0 at 500.0
  // CHECK-NEXT: spiking.reset_state of @E at 1000.0
  spiking.reset_state of @E at 1000.0
  // CHECK-NEXT: spiking.reset_state at 1100.0
  spiking.reset_state at 1100.0
}

// CHECK-LABEL: spiking.experiment @Plain network @Brunel step 0.1 warmup 0.0 duration 10.0 seeds [1, 2, 3] {
// CHECK-NEXT: }
spiking.experiment @Plain network @Brunel step 0.1 warmup 0.0 duration 10.0 seeds [1, 2, 3] {
}
