// RUN: snn-opt %s --spiking-solve-odes | FileCheck %s

// A decay alone is a plain exponential; what it drives gets a row of a matrix
// exponential of all that it depends on, the inputs and the constant.

// CHECK-LABEL: spiking.neuron @Exact
spiking.neuron @Exact {
  spiking.param @tau_m : "ms" = 10.0
  spiking.param @tau_s : "ms" = 5.0
  spiking.param @C_m : "pF" = 250.0
  spiking.param @E_L : "mV" = -65.0
  spiking.input @I_ext : "pA"
  spiking.state @I : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  // CHECK-NOT: spiking.equation
  // CHECK: spiking.propagator @P affine of [@I, @V, @I_ext] {
  // CHECK-DAG: %[[ONE:.*]] = arith.constant 1.0
  // CHECK-DAG: %[[MINUS:.*]] = arith.constant -1.0
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.0
  // CHECK-DAG: %[[S:.*]] = arith.divf %[[MINUS]], %tau_s
  // CHECK-DAG: %[[M:.*]] = arith.divf %[[MINUS]], %tau_m
  // CHECK-DAG: %[[E:.*]] = arith.divf %E_L, %tau_m
  // CHECK-DAG: %[[C:.*]] = arith.divf %[[ONE]], %C_m
  // CHECK: spiking.yield %[[S]], %[[ZERO]], %[[ZERO]], %[[C]], %[[M]], %[[C]], %[[ZERO]], %[[ZERO]], %[[ZERO]], %[[ZERO]], %[[E]], %[[ZERO]] :
  // CHECK: spiking.step solved {I = "exact: linear with constant coefficients", V = "exact: linear with constant coefficients"}
  // CHECK-NEXT: %I = spiking.read @I
  // CHECK-NEXT: %V = spiking.read @V
  // CHECK: %[[KEPT:.*]] = math.exp
  // CHECK: %[[I:.*]] = arith.mulf %[[KEPT]], %I
  // CHECK: %[[LOST:.*]] = math.expm1
  // CHECK: %[[D0:.*]] = arith.mulf %[[LOST]], %V
  // CHECK: %[[PI:.*]] = spiking.entry @P[1, 0]
  // CHECK: %[[D1:.*]] = arith.mulf %[[PI]], %I
  // CHECK: %[[D2:.*]] = arith.addf %[[D0]], %[[D1]]
  // CHECK: %[[PX:.*]] = spiking.entry @P[1, 2]
  // CHECK: %[[D3:.*]] = arith.mulf %[[PX]], %I_ext
  // CHECK: %[[D4:.*]] = arith.addf %[[D2]], %[[D3]]
  // CHECK: %[[P1:.*]] = spiking.entry @P[1, 3]
  // CHECK: %[[D5:.*]] = arith.addf %[[D4]], %[[P1]]
  // CHECK: %[[NEW:.*]] = arith.addf %V, %[[D5]]
  // CHECK: spiking.write @I, %[[I]]
  // CHECK: spiking.write @V, %[[NEW]]
  spiking.equation @I {
    %I = spiking.read @I : f64
    %tau = spiking.read @tau_s : f64
    %n = arith.negf %I : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @V {
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %I = spiking.read @I : f64
    %x = spiking.read @I_ext : f64
    %tau = spiking.read @tau_m : f64
    %C = spiking.read @C_m : f64
    %0 = arith.subf %E, %V : f64
    %1 = arith.divf %0, %tau : f64
    %2 = arith.addf %I, %x : f64
    %3 = arith.divf %2, %C : f64
    %4 = arith.addf %1, %3 : f64
    spiking.yield %4 : f64
  }
}

// Refractory neurons hold V, which drives w: the step of the refractory time
// solves w with V constant, exactly, although the whole is not linear.

// CHECK-LABEL: spiking.neuron @Adaptive
spiking.neuron @Adaptive {
  spiking.param @tau_m : "ms" = 10.0
  spiking.param @tau_w : "ms" = 100.0
  spiking.param @V_peak : "mV" = 0.0
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -70.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.state @w : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.step solved {V = "rk4: not linear in V", w = "rk4: not linear in V"} {
  // The cap enters all four stages.
  // CHECK-COUNT-4: arith.cmpf ogt, %{{.*}}, %V_peak
  // CHECK: spiking.write @V
  // CHECK: spiking.write @w
  // CHECK: spiking.step held {
  // CHECK: %w = spiking.read @w
  // CHECK: math.expm1
  // CHECK: %V = spiking.read @V
  // CHECK-NOT: spiking.write @V
  // CHECK: spiking.write @w
  spiking.equation @V {
    %V = spiking.read @V : f64
    %w = spiking.read @w : f64
    %tau = spiking.read @tau_m : f64
    %s = arith.mulf %V, %V : f64
    %d = arith.subf %s, %w : f64
    %r = arith.divf %d, %tau : f64
    spiking.yield %r : f64
  }
  spiking.equation @w {
    %V = spiking.read @V : f64
    %w = spiking.read @w : f64
    %tau = spiking.read @tau_w : f64
    %d = arith.subf %V, %w : f64
    %r = arith.divf %d, %tau : f64
    spiking.yield %r : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.read @V_peak : f64
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  } cap @V at {
    %t = spiking.read @V_peak : f64
    spiking.yield %t : f64
  }
  spiking.reset {
    %t = spiking.quantity 2.0 : "ms"
    spiking.refractory %t holding [@V]
  }
}

// A conductance is exact; the potential it acts on is linear while it is kept,
// and reads its exact value in the middle of the step. The step is multiplied
// into what decays the conductance by half a step: one product with g gives z.

// CHECK-LABEL: spiking.neuron @Conductance
spiking.neuron @Conductance {
  spiking.param @tau : "ms" = 5.0
  spiking.state @g : "1/ms" init {
    %0 = spiking.quantity 0.0 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -60.0 : "mV"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.step solved {V = "exponential_euler: linear while the other states are kept", g = "exact: linear with constant coefficients"}
  // CHECK: %[[H:.*]] = spiking.step_size
  // CHECK: %[[HALF:.*]] = arith.mulf %[[H]], %{{.*}} : f64
  // CHECK: %[[KEPT:.*]] = math.exp
  // CHECK-NEXT: %[[MINUS:.*]] = arith.negf %[[H]]
  // CHECK-NEXT: %[[MIDDLE:.*]] = arith.mulf %[[KEPT]], %[[MINUS]]
  // CHECK-NEXT: %[[Z:.*]] = arith.mulf %g, %[[MIDDLE]]
  // CHECK-NEXT: %[[DRIFT:.*]] = arith.mulf %[[Z]], %V
  // CHECK: math.expm1 %[[Z]]
  // CHECK: %[[PHI:.*]] = arith.select
  // CHECK-NEXT: %[[CHANGE:.*]] = arith.mulf %[[PHI]], %[[DRIFT]]
  // CHECK-NEXT: arith.addf %V, %[[CHANGE]]
  spiking.equation @g {
    %g = spiking.read @g : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %g : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @V {
    %g = spiking.read @g : f64
    %V = spiking.read @V : f64
    %p = arith.mulf %g, %V : f64
    %n = arith.negf %p : f64
    spiking.yield %n : f64
  }
}

// V' = (g (E_E - V) - g_L V)/C: h, 1/C, E_E and the half step of g meet in two
// constants; g is multiplied once for z and once for the drift.

// CHECK-LABEL: spiking.neuron @Membrane
spiking.neuron @Membrane {
  spiking.param @g_L : "nS" = 10.0
  spiking.param @E_E : "mV" = -10.0
  spiking.param @C : "pF" = 200.0
  spiking.param @tau : "ms" = 5.0
  spiking.state @g : "nS" init {
    %0 = spiking.quantity 0.0 : "nS"
    spiking.yield %0 : f64
  }
  spiking.state @V : "mV" init {
    %0 = spiking.quantity -60.0 : "mV"
    spiking.yield %0 : f64
  }
  // CHECK: %[[H:.*]] = spiking.step_size
  // CHECK: math.exp
  // CHECK: %[[SCALE:.*]] = arith.divf %[[H]], %C
  // CHECK-NEXT: %[[MINUS:.*]] = arith.negf %[[SCALE]]
  // CHECK-NEXT: %[[OF_Z:.*]] = arith.mulf %{{.*}}, %[[MINUS]]
  // CHECK-NEXT: %[[ZG:.*]] = arith.mulf %g, %[[OF_Z]]
  // CHECK-NEXT: %[[ZL:.*]] = arith.mulf %g_L, %[[SCALE]]
  // CHECK-NEXT: %[[Z:.*]] = arith.subf %[[ZG]], %[[ZL]]
  // CHECK-NEXT: %[[PULL:.*]] = arith.mulf %[[Z]], %V
  // CHECK-NEXT: %[[E:.*]] = arith.mulf %E_E, %[[SCALE]]
  // CHECK-NEXT: %[[OF_PUSH:.*]] = arith.mulf %{{.*}}, %[[E]]
  // CHECK-NEXT: %[[PUSH:.*]] = arith.mulf %g, %[[OF_PUSH]]
  // CHECK-NEXT: arith.addf %[[PULL]], %[[PUSH]]
  // CHECK-NOT: arith.mulf %[[H]]
  // CHECK: math.expm1 %[[Z]]
  spiking.equation @g {
    %g = spiking.read @g : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %g : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @V {
    %g = spiking.read @g : f64
    %V = spiking.read @V : f64
    %gl = spiking.read @g_L : f64
    %E = spiking.read @E_E : f64
    %C = spiking.read @C : f64
    %leak = arith.mulf %gl, %V : f64
    %off = arith.subf %E, %V : f64
    %drive = arith.mulf %g, %off : f64
    %I = arith.subf %drive, %leak : f64
    %d = arith.divf %I, %C : f64
    spiking.yield %d : f64
  }
}

// As published in 2003: the potential takes two half steps, then the recovery
// variable a whole one from where the potential has arrived.

// CHECK-LABEL: spiking.neuron @Sequential
spiking.neuron @Sequential solver <euler, substeps = 2, sequential> {
  spiking.state @v : "mV" init {
    %0 = spiking.quantity -65.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.state @u : "mV" init {
    %0 = spiking.quantity -13.0 : "mV"
    spiking.yield %0 : f64
  }
  // CHECK: %v = spiking.read @v
  // CHECK: %u = spiking.read @u
  // CHECK: %[[S1:.*]] = arith.mulf %v, %v
  // CHECK: %[[D1:.*]] = arith.subf %[[S1]], %u
  // CHECK: %[[M1:.*]] = arith.mulf %[[HALF:.*]], %[[D1]]
  // CHECK: %[[V1:.*]] = arith.addf %v, %[[M1]]
  // CHECK: %[[S2:.*]] = arith.mulf %[[V1]], %[[V1]]
  // CHECK: %[[D2:.*]] = arith.subf %[[S2]], %u
  // CHECK: %[[M2:.*]] = arith.mulf %[[HALF]], %[[D2]]
  // CHECK: %[[V2:.*]] = arith.addf %[[V1]], %[[M2]]
  // CHECK: %[[D3:.*]] = arith.subf %[[V2]], %u
  // CHECK: %[[M3:.*]] = arith.mulf %{{.*}}, %[[D3]]
  // CHECK: %[[U1:.*]] = arith.addf %u, %[[M3]]
  // CHECK: spiking.write @v, %[[V2]]
  // CHECK: spiking.write @u, %[[U1]]
  spiking.equation @v {
    %v = spiking.read @v : f64
    %u = spiking.read @u : f64
    %s = arith.mulf %v, %v : f64
    %d = arith.subf %s, %u : f64
    spiking.yield %d : f64
  }
  spiking.equation @u {
    %v = spiking.read @v : f64
    %u = spiking.read @u : f64
    %d = arith.subf %v, %u : f64
    spiking.yield %d : f64
  }
}

// White noise comes in through an input that a stimulus of each population
// feeds; an Ornstein-Uhlenbeck process gets its exact variance.

// CHECK-LABEL: spiking.neuron @Noisy
spiking.neuron @Noisy {
  spiking.param @tau : "ms" = 5.0
  spiking.param @sigma : "mV*ms^(-1/2)" = 1.0
  spiking.state @x : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  // CHECK: spiking.input @xi.x : "1"
  // CHECK: math.exp
  // CHECK: math.expm1
  // CHECK: math.sqrt
  // CHECK: spiking.read @xi.x
  spiking.equation @x {
    %x = spiking.read @x : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %x : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  } noise {
    %s = spiking.read @sigma : f64
    spiking.yield %s : f64
  }
}
spiking.network @Net {
  spiking.population @N : @Noisy[10]
  // CHECK: spiking.stimulus @N.xi.x to @N input @xi.x noise value(%t: f64) {
  // CHECK-NEXT: arith.constant 1.0
}
