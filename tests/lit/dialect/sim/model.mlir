// RUN: snn-opt %s | snn-opt | FileCheck %s
// RUN: snn-opt %s --mlir-print-op-generic | snn-opt | FileCheck %s
// RUN: snn-opt %s --emit-bytecode | snn-opt | FileCheck %s

// An executable model prints as it is written.

// CHECK-LABEL: sim.model @AI step 0.1 warmup 2000 duration 10000 seeds [1, 1, 1] {
sim.model @AI step 0.1 warmup 2000 duration 10000 seeds [1, 1, 1] {
  // CHECK-NEXT: sim.population @E[10000] precision f32 {
  sim.population @E[10000] precision f32 {
    // CHECK-NEXT: sim.parameter @tau_m : "ms" = 20.0
    sim.parameter @tau_m : "ms" = 20.0
    // CHECK-NEXT: sim.parameter @V_th : "mV" = normal(20.0, 1.0)
    sim.parameter @V_th : "mV" = normal(20.0, 1.0)
    // CHECK-NEXT: sim.constant @P_V : f32
    sim.constant @P_V : f32
    // CHECK-NEXT: sim.constant @P_I : f32
    sim.constant @P_I : f32
    // CHECK-NEXT: sim.field @V : f32 state "mV" initial uniform(0.0, 10.0)
    sim.field @V : f32 state "mV" initial uniform(0.0, 10.0)
    // CHECK-NEXT: sim.field @V_th.value : f32 derived "mV"
    sim.field @V_th.value : f32 derived "mV"
    // CHECK-NEXT: sim.field @syn.sum : i64 sum grid 0.1
    sim.field @syn.sum : i64 sum grid 0.1
    // CHECK-NEXT: sim.field @refractory : i32 countdown
    sim.field @refractory : i32 countdown
    // CHECK-NEXT: sim.field @seen : f32 observer "mV"
    sim.field @seen : f32 observer "mV"
    // CHECK-NEXT: sim.input @I_ext : f32 per_neuron
    sim.input @I_ext : f32 per_neuron
    // CHECK-NEXT: sim.init_constants {
    sim.init_constants {
      // CHECK-NEXT: %[[H:.*]] = sim.step_size : f64
      %h = sim.step_size : f64
      // CHECK-NEXT: %tau_m = sim.get_parameter @tau_m : f64
      %tau = sim.get_parameter @tau_m : f64
      %q = arith.divf %h, %tau : f64
      %n = arith.negf %q : f64
      %p = math.exp %n : f64
      // CHECK: sim.set_constant @P_V, %{{.*}} : f64
      sim.set_constant @P_V, %p : f64
      %0 = arith.constant 0.0 : f64
      // CHECK: %{{.*}}:4 = sim.expm %[[H]], [%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}] : f64
      %e:4 = sim.expm %h, [%n, %q, %0, %n] : f64
      sim.set_constant @P_I, %e#1 : f64
    }
    // CHECK: sim.init_neurons {
    sim.init_neurons {
      %t = sim.get_parameter @V_th : f64
      // CHECK: sim.set_field @V_th.value, %{{.*}} : f64
      sim.set_field @V_th.value, %t : f64
    }
    // CHECK: sim.update {
    sim.update {
      // CHECK-NEXT: %V = sim.load @V : f32
      %V = sim.load @V : f32
      // CHECK-NEXT: %P_V = sim.get_constant @P_V : f32
      %p = sim.get_constant @P_V : f32
      // CHECK-NEXT: %I_ext = sim.get_input @I_ext : f32
      %I = sim.get_input @I_ext : f32
      // CHECK-NEXT: %syn.sum = sim.take @syn.sum : f32
      %s = sim.take @syn.sum : f32
      %0 = arith.mulf %p, %V : f32
      %1 = arith.addf %0, %s : f32
      %2 = arith.addf %1, %I : f32
      %t = sim.load @V_th.value : f32
      %fired = arith.cmpf oge, %2, %t : f32
      // CHECK: sim.store @V, %{{.*}} : f32
      sim.store @V, %2 : f32
      // CHECK-NEXT: sim.emit %{{.*}} : i1
      sim.emit %fired : i1
    }
    // CHECK: sim.observe {
    sim.observe {
      %V = sim.load @V : f32
      sim.store @seen, %V : f32
    }
  }
  // CHECK: sim.population @G[3] precision f64 {
  sim.population @G[3] precision f64 {
    sim.field @g : f64 state "nS"
    sim.field @V : f64 state "mV"
    // CHECK: sim.integrate {
    sim.integrate {
      %V = sim.load @V : f64
      sim.store @V, %V : f64
    }
    // CHECK: sim.update {
    sim.update {
      // CHECK-NEXT: sim.load @V : vector<16xf64>
      %V = sim.load @V : vector<16xf64>
      %0 = arith.constant dense<0.0> : vector<16xf64>
      %fired = arith.cmpf oge, %V, %0 : vector<16xf64>
      // CHECK: sim.emit %{{.*}} : vector<16xi1>
      sim.emit %fired : vector<16xi1>
    }
  }
  // CHECK: sim.poisson_source @P[1000] rate(%t: f64) {
  sim.poisson_source @P[1000] rate(%t: f64) {
    %0 = arith.constant 0.015 : f64
    // CHECK: sim.yield %{{.*}} : f64
    sim.yield %0 : f64
  }
  // CHECK: sim.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi64> ids dense<[0, 9]> : tensor<2xi64>
  sim.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi64> ids dense<[0, 9]> : tensor<2xi64>
  // CHECK-NEXT: sim.condition_source @met[1] of @Q[0:1] within 20 after @Q delay uniform(1.0, 3.0) longest 30
  sim.condition_source @met[1] of @Q[0:1] within 20 after @Q delay uniform(1.0, 3.0) longest 30
  // CHECK-NEXT: sim.projection @"P->E.syn#0" from @P[0:100] to @E rule indegree(10) autapses multapses weight 0.1 delay 1.5 dendritic 0.5 grid 0.1 deliver(%w: i64) {
  sim.projection @"P->E.syn#0" from @P[0:100] to @E
    rule indegree(10) autapses multapses weight 0.1 delay 1.5 dendritic 0.5
    grid 0.1 deliver(%w: i64) {
    // CHECK-NEXT: sim.add @syn.sum, %w : i64
    sim.add @syn.sum, %w : i64
  }
  sim.population @R[10] precision f32 {
    sim.field @syn.sum : i32 sum grid 0.1
  }
  // CHECK: weight 0.1 delay 1.5 grid 0.1 storage procedural deliver(%w: i32) {
  sim.projection @"P->R.syn#0" from @P to @R rule outdegree(2) weight 0.1 delay 1.5 grid 0.1 storage procedural deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  // CHECK: weight 0.1 delay 1.5 grid 0.1 storage either deliver(%w: i32) {
  sim.projection @"P->R.syn#1" from @P to @R rule outdegree(2) weight 0.1 delay 1.5 grid 0.1 storage either deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  // What is stored needs no word.
  // CHECK: weight 0.1 delay 1.5 grid 0.1 deliver(%w: i32) {
  sim.projection @"P->R.syn#2" from @P to @R rule outdegree(2) weight 0.1 delay 1.5 grid 0.1 storage stored deliver(%w: i32) {
    sim.add @syn.sum, %w : i32
  }
  // CHECK: sim.projection @"E->G.exc#0" from @E to @G rule probability(0.1) weight 0.1 delay 1.5 deliver(%w: f64) {
  sim.projection @"E->G.exc#0" from @E to @G rule probability(0.1) weight 0.1 delay 1.5 deliver(%w: f64) {
    // CHECK-NEXT: sim.load @g : f64
    %g = sim.load @g : f64
    %s = arith.addf %g, %w : f64
    sim.store @g, %s : f64
  }
  // CHECK: sim.drive @"poisson->E.syn#0" to @E adds @syn.sum weight 0.1 grid 0.1 rate(%t: f64) {
  sim.drive @"poisson->E.syn#0" to @E adds @syn.sum weight 0.1 grid 0.1 rate(%t: f64) {
    %0 = arith.constant 20.0 : f64
    sim.yield %0 : f64
  }
  // CHECK: sim.stimulus @"step->E.I_ext#0" to @E[0:10] input @I_ext noise value(%t: f64) {
  sim.stimulus @"step->E.I_ext#0" to @E[0:10] input @I_ext noise value(%t: f64) {
    %0 = arith.constant 500.0 : f64
    sim.yield %0 : f64
  }
  // CHECK: sim.record_spikes of @E[0:100]
  sim.record_spikes of @E[0:100]
  // CHECK-NEXT: sim.record_field @V of @E[0:10] every 10 first 2010
  sim.record_field @V of @E[0:10] every 10 first 2010
  // CHECK-NEXT: sim.set_parameter @tau_m of @E to 21.0 at 5000
  sim.set_parameter @tau_m of @E to 21.0 at 5000
  // CHECK-NEXT: sim.reset_state of @E at 10000
  sim.reset_state of @E at 10000
  // CHECK-NEXT: sim.reset_state at 10001
  sim.reset_state at 10001
}
