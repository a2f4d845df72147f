// RUN: snn-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(sim.model(sim-vectorize-updates))' | FileCheck %s

// Fields are loaded and stored once; conditions become selections; constants and
// uniform inputs stay scalar until they meet a vector.

// CHECK-LABEL: sim.model @Select
sim.model @Select step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[10] precision f32 {
    sim.constant @p : f32
    sim.constant @q : f32
    sim.field @V : f32 state "mV"
    sim.field @syn.sum : i64 sum grid 7.450580596923828e-09
    sim.field @refractory : i32 countdown
    sim.input @I : f32
    sim.input @J : f32 per_neuron
    // CHECK: sim.update {
    sim.update {
      // CHECK-DAG: %[[C:.*]] = sim.load @refractory : vector<16xi32>
      // CHECK-DAG: %[[V:.*]] = sim.load @V : vector<16xf32>
      // CHECK-DAG: %[[S:.*]] = sim.take @syn.sum : vector<16xf32>
      // CHECK-DAG: %[[I:.*]] = sim.get_input @I : f32
      // CHECK-DAG: %[[J:.*]] = sim.get_input @J : vector<16xf32>
      %c = sim.load @refractory : i32
      %V = sim.load @V : f32
      %s = sim.take @syn.sum : f32
      %I = sim.get_input @I : f32
      %J = sim.get_input @J : f32
      // CHECK-DAG: %[[P:.*]] = sim.get_constant @p : f32
      // CHECK-DAG: %[[Q:.*]] = sim.get_constant @q : f32
      // What depends on no neuron stays scalar.
      // CHECK: %[[PQ:.*]] = arith.mulf %[[P]], %[[Q]] : f32
      %p = sim.get_constant @p : f32
      %q = sim.get_constant @q : f32
      %pq = arith.mulf %p, %q : f32
      %pqI = arith.addf %pq, %I : f32
      %zero = arith.constant 0 : i32
      // CHECK: %[[HELD:.*]] = arith.cmpi sgt, %[[C]], %{{.*}} : vector<16xi32>
      %held = arith.cmpi sgt, %c, %zero : i32
      // CHECK-NOT: scf.if
      // CHECK: %[[NEW:.*]] = arith.divf %[[V]], %{{.*}} : vector<16xf32>
      // CHECK: %[[X:.*]] = arith.select %[[HELD]], %[[V]], %[[NEW]] : vector<16xi1>, vector<16xf32>
      %x = scf.if %held -> f32 {
        scf.yield %V : f32
      } else {
        %y = arith.divf %V, %pqI : f32
        scf.yield %y : f32
      }
      %0 = arith.addf %x, %s : f32
      %1 = arith.addf %0, %J : f32
      sim.store @V, %1 : f32
      // CHECK: %[[FIRED:.*]] = arith.cmpf oge
      %fired = arith.cmpf oge, %1, %q : f32
      // CHECK: %[[RESET:.*]] = arith.select %[[FIRED]], %{{.*}}, %{{.*}} : vector<16xi1>, vector<16xf32>
      scf.if %fired {
        sim.store @V, %p : f32
      }
      // CHECK: sim.emit %[[FIRED]] : vector<16xi1>
      sim.emit %fired : i1
      // CHECK-NEXT: sim.store @V, %[[RESET]] : vector<16xf32>
      // CHECK-NEXT: }
    }
  }
}

// -----

// A load after a store reads what was stored, without memory between.

// CHECK-LABEL: sim.model @Forward
sim.model @Forward step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[10] precision f64 {
    sim.field @x : f64 state "1"
    sim.field @y : f64 observer "1"
    // CHECK: sim.observe {
    // CHECK-NEXT: %[[X:.*]] = sim.load @x : vector<16xf64>
    // CHECK-NEXT: %[[E:.*]] = math.exp %[[X]] : vector<16xf64>
    // CHECK-NEXT: %[[S:.*]] = arith.addf %[[E]], %[[E]] : vector<16xf64>
    // CHECK-NEXT: sim.store @y, %[[S]] : vector<16xf64>
    // CHECK-NEXT: }
    sim.observe {
      %x = sim.load @x : f64
      %e = math.exp %x : f64
      sim.store @y, %e : f64
      %y = sim.load @y : f64
      %s = arith.addf %y, %y : f64
      sim.store @y, %s : f64
    }
  }
}

// -----

sim.model @Conditional step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[10] precision f32 {
    sim.field @V : f32 state "mV"
    sim.field @syn.sum : i64 sum grid 7.450580596923828e-09
    sim.update {
      %V = sim.load @V : f32
      %fired = arith.cmpf oge, %V, %V : f32
      scf.if %fired {
        // expected-error @below {{'sim.take' op stands under a condition; sums are taken in every step}}
        %s = sim.take @syn.sum : f32
        sim.store @V, %s : f32
      }
      sim.emit %fired : i1
    }
  }
}

// -----

// Integer division stops the program where it fails, also in a neuron whose
// result would be thrown away.

sim.model @Trap step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[10] precision f32 {
    sim.field @n : i32 countdown
    sim.observe {
      %n = sim.load @n : i32
      %zero = arith.constant 0 : i32
      %some = arith.cmpi ne, %n, %zero : i32
      scf.if %some {
        // expected-error @below {{'arith.divsi' op may fail in neurons that its condition excludes}}
        %q = arith.divsi %n, %n : i32
        sim.store @n, %q : i32
      }
    }
  }
}

// -----

sim.model @Loop step 0.1 warmup 0 duration 10 seeds [1, 1, 1] {
  sim.population @E[10] precision f32 {
    sim.field @V : f32 state "mV"
    sim.observe {
      %0 = arith.constant 0 : i32
      %1 = arith.constant 1 : i32
      // expected-error @below {{'scf.for' op has no form on vectors}}
      scf.for %i = %0 to %1 step %1 : i32 {
      }
    }
  }
}
