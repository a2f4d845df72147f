//===- RandomModel.cpp - Networks drawn at random ---------------*- C++ -*-===//
//
// The constants are chosen so that the neurons fire at some ten hertz whatever
// the combination.
//
//===----------------------------------------------------------------------===//
#include "RandomModel.h"

namespace snn::tests {

std::string RandomModel::write() {
  hasConductance = maybe();
  hasHandler = maybe();
  hasAdaptation = maybe();
  return synapses() + neuron() + network() + experiment();
}

std::string RandomModel::synapses() {
  return R"(
spiking.synapse @Current {
  spiking.param @tau : "ms" = 5.0
  spiking.state @I : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.equation @I {
    %I = spiking.read @I : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %I : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.on_spike(%w: f64) : "pA" {
    %I = spiking.read @I : f64
    %s = arith.addf %I, %w : f64
    spiking.write @I, %s : f64
  }
}
spiking.synapse @Conductance {
  spiking.param @tau : "ms" = 10.0
  spiking.param @E_rev : "mV" = -80.0
  spiking.host @V : "mV"
  spiking.state @g : "nS" init {
    %0 = spiking.quantity 0.0 : "nS"
    spiking.yield %0 : f64
  }
  spiking.equation @g {
    %g = spiking.read @g : f64
    %tau = spiking.read @tau : f64
    %n = arith.negf %g : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.on_spike(%w: f64) : "nS" {
    %g = spiking.read @g : f64
    %s = arith.addf %g, %w : f64
    spiking.write @g, %s : f64
  }
  spiking.let @I : "pA" {
    %g = spiking.read @g : f64
    %E = spiking.read @E_rev : f64
    %V = spiking.read @V : f64
    %d = arith.subf %E, %V : f64
    %i = arith.mulf %g, %d : f64
    spiking.yield %i : f64
  }
}
)";
}

std::string RandomModel::neuron() {
  bool exponential = choose(3) == 0;
  std::string solver = exponential
                           ? oneOf("", " solver <rk4, substeps = 2>")
                           : oneOf("", "", " solver <rk4>", " solver <euler>");
  std::string text = "spiking.neuron @N" + solver +
                     oneOf("", " precision f32", " precision f64") + R"( {
  spiking.param @C_m : "pF" = 200.0
  spiking.param @tau_m : "ms" = 20.0
  spiking.param @E_L : "mV" = -60.0
  spiking.param @V_th : "mV" = -50.0
  spiking.param @V_reset : "mV" {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
  spiking.param @t_ref : "ms" = 2.0
  spiking.param @Delta : "mV" = 1.5
  spiking.input @I_ext : "pA"
  spiking.receptor @exc : @Current {
    spiking.bind @tau {
      %0 = spiking.quantity )" +
                     oneOf("0.5", "5.0", "20.0") + R"( : "ms"
      spiking.yield %0 : f64
    }
  }
  spiking.receptor @inh : )" +
                     (hasConductance ? "@Conductance" : "@Current") + R"( {
  }
  spiking.state @V : "mV" init {
    %0 = spiking.read @E_L : f64
    spiking.yield %0 : f64
  }
)";
  if (hasAdaptation)
    text += R"(
  spiking.param @a : "nS" = 2.0
  spiking.param @b : "pA" = 20.5
  spiking.state @w : "pA" init {
    %0 = spiking.quantity 0.0 : "pA"
    spiking.yield %0 : f64
  }
  spiking.equation @w {
    %V = spiking.read @V : f64
    %E = spiking.read @E_L : f64
    %a = spiking.read @a : f64
    %w = spiking.read @w : f64
    %tau = spiking.quantity 144.0 : "ms"
    %0 = arith.subf %V, %E : f64
    %1 = arith.mulf %a, %0 : f64
    %2 = arith.subf %1, %w : f64
    %3 = arith.divf %2, %tau : f64
    spiking.yield %3 : f64
  }
)";
  text += R"(
  spiking.let @I_syn : "pA" {
    %e = spiking.read @exc::@I : f64
    %i = spiking.read @inh::@I : f64
    %s = arith.addf %e, %i : f64
    spiking.yield %s : f64
  }
  spiking.equation @V {
    %V = spiking.read @V : f64
    %E = spiking.read @E_L : f64
    %tau = spiking.read @tau_m : f64
    %C = spiking.read @C_m : f64
    %I = spiking.read @I_syn : f64
    %x = spiking.read @I_ext : f64
    %0 = arith.subf %E, %V : f64
    %1 = arith.divf %0, %tau : f64
    %2 = arith.addf %I, %x : f64
    %3 = arith.divf %2, %C : f64
    %4 = arith.addf %1, %3 : f64
)";
  std::string last = "%4";
  if (hasAdaptation) {
    text += R"(
    %w = spiking.read @w : f64
    %5 = arith.divf %w, %C : f64
    %6 = arith.subf %4, %5 : f64
)";
    last = "%6";
  }
  if (exponential) {
    text += R"(
    %t = spiking.quantity -52.0 : "mV"
    %D = spiking.read @Delta : f64
    %7 = arith.subf %V, %t : f64
    %8 = arith.divf %7, %D : f64
    %9 = math.exp %8 : f64
    %10 = arith.mulf %D, %9 : f64
    %11 = arith.divf %10, %tau : f64
    %12 = arith.addf )" +
            last + ", %11 : f64\n";
    last = "%12";
  }
  text += "    spiking.yield " + last + " : f64\n  }\n";
  if (hasHandler)
    text += R"(
  spiking.port @jump(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %top = spiking.quantity -45.0 : "mV"
    %range = spiking.quantity 15.0 : "mV"
    %0 = arith.subf %top, %V : f64
    %1 = arith.divf %0, %range : f64
    %2 = arith.mulf %w, %1 : f64
    %3 = arith.addf %V, %2 : f64
    spiking.write @V, %3 : f64
  }
)";
  else
    text += R"(
  spiking.port @jump(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %3 = arith.addf %V, %w : f64
    spiking.write @V, %3 : f64
  }
)";
  text += std::string("  spiking.threshold") +
          (maybe() || exponential ? "" : " rising") + R"( {
    %V = spiking.read @V : f64
    %t = spiking.read @V_th : f64
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  } cap @V at {
    %t = spiking.read @V_th : f64
    spiking.yield %t : f64
  }
  spiking.reset {
    %r = spiking.read @V_reset : f64
    spiking.write @V, %r : f64
)";
  if (hasAdaptation)
    text += R"(
    %w = spiking.read @w : f64
    %b = spiking.read @b : f64
    %s = arith.addf %w, %b : f64
    spiking.write @w, %s : f64
)";
  text +=
      "    %t = spiking.read @t_ref : f64\n    spiking.refractory %t" +
      oneOf(" holding [@V]", " holding [@V]", " holding [@V] keeping_input") +
      "\n  }\n}\n";
  return text;
}

