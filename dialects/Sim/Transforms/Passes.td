//===- Passes.td - Passes of the sim dialect ---------------*- tablegen -*-===//
//
// The passes from scalar kernels to vector code, in the order they run.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_TRANSFORMS_PASSES_TD
#define SNN_DIALECTS_SIM_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def SimWaitForSource : Pass<"sim-wait-for-source", "::snn::sim::ModelOp"> {
  let summary = "Say which handlers of targets' spikes may wait for the source";
  let description = [{
    Bit-preserving: a synapse sees the same events in the same order.

    A spike of a target finds its synapses at random places of memory; one of a
    source finds them in a row. `sim.on_post` may wait until the source fires, a
    period is over or synapses are recorded, if all that it reads is known then:
    states of the synapse, and fields of `pre` whose update has no inputs, sums or
    countdowns, so that they follow from what the source's last spike left. Such a
    `sim.plasticity` gets `waits`, and the population `pre` gets `replays`; what
    reads the target, its traces or a modulator stays at once.

    ```mlir
    sim.plasticity of @p rule "STDP" ... { ... }
    // becomes
    sim.plasticity of @p rule "STDP" ... attributes {waits} { ... }
    ```
  }];
  let statistics = [
    Statistic<"numWaiting", "waiting", "Rules whose on_post may wait">,
    Statistic<"numAtOnce", "at-once", "Rules whose on_post may not">
  ];
}

def SimVectorizeUpdates : Pass<"sim-vectorize-updates", "::snn::sim::ModelOp"> {
  let summary = "Turn the code of one neuron into that of a block of 16";
  let description = [{
    Before: `sim.integrate`, `sim.update` and `sim.observe` hold scalar code of
    one neuron. After: straight-line vector code; each field is loaded once and
    stored once, conditions are selections. Both branches of a condition are
    executed, so a division by zero in the branch not taken does no harm.

    ```mlir
    %V = sim.load @V : f32
    %p = sim.get_constant @P_V : f32
    %0 = arith.mulf %p, %V : f32
    sim.store @V, %0 : f32
    ```
    becomes
    ```mlir
    %V = sim.load @V : vector<16xf32>
    %p = sim.get_constant @P_V : f32
    %v = vector.broadcast %p : f32 to vector<16xf32>
    %0 = arith.mulf %v, %V : vector<16xf32>
    sim.store @V, %0 : vector<16xf32>
    ```

    An operation without a form on vectors is an error.
  }];
  let statistics = [
    Statistic<"numKernels", "num-kernels", "Kernels vectorised">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::vector::VectorDialect"];
}

def SimExpandMath : Pass<"sim-expand-math"> {
  let summary = "Expand exp, log, tanh and the like into arithmetic";
  let description = [{
    Before: `math` operations on f32, f64 and vectors of them. After: `arith`
    and, of `math`, only `absf`, `copysign` and `sqrt`, which are one
    instruction each. The result has the same bits on every CPU and at every
    vector width, and calls no library. It is accurate to 1 ulp for `exp` and
    `log` and to a few for the others (the tests measure it).

    ```mlir
    %y = math.exp %x : vector<16xf32>
    ```
    becomes a range reduction, a polynomial of degree 6 and an addition to the
    exponent.

    `x == 0 ? 1 : expm1(x)/x`, by which a linear equation advances, is one
    function: a polynomial without a division where |x| <= 5/8 in all lanes.

    An operation without an expansion is an error.
  }];
  let statistics = [
    Statistic<"numExpanded", "num-expanded", "Operations replaced">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

#endif // SNN_DIALECTS_SIM_TRANSFORMS_PASSES_TD
