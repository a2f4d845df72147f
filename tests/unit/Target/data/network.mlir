// A network that uses all that code generation knows: single and double
// precision, elementary functions, conditions, sums and handlers, constant and
// drawn weights, drawn parameters, sources, drives and stimuli.
sim.model @Network step 0.1 warmup 100 duration 900 seeds [1, 2, 3] {
  sim.population @E[300] precision f32 {
    sim.parameter @tau_m : "ms" = 20.0
    sim.parameter @t_ref : "ms" = 2.0
    sim.parameter @Delta : "mV" = 2.0
    sim.parameter @V_th : "mV" = normal(20.0, 1.0)
    sim.constant @P_V : f32
    sim.constant @h_tau : f32
    sim.constant @Delta.value : f32
    sim.constant @rate : f32
    sim.constant @k_ref : f32
    sim.field @V : f32 state "mV" initial uniform(0.0, 10.0)
    sim.field @V_th.value : f32 derived "mV"
    sim.field @syn.sum : i64 sum grid 7.450580596923828e-09
    sim.field @refractory : i32 countdown
    sim.field @twice : f32 observer "mV"
    sim.input @I_ext : f32
    sim.init_constants {
      %h = sim.step_size : f64
      %tau = sim.get_parameter @tau_m : f64
      %q = arith.divf %h, %tau : f64
      %n = arith.negf %q : f64
      %p = math.exp %n : f64
      sim.set_constant @P_V, %p : f64
      sim.set_constant @h_tau, %q : f64
      %D = sim.get_parameter @Delta : f64
      sim.set_constant @Delta.value, %D : f64
      // The exponential of [[-q, q], [0, -q]] times the step.
      %0 = arith.constant 0.0 : f64
      %a = arith.divf %n, %h : f64
      %b = arith.divf %q, %h : f64
      %e:4 = sim.expm %h, [%a, %b, %0, %a] : f64
      sim.set_constant @rate, %e#1 : f64
      %t = sim.get_parameter @t_ref : f64
      %k = arith.divf %t, %h : f64
      %rounded = math.roundeven %k : f64
      sim.set_constant @k_ref, %rounded : f64
    }
    sim.init_neurons {
      %t = sim.get_parameter @V_th : f64
      sim.set_field @V_th.value, %t : f64
    }
    sim.update {
      %V = sim.load @V : f32
      %c = sim.load @refractory : i32
      %s = sim.take @syn.sum : f32
      %p = sim.get_constant @P_V : f32
      %q = sim.get_constant @h_tau : f32
      %D = sim.get_constant @Delta.value : f32
      %I = sim.get_input @I_ext : f32
      %th = sim.load @V_th.value : f32
      %zero = arith.constant 0 : i32
      %one = arith.constant 1 : i32
      %held = arith.cmpi sgt, %c, %zero : i32
      %x = scf.if %held -> f32 {
        %less = arith.subi %c, %one : i32
        sim.store @refractory, %less : i32
        scf.yield %V : f32
      } else {
        %above = arith.subf %V, %th : f32
        %slope = arith.divf %above, %D : f32
        %e = math.exp %slope : f32
        %De = arith.mulf %D, %e : f32
        %drive = arith.addf %De, %I : f32
        %step = arith.mulf %q, %drive : f32
        %decayed = arith.mulf %p, %V : f32
        %0 = arith.addf %decayed, %step : f32
        %1 = arith.addf %0, %s : f32
        scf.yield %1 : f32
      }
      %high = arith.cmpf oge, %x, %th : f32
      %true = arith.constant true
      %free = arith.xori %held, %true : i1
      %fired = arith.andi %high, %free : i1
      %reset = arith.constant 10.0 : f32
      %k = sim.get_constant @k_ref : f32
      %steps = arith.fptosi %k : f32 to i32
      sim.store @V, %x : f32
      scf.if %fired {
        sim.store @V, %reset : f32
        sim.store @refractory, %steps : i32
      }
      sim.emit %fired : i1
    }
    sim.observe {
      %V = sim.load @V : f32
      %2 = arith.addf %V, %V : f32
      sim.store @twice, %2 : f32
    }
  }
  sim.population @G[40] precision f64 {
    sim.parameter @E_rev : "mV" = 0.0
    sim.constant @E : f64
    sim.field @V : f64 state "mV"
    sim.field @g : f64 state "nS"
    sim.input @I_ext : f64 per_neuron
    sim.init_constants {
      %E = sim.get_parameter @E_rev : f64
      sim.set_constant @E, %E : f64
    }
    sim.init_neurons {
      %V = arith.constant -65.0 : f64
      sim.set_field @V, %V : f64
    }
    sim.integrate {
      %V = sim.load @V : f64
      %g = sim.load @g : f64
      %I = sim.get_input @I_ext : f64
      %E = sim.get_constant @E : f64
      %rest = arith.constant -65.0 : f64
      %h = arith.constant 0.005 : f64
      %leak = arith.subf %rest, %V : f64
      %push = arith.subf %E, %V : f64
      %current = arith.mulf %g, %push : f64
      %t = math.tanh %current : f64
      %ten = arith.constant 10.0 : f64
      %bounded = arith.mulf %ten, %t : f64
      %0 = arith.addf %leak, %bounded : f64
      %1 = arith.addf %0, %I : f64
      %2 = arith.mulf %h, %1 : f64
      %3 = arith.addf %V, %2 : f64
      sim.store @V, %3 : f64
      %decay = arith.constant 0.98 : f64
      %4 = arith.mulf %decay, %g : f64
      sim.store @g, %4 : f64
    }
    sim.update {
      %V = sim.load @V : f64
      %th = arith.constant -56.0 : f64
      %fired = arith.cmpf oge, %V, %th : f64
      %reset = arith.constant -65.0 : f64
      %V1 = arith.select %fired, %reset, %V : f64
      sim.store @V, %V1 : f64
      sim.emit %fired : i1
    }
  }
  sim.population @G2[20] precision f64 {
    sim.field @V : f64 state "mV"
    sim.update {
      %V = sim.load @V : f64
      %th = arith.constant -56.0 : f64
      %fired = arith.cmpf oge, %V, %th : f64
      %reset = arith.constant -65.0 : f64
      %V1 = arith.select %fired, %reset, %V : f64
      sim.store @V, %V1 : f64
      sim.emit %fired : i1
    }
  }
  // Like G2, to share its code.
  sim.population @G3[7] precision f64 {
    sim.field @x : f64 state "mV"
    sim.update {
      %V = sim.load @x : f64
      %th = arith.constant -56.0 : f64
      %fired = arith.cmpf oge, %V, %th : f64
      %reset = arith.constant -65.0 : f64
      %V1 = arith.select %fired, %reset, %V : f64
      sim.store @x, %V1 : f64
      sim.emit %fired : i1
    }
  }
  sim.poisson_source @P[100] rate(%t: f64) {
    %w = arith.constant 0.0628318530717958647 : f64
    %0 = arith.mulf %w, %t : f64
    %1 = math.sin %0 : f64
    %2 = arith.constant 0.01 : f64
    %3 = arith.mulf %1, %2 : f64
    %4 = arith.constant 0.02 : f64
    %5 = arith.addf %3, %4 : f64
    sim.yield %5 : f64
  }
  sim.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi64> ids dense<[0, 9]> : tensor<2xi64>
  sim.projection @"P->E.syn#0" from @P to @E rule probability(0.1) weight 0.5 delay 1.5 grid 7.450580596923828e-09 deliver(%w: i64) {
    sim.add @syn.sum, %w : i64
  }
  sim.projection @"E->E.syn#0" from @E[0:200] to @E rule indegree(10) autapses multapses weight normal(0.2, 0.02) delay uniform(0.5, 3.0) grid 7.450580596923828e-09 deliver(%w: i64) {
    sim.add @syn.sum, %w : i64
  }
  sim.projection @"E->G.exc#0" from @E to @G rule probability(0.2) weight normal(0.1, 0.01) delay 1.0 deliver(%w: f64) {
    %g = sim.load @g : f64
    %s = arith.addf %g, %w : f64
    %limit = arith.constant 2.0 : f64
    %over = arith.cmpf ogt, %s, %limit : f64
    %bounded = arith.select %over, %limit, %s : f64
    sim.store @g, %bounded : f64
  }
  sim.projection @"Q->G.exc#0" from @Q to @G rule all_to_all weight 0.5 delay 1.0 deliver(%w: f64) {
    %g = sim.load @g : f64
    %s = arith.addf %g, %w : f64
    sim.store @g, %s : f64
  }
  sim.drive @"poisson->E.syn#0" to @E adds @syn.sum weight 0.1 grid 7.450580596923828e-09 rate(%t: f64) {
    %0 = arith.constant 9.0 : f64
    sim.yield %0 : f64
  }
  sim.stimulus @"step->E.I_ext#0" to @E input @I_ext value(%t: f64) {
    %0 = arith.constant 50.0 : f64
    %on = arith.cmpf oge, %t, %0 : f64
    %1 = arith.constant 4.0 : f64
    %2 = arith.constant 0.0 : f64
    %3 = arith.select %on, %1, %2 : f64
    sim.yield %3 : f64
  }
  sim.stimulus @"noise->G.I_ext#0" to @G[0:20] input @I_ext noise value(%t: f64) {
    %0 = arith.constant 3.0 : f64
    sim.yield %0 : f64
  }
  sim.record_spikes of @E[0:100]
  sim.record_field @V of @G[0:10] every 10 first 100
  sim.record_field @twice of @E[0:2] every 10 first 100
  sim.set_parameter @E_rev of @G to 10.0 at 500
  sim.reset_state of @G2 at 700
}
