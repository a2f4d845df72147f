// RUN: snn-opt %s --spiking-nondimensionalize | FileCheck %s
// RUN: snn-opt %s --spiking-nondimensionalize --spiking-fuse-populations | FileCheck %s --check-prefix=FUSED
// RUN: snn-opt %s --spiking-nondimensionalize --spiking-verify-dimensions -o /dev/null
// RUN: snn-opt %s --spiking-nondimensionalize --remarks-filter=spiking --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// Two membranes of different capacitance, leak, voltages and wording, with the
// same time constant of 16 ms, become one cell.

// FUSED: spiking.neuron @A.cell
// FUSED-NOT: spiking.neuron @B.cell
// FUSED: spiking.neuron @Observed.cell
// FUSED: spiking.population @A : @A.cell[2]
// FUSED: spiking.population @B : @A.cell[3]
// FUSED: spiking.population @Observed : @Observed.cell[1]

// CHECK-LABEL: spiking.neuron @A.cell {
// CHECK-NEXT:    spiking.param @"tau~" : "ms"{{$}}
// CHECK-NEXT:    spiking.param @"gain~I_ext" : "1/pA"{{$}}
// CHECK-NEXT:    spiking.param @"reset~" : "1"{{$}}
// CHECK-NEXT:    spiking.param @"scale~" : "mV"{{$}}
// CHECK-NEXT:    spiking.param @t_ref : "ms"{{$}}
// CHECK-NEXT:    spiking.input @I_ext : "pA"
// CHECK-NEXT:    spiking.state @"v~" : "1" init {
// CHECK-NEXT:      arith.constant 0.0
// CHECK:         spiking.equation @"v~" {
// CHECK-NEXT:      %[[G:.*]] = spiking.read @"gain~I_ext"
// CHECK-NEXT:      %[[I:.*]] = spiking.read @I_ext
// CHECK-NEXT:      %[[GI:.*]] = arith.mulf %[[G]], %[[I]]
// CHECK-NEXT:      %[[V:.*]] = spiking.read @"v~"
// CHECK-NEXT:      %[[D:.*]] = arith.subf %[[GI]], %[[V]]
// CHECK-NEXT:      %[[T:.*]] = spiking.read @"tau~"
// CHECK-NEXT:      %[[R:.*]] = arith.divf %[[D]], %[[T]]
// CHECK-NEXT:      spiking.yield %[[R]]
// CHECK:         spiking.port @syn(%[[W:.*]]: f64) : "mV" {
// CHECK-NEXT:      %[[V:.*]] = spiking.read @"v~"
// CHECK-NEXT:      %[[S:.*]] = spiking.read @"scale~"
// CHECK-NEXT:      %[[X:.*]] = arith.divf %[[W]], %[[S]]
// CHECK-NEXT:      %[[N:.*]] = arith.addf %[[V]], %[[X]]
// CHECK-NEXT:      spiking.write @"v~", %[[N]]
// CHECK:         spiking.threshold {
// CHECK-NEXT:      %[[V:.*]] = spiking.read @"v~"
// CHECK-NEXT:      %[[ONE:.*]] = arith.constant 1.0
// CHECK-NEXT:      arith.cmpf oge, %[[V]], %[[ONE]]
// CHECK:         spiking.reset {
// CHECK-DAG:       spiking.read @"reset~"
// CHECK-DAG:       spiking.write @"v~"
// CHECK:           spiking.refractory %{{.*}} holding [@"v~"]
spiking.neuron @A.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}
spiking.neuron @B.cell {
  spiking.param @tau_m : "ms" = 16.0
  spiking.param @capacitance : "pF" = 128.0
  spiking.param @rest : "mV" = -72.0
  spiking.param @top : "mV" = -64.0
  spiking.param @bottom : "mV" = -72.0
  spiking.param @t_ref : "ms" = 1.5
  spiking.input @I_ext : "pA"
  spiking.state @U : "mV" init {
    %0 = spiking.read @rest : f64
    spiking.yield %0 : f64
  }
  spiking.equation @U {
    %I = spiking.read @I_ext : f64
    %C = spiking.read @capacitance : f64
    %i = arith.divf %I, %C : f64
    %U = spiking.read @U : f64
    %E = spiking.read @rest : f64
    %tau = spiking.read @tau_m : f64
    %d = arith.subf %U, %E : f64
    %l = arith.divf %d, %tau : f64
    %r = arith.subf %i, %l : f64
    spiking.yield %r : f64
  }
  spiking.port @syn(%w: f64) : "mV" {
    %V = spiking.read @U : f64
    %s = arith.addf %V, %w : f64
    spiking.write @U, %s : f64
  }
  spiking.threshold {
    %V = spiking.read @U : f64
    %t = spiking.read @top : f64
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  }
  spiking.reset {
    %r = spiking.read @bottom : f64
    spiking.write @U, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@U]
  }
}

// A recorded potential is in mV, as is what a let makes of it.

// CHECK-LABEL: spiking.neuron @Observed.cell
// CHECK:         spiking.param @"rest~" : "mV"
// CHECK:         spiking.state @"v~" : "1"
// CHECK:         spiking.let @above : "mV" {
// CHECK:           spiking.read @"rest~"
// CHECK:         spiking.let @V : "mV" {
// CHECK-NEXT:      %[[S:.*]] = spiking.read @"scale~"
// CHECK-NEXT:      %[[V:.*]] = spiking.read @"v~"
// CHECK-NEXT:      %[[SV:.*]] = arith.mulf %[[S]], %[[V]]
// CHECK-NEXT:      %[[E:.*]] = spiking.read @"rest~"
// CHECK-NEXT:      %[[O:.*]] = arith.addf %[[E]], %[[SV]]
// CHECK-NEXT:      spiking.yield %[[O]]
spiking.neuron @Observed.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
  spiking.let @above : "mV" {
    %V = spiking.read @V : f64
    %0 = spiking.quantity -64.0 : "mV"
    %d = arith.subf %V, %0 : f64
    spiking.yield %d : f64
  }
}