std::string RandomModel::network() {
  std::string inhibition = hasConductance
                               ? "normal(3.0, 0.5) redraw [0.0, none]"
                               : "normal(-40.0, 5.0)";
  std::string rules[] = {
      oneOf("indegree(6) autapses multapses", "indegree(5)"),
      oneOf("probability(0.2)", "probability(0.15) autapses"),
      oneOf("outdegree(6) autapses multapses", "total(300) autapses multapses"),
  };
  std::string text = R"(
spiking.network @Net {
  spiking.population @E : @N[70] params {)" +
                     oneOf("V_th = normal(-50.0, 0.5)", "t_ref = 1.5",
                           "tau_m = uniform(15.0, 25.0), exc.tau = 3.0") +
                     R"(} init {V = uniform(-60.0, -50.0)}
  spiking.population @I : @N[23]
  spiking.poisson_source @P[20] rate(%t: f64) {
    %0 = spiking.quantity 0.02 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.projection @"P->E.exc#0" from @P[0:20:2] to @E port @exc rule probability(0.5) weight 30.0 delay 0.1
  spiking.projection @"E->E.exc#0" from @E to @E port @exc rule )" +
                     rules[choose(3)] + " weight " +
                     oneOf("15.0", "normal(15.0, 3.0)") + " delay " +
                     oneOf("1.5", "normal(1.5, 0.75) redraw [0.05, none]") +
                     R"(
  spiking.projection @"E->I.exc#0" from @E[0:60] to @I port @exc rule )" +
                     rules[choose(3)] + " weight 20.0 delay 0.8" +
                     oneOf("", " dendritic 0.4") + R"(
  spiking.projection @"I->E.inh#0" from @I to @E port @inh rule all_to_all weight )" +
                     inhibition + R"( delay uniform(0.5, 2.0)
  spiking.projection @"E->I.jump#0" from @E to @I[3:20] port @jump rule probability(0.3) weight 0.7 delay uniform(0.5, 3.0)
)";
  text += R"(
  spiking.drive @"poisson->I.exc#0" to @I port @exc weight )" +
          oneOf("25.0", "uniform(10.0, 40.0)") + R"( rate(%t: f64) {
    %0 = spiking.quantity 0.4 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.stimulus @"step->E.I_ext#0" to @E input @I_ext value(%t: f64) {
    %on = spiking.quantity 10.0 : "ms"
    %c = arith.cmpf oge, %t, %on : f64
    %high = spiking.quantity 180.0 : "pA"
    %low = spiking.quantity 90.0 : "pA"
    %v = arith.select %c, %high, %low : f64
    spiking.yield %v : f64
  }
)";
  if (maybe())
    text += R"(
  spiking.stimulus @"noise->E.I_ext#0" to @E[10:50:3] input @I_ext noise value(%t: f64) {
    %0 = spiking.quantity 300.0 : "pA"
    spiking.yield %0 : f64
  }
)";
  return text + "}\n";
}

std::string RandomModel::experiment() {
  return "spiking.experiment @X network @Net step 0.1 warmup 10.0 duration "
         "60.0 seeds [" +
         std::to_string(choose(1000)) + ", 2, 3]" +
         oneOf("", " precision f64") + oneOf("", "", " schedule brian2") +
         " {\n" +
         oneOf("", "  spiking.set_parameter @C_m of @I to 150.0 at 30.0\n",
               "  spiking.reset_state of @E at 40.0\n") +
         "}\n";
}

} // namespace snn::tests
