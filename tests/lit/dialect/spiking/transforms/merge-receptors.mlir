// RUN: snn-opt %s --spiking-merge-receptors | FileCheck %s
// RUN: snn-opt %s --spiking-merge-receptors --spiking-eliminate-dead-state | FileCheck %s --check-prefix=CLEAN

// exc and inh have equal kinetics and are read alike; slow has another time
// constant in this population. The old states go unless they are recorded.

// CHECK-LABEL: spiking.neuron @Cell
// CLEAN-LABEL: spiking.neuron @Cell
spiking.neuron @Cell {
  spiking.param @C : "pF" = 250.0
  // CHECK: spiking.param @"exc+inh.tau" : "ms" = 5.0
  // CHECK-NOT: @inh.tau
  spiking.param @exc.tau : "ms" = 5.0
  spiking.param @inh.tau : "ms" = 5.0
  spiking.param @slow.tau : "ms" = 5.0
  // CHECK: spiking.state @exc.I
  // CHECK: spiking.state @"exc+inh.I"
  // CLEAN-NOT: spiking.state @exc.I
  // CLEAN: spiking.state @"exc+inh.I"
  // CLEAN: spiking.state @inh.I
  spiking.state @exc.I : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.state @inh.I : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.state @slow.I : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @exc.I {
    %I = spiking.read @exc.I : f64
    %tau = spiking.read @exc.tau : f64
    %n = arith.negf %I : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  // CHECK: spiking.equation @"exc+inh.I" {
  // CHECK-NEXT: spiking.read @"exc+inh.I"
  // CHECK-NEXT: spiking.read @"exc+inh.tau"
  // CHECK: spiking.equation @inh.I {
  // CHECK-NEXT: spiking.read @inh.I
  // CHECK-NEXT: spiking.read @"exc+inh.tau"
  spiking.equation @inh.I {
    %I = spiking.read @inh.I : f64
    %tau = spiking.read @inh.tau : f64
    %n = arith.negf %I : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @slow.I {
    %I = spiking.read @slow.I : f64
    %tau = spiking.read @slow.tau : f64
    %n = arith.negf %I : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  // CHECK: spiking.equation @V {
  // CHECK-NEXT: %[[I:.*]] = spiking.read @"exc+inh.I"
  // CHECK-NEXT: %[[S:.*]] = spiking.read @slow.I
  // CHECK: %[[SUM:.*]] = arith.addf %[[I]], %[[S]]
  // CHECK: arith.divf %[[SUM]]
  spiking.equation @V {
    %e = spiking.read @exc.I : f64
    %i = spiking.read @inh.I : f64
    %s = spiking.read @slow.I : f64
    %C = spiking.read @C : f64
    %0 = arith.addf %e, %i : f64
    %1 = arith.addf %0, %s : f64
    %2 = arith.divf %1, %C : f64
    spiking.yield %2 : f64
  }
  // CLEAN: spiking.port @exc(%w: f64) : "pA" {
  // CLEAN-NEXT: spiking.read @"exc+inh.I"
  // CLEAN-NEXT: arith.addf
  // CLEAN-NEXT: spiking.write @"exc+inh.I"
  // CLEAN-NEXT: }
  spiking.port @exc(%w: f64) : "pA" {
    %I = spiking.read @exc.I : f64
    %s = arith.addf %I, %w : f64
    spiking.write @exc.I, %s : f64
  }
  // CHECK: spiking.port @inh(%w: f64) : "pA" {
  // CHECK: spiking.write @inh.I
  // CHECK: %[[OLD:.*]] = spiking.read @"exc+inh.I"
  // CHECK: %[[NEW:.*]] = arith.addf %[[OLD]], %w
  // CHECK: spiking.write @"exc+inh.I", %[[NEW]]
  spiking.port @inh(%w: f64) : "pA" {
    %I = spiking.read @inh.I : f64
    %s = arith.addf %I, %w : f64
    spiking.write @inh.I, %s : f64
  }
  spiking.port @slow(%w: f64) : "pA" {
    %I = spiking.read @slow.I : f64
    %s = arith.addf %I, %w : f64
    spiking.write @slow.I, %s : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %0 = spiking.quantity -50.0 : "mV"
    %c = arith.cmpf oge, %V, %0 : f64
    spiking.yield %c : i1
  }
}

// Conductances with different reversal potentials are read differently.

// CHECK-LABEL: spiking.neuron @Conductances
// CHECK-NOT: exc+inh
spiking.neuron @Conductances {
  spiking.state @exc.g : "1/ms" init {
    %0 = spiking.quantity 0.0 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.state @inh.g : "1/ms" init {
    %0 = spiking.quantity 0.0 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @exc.g {
    %g = spiking.read @exc.g : f64
    %d = arith.negf %g : f64
    spiking.yield %d : f64
  }
  spiking.equation @inh.g {
    %g = spiking.read @inh.g : f64
    %d = arith.negf %g : f64
    spiking.yield %d : f64
  }
  spiking.equation @V {
    %e = spiking.read @exc.g : f64
    %i = spiking.read @inh.g : f64
    %V = spiking.read @V : f64
    %E = spiking.quantity -80.0 : "mV"
    %0 = arith.mulf %e, %V : f64
    %d = arith.subf %V, %E : f64
    %1 = arith.mulf %i, %d : f64
    %2 = arith.addf %0, %1 : f64
    spiking.yield %2 : f64
  }
  spiking.port @exc(%w: f64) : "1/ms" {
    %g = spiking.read @exc.g : f64
    %s = arith.addf %g, %w : f64
    spiking.write @exc.g, %s : f64
  }
  spiking.port @inh(%w: f64) : "1/ms" {
    %g = spiking.read @inh.g : f64
    %s = arith.addf %g, %w : f64
    spiking.write @inh.g, %s : f64
  }
}

spiking.network @Net {
  spiking.population @A : @Cell[10] params {slow.tau = 50.0}
  spiking.population @B : @Conductances[10]
  spiking.projection @"A->A.exc#0" from @A to @A port @exc
    rule all_to_all weight 0.1 delay 1.5
  spiking.projection @"A->A.inh#0" from @A to @A port @inh
    rule all_to_all weight -0.1 delay 1.5
  spiking.projection @"A->A.slow#0" from @A to @A port @slow
    rule all_to_all weight -0.1 delay 1.5
}
spiking.experiment @Run network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 2, 3] {
  spiking.record_state @inh.I of @A every 1.0
}
