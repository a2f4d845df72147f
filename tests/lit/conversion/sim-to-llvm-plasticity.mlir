// RUN: snn-opt %s --spiking-to-sim-pipeline | snn-opt --pass-pipeline="builtin.module(sim.model(sim-vectorize-updates),convert-sim-to-llvm)" -o %t
// RUN: FileCheck %s < %t
// RUN: FileCheck %s --check-prefix=REPLAY < %t

// Handlers become loops over the synapses of a row or of a list. A row is taken
// by chunks: what targets hold is brought side by side, 16 synapses are changed
// at once, those that are left one after the other, and what they send is added
// to sums that may be the same, one after the other. What is sent is rounded to
// the grid; the function says whether anything was not finite or did
// not fit. `send` stores no weight. `on_missed` takes one synapse after the other,
// each with the step of its event, and what the source's trace was then;
// `replay` has its states in registers from step to step.

// CHECK: sim.plasticity {{.*}}functions = {on_missed = @"p:STDP.on_missed", on_post = @"p:STDP.on_post", on_pre = @"p:STDP.on_pre", send = @"p:STDP.send"}
// CHECK: func.func private @"p:STDP.on_pre"(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64) -> i32
// CHECK:   %[[Y:.*]] = llvm.alloca %{{.*}} x f32
// CHECK:   %[[SENT:.*]] = llvm.alloca %{{.*}} x i32
// CHECK:   scf.for %[[FIRST:.*]] = %[[BEGIN]] to %[[END]] step %c256_i64
// CHECK:     %[[STOP:.*]] = arith.minui %[[END]]
// CHECK:     scf.for %{{.*}} = %[[FIRST]] to %[[STOP]] step %c1_i64
// CHECK:       %[[AT:.*]] = llvm.getelementptr %[[Y]]
// CHECK:       llvm.store %{{.*}}, %[[AT]] {{.*}}: f32
// CHECK:     scf.for %[[K:.*]] = %[[FIRST]] to %[[MIDDLE:.*]] step %c16_i64
// CHECK:       %[[W:.*]] = llvm.load %{{.*}} : !llvm.ptr -> vector<16xf32>
// CHECK:       %[[NEXT:.*]] = arith.subf %[[W]], %{{.*}} : vector<16xf32>
// CHECK:       llvm.store %{{.*}}, %{{.*}} {{.*}}: vector<16xf32>, !llvm.ptr
// CHECK:       math.roundeven %{{.*}} : vector<16xf32>
// CHECK:       %[[UNITS:.*]] = arith.fptosi %{{.*}} : vector<16xf32> to vector<16xi32>
// CHECK:       %[[AT:.*]] = llvm.getelementptr %[[SENT]]
// CHECK:       llvm.store %[[UNITS]], %[[AT]]
// CHECK:     scf.for %{{.*}} = %[[MIDDLE]] to %[[STOP]] step %c1_i64
// CHECK:       llvm.store %{{.*}}, %{{.*}} {{.*}}: f32, !llvm.ptr
// CHECK:     scf.for %{{.*}} = %[[FIRST]] to %[[STOP]] step %c1_i64
// CHECK:       %[[AT:.*]] = llvm.getelementptr %[[SENT]]
// CHECK:       %[[ONE:.*]] = llvm.load %[[AT]] {{.*}}: !llvm.ptr -> i32
// CHECK:       %[[SUM:.*]] = arith.addi %{{.*}}, %[[ONE]] : i32
// CHECK:       llvm.store %[[SUM]], %{{.*}} : i32, !llvm.ptr
// CHECK: func.func private @"p:STDP.send"
// CHECK: step %c16_i64
// CHECK-NOT: llvm.store {{.*}} : {{(vector<16x)?}}f32
// CHECK: llvm.store %{{.*}}, %{{.*}} {{.*}}: vector<16xi32>
// CHECK-NOT: llvm.store {{.*}} : {{(vector<16x)?}}f32
// CHECK: func.func private @"p:STDP.on_post"(%{{.*}}: !llvm.ptr, %[[TARGET:.*]]: i64, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %[[COUNT:.*]]: i64) -> i32
// CHECK:   scf.for %{{.*}} = %{{.*}} to %[[COUNT]]
// CHECK: func.func private @"p:STDP.on_missed"(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %[[COUNT:.*]]: i64) -> i32
// CHECK:   scf.for %{{.*}} = %{{.*}} to %[[COUNT]]
// CHECK:     llvm.load %{{.*}} : !llvm.ptr -> i16

// REPLAY: func.func private @"p:pre.replay"
// REPLAY:   scf.for {{.*}} iter_args(%[[X:.*]] = %{{.*}}) -> (vector<16xf32>)
// REPLAY:     llvm.store %[[X]], %{{.*}} {alignment = 4 : i64} : vector<16xf32>
// REPLAY:     %[[NEXT:.*]] = arith.mulf %{{.*}}, %[[X]] : vector<16xf32>
// REPLAY:     scf.yield %[[NEXT]]

spiking.neuron @LIF {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @syn(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.quantity 20.0 : "mV"
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  }
}
spiking.neuron @Trace {
  spiking.param @tau : "ms" = 20.0
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
spiking.plasticity @STDP pre @Trace post @Trace {
  spiking.param @A : "1" = 0.01
  spiking.param @w_max : "mV"
  spiking.weight @w : "mV"
  spiking.bound @w {
    %0 = spiking.quantity 0.0 : "mV"
    %1 = spiking.read @w_max : f64
    spiking.yield %0, %1 : f64, f64
  }
  spiking.on_event pre {
    %w = spiking.read @w : f64
    %A = spiking.read @A : f64
    %m = spiking.read @w_max : f64
    %y = spiking.read @post::@x : f64
    %k = arith.mulf %A, %m : f64
    %p = arith.mulf %k, %y : f64
    %s = arith.subf %w, %p : f64
    spiking.write @w, %s : f64
  }
  spiking.on_event post {
    %w = spiking.read @w : f64
    %A = spiking.read @A : f64
    %m = spiking.read @w_max : f64
    %x = spiking.read @pre::@x : f64
    %k = arith.mulf %A, %m : f64
    %p = arith.mulf %k, %x : f64
    %s = arith.addf %w, %p : f64
    spiking.write @w, %s : f64
  }
}
spiking.network @Net {
  spiking.population @E : @LIF[10]
  spiking.population @"p:pre" : @Trace[10] follows @E
  spiking.population @"p:post" : @Trace[10] follows @E params {tau = 30.0}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0.5 delay 1.0
  spiking.plastic @p by @STDP params {w_max = 2.0} pre @"p:pre" post @"p:post"
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 100.0 seeds [1, 1, 1] {
}