// What does not match stays, and a remark says why.

// CHECK-LABEL: spiking.neuron @Conductance.cell
// CHECK:         spiking.state @V : "mV"
// REMARK: its membrane equation is not linear with constant coefficients
spiking.neuron @Conductance.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
  spiking.state @g : "nS" init {
    %0 = spiking.quantity 8.0 : "nS"
    spiking.yield %0 : f64
  }
  spiking.equation @g {
    %g = spiking.read @g : f64
    %tau = spiking.quantity 4.0 : "ms"
    %n = arith.negf %g : f64
    %r = arith.divf %n, %tau : f64
    spiking.yield %r : f64
  }
}
// CHECK-LABEL: spiking.neuron @Adaptive.cell
// CHECK:         spiking.state @V : "mV"
// REMARK: another state depends on the potential
spiking.neuron @Adaptive.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
  spiking.state @w : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @w {
    %w = spiking.read @w : f64
    %V = spiking.read @V : f64
    %tau = spiking.quantity 128.0 : "ms"
    %d = arith.subf %V, %w : f64
    %r = arith.divf %d, %tau : f64
    spiking.yield %r : f64
  }
}
// CHECK-LABEL: spiking.neuron @Drawn.cell
// CHECK:         spiking.state @V : "mV"
// REMARK: its threshold is not one number for all neurons
spiking.neuron @Drawn.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}
// CHECK-LABEL: spiking.neuron @Changed.cell
// CHECK:         spiking.state @V : "mV"
// REMARK: an experiment changes a parameter of it
spiking.neuron @Changed.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}
// CHECK-LABEL: spiking.neuron @Restless.cell
// CHECK:         spiking.state @V : "mV"
// REMARK: its threshold is not above its rest
spiking.neuron @Restless.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}
// CHECK-LABEL: spiking.neuron @Scattered.cell
// CHECK:         spiking.state @V : "mV"
// REMARK: its initial potential is drawn, or computed from what is drawn
spiking.neuron @Scattered.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}
// CHECK-LABEL: spiking.neuron @Handler.cell
// CHECK:         spiking.state @V : "mV"
// REMARK: a port does more than add to the potential
spiking.neuron @Handler.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
  spiking.port @saturating(%w: f64) : "1" {
    %V = spiking.read @V : f64
    %E = spiking.quantity 0.0 : "mV"
    %d = arith.subf %E, %V : f64
    %p = arith.mulf %w, %d : f64
    %s = arith.addf %V, %p : f64
    spiking.write @V, %s : f64
  }
}

// CHECK-LABEL: spiking.neuron @Noisy.cell
// CHECK:         spiking.state @V : "mV"
// REMARK: its potential is noisy
spiking.neuron @Noisy.cell {
  spiking.param @C_m : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @E_L : "mV" = -64.0
  spiking.param @V_th : "mV" = -48.0
  spiking.param @V_reset : "mV" = -72.0
  spiking.param @t_ref : "ms" = 2.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %g = spiking.read @g_L : f64
    %E = spiking.read @E_L : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %l = arith.mulf %g, %d : f64
    %I = spiking.read @I_ext : f64
    %s = arith.addf %l, %I : f64
    %C = spiking.read @C_m : f64
    %r = arith.divf %s, %C : f64
    spiking.yield %r : f64
  } noise {
    %0 = spiking.quantity 1.0 : "mV*ms^(-1/2)"
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
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
    %t = spiking.read @t_ref : f64
    spiking.refractory %t holding [@V]
  }
}

// The numbers stand with the populations: tau = 16 ms, R/(V_th - E_L), and
// potentials between 0 at rest and 1 at the threshold.

// CHECK: spiking.population @A : @A.cell[2] params {"gain~I_ext" = 0.00390625, "reset~" = -0.5, "scale~" = 16.0, t_ref = 2.0, "tau~" = 16.0} init {"v~" = data([0.0, 0.5])}
// CHECK: spiking.population @B : @B.cell[3] params {"gain~I_ext" = 0.03125, "reset~" = 0.0, "scale~" = 4.0, t_ref = 1.5, "tau~" = 16.0} init {"v~" = 0.0}
// CHECK: spiking.population @Observed : @Observed.cell[1] params {{.*}}"rest~" = -64.0
spiking.network @Net {
  spiking.population @A : @A.cell[2] init {V = data([-64.0, -56.0])}
  spiking.population @B : @B.cell[3] params {top = -68.0}
  spiking.population @Observed : @Observed.cell[1]
  spiking.population @Conductance : @Conductance.cell[1]
  spiking.population @Adaptive : @Adaptive.cell[1]
  spiking.population @Drawn : @Drawn.cell[1] params {V_th = normal(-48.0, 1.0)}
  spiking.population @Changed : @Changed.cell[1]
  spiking.population @Restless : @Restless.cell[1] params {V_th = -64.0}
  spiking.population @Scattered : @Scattered.cell[1] init {V = uniform(-64.0, -56.0)}
  spiking.population @Handler : @Handler.cell[1]
  spiking.population @Noisy : @Noisy.cell[1]
}
spiking.experiment @Run network @Net step 0.125 warmup 0.0 duration 1.0 seeds [1, 1, 1] {
  spiking.record_state @V of @Observed every 1.0
  spiking.record_state @above of @Observed every 1.0
  spiking.set_parameter @V_th of @Changed to -50.0 at 0.5
}
