//===- Passes.td - Passes of the spiking dialect -----------*- tablegen -*-===//
//
// In the order in which they run. A pass is *numeric* if it changes the last
// bits of results, and *bit-preserving* if it does not; numeric passes always
// run, whatever the optimisation level and whatever is recorded, but for
// `spiking-nondimensionalize`, which has to be asked for.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_TRANSFORMS_PASSES_TD
#define SPIKING_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

class SpikingPass<string argument> : Pass<argument, "::mlir::ModuleOp"> {
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect", "::snn::spiking::SpikingDialect"
  ];
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

def SpikingVerifyDimensions : SpikingPass<"spiking-verify-dimensions"> {
  let summary = "Check that physical dimensions agree";
  let description = [{
    Changes nothing. Derives the dimension of every value from the units of
    declarations and quantities, and reports each operation that disagrees:
    sums and comparisons of unlike quantities, functions of what is no plain
    number, a region that does not yield what its operation stands for.

    As models are written, an `arith.constant` is a plain number (0 has any
    dimension). Folding turns quantities into constants; after it, use `folded`.

    ```mlir
    spiking.let @sum : "mV" {
      %V = spiking.read @V : f64
      %I = spiking.read @I : f64
      %s = arith.addf %V, %I : f64 // error: a voltage (mV) and a current (pA)
      spiking.yield %s : f64
    }
    ```
  }];
  let options = [
    Option<"folded", "folded", "bool", "false",
           "constants may stand for quantities">
  ];
}

//===----------------------------------------------------------------------===//
// From models to flat cells
//===----------------------------------------------------------------------===//

def SpikingInstantiate : SpikingPass<"spiking-instantiate"> {
  let summary = "Give each population a flat cell of its own";
  let description = [{
    Bit-preserving.

    Before: neuron models with receptors that refer to synapse models.
    After: each population `@E` has a neuron `@"E.cell"` of parameters, states,
    lets, equations, ports, threshold and reset alone. What a receptor `exc`
    brings is called `exc.tau`, `exc.I`; its handler is the port `exc`. Where an
    expression reads a let, the let's expression stands; the let itself stays,
    so that it can be recorded. Values of parameters stay with the population.
    Each plastic projection `@p` has a copy `@"p:Rule"` of its rule, which names
    the cells of its populations.

    ```mlir
    // spiking.receptor @exc : @ExpCurrent {
    //   spiking.bind @tau { ... yield 0.5 }
    // }
    // becomes
    spiking.param @exc.tau : "ms" { ... yield 0.5 }
    spiking.state @exc.I : "pA" init { ... }
    spiking.equation @exc.I { ... }
    spiking.port @exc(%w: f64) : "pA" { ... }
    ```
  }];
  let statistics = [
    Statistic<"numCells", "cells", "Cells made">,
    Statistic<"numReceptors", "receptors", "Receptors put into their cells">,
    Statistic<"numLets", "lets", "Lets put into their places">
  ];
}

//===----------------------------------------------------------------------===//
// Less to compute (numeric)
//===----------------------------------------------------------------------===//

def SpikingMergeReceptors : SpikingPass<"spiking-merge-receptors"> {
  let summary = "Merge receptors with equal linear kinetics";
  let description = [{
    Numeric: a sum of two exponentials becomes the exponential of a sum.

    Before: flat cells, one for each population.
    After: receptors whose equations are linear and homogeneous in their own
    states, equal, with equal parameters, starting at zero, and that the rest of
    the cell reads with equal coefficients, have a common state `exc+inh.I`, and
    common parameters `exc+inh.tau`. Their ports stay apart: each has a grid of
    its own. The old states still get what arrives, for recording;
    `spiking-eliminate-dead-state` removes them where nothing records them, so
    that recording changes no bit of anything else.

    Conductances with different reversal potentials are read with different
    coefficients, and stay apart.

    ```mlir
    // V' = ... + (exc.I + inh.I)/C   becomes   V' = ... + exc+inh.I/C
    spiking.port @inh(%w: f64) : "pA" {
      ...
      spiking.write @"exc+inh.I", %s : f64
    }
    ```
  }];
  let statistics = [
    Statistic<"numMerged", "merged", "Receptors merged into others">
  ];
}

def SpikingEliminateDeadState
    : SpikingPass<"spiking-eliminate-dead-state"> {
  let summary = "Remove states that stay zero or that nothing depends on";
  let description = [{
    Numeric: a sum without an absent term may differ in the sign of a zero.

    Before: flat cells, one for each population.
    After: a state is gone, with its equation, that starts at zero, to which
    nothing arrives, that no reset writes, and whose derivative vanishes with
    it: a receptor that no projection and no drive names costs nothing. So is
    one that neither the threshold nor what is recorded depends on. A recorded
    state that stays zero becomes a let; lets that are not recorded go.

    ```mlir
    // nothing arrives at inh:
    // %i = (exc.g*(E_e - V) + inh.g*(E_i - V))/C   becomes   exc.g*(E_e - V)/C
    ```
  }];
  let statistics = [
    Statistic<"numZero", "zero", "States that stay zero">,
    Statistic<"numUnread", "unread", "States that nothing depends on">
  ];
}

def SpikingNondimensionalize : SpikingPass<"spiking-nondimensionalize"> {
  let summary = "Measure potentials from rest to threshold";
  let description = [{
    Numeric, and off unless asked for: the pipelines run it with
    `nondimensionalize=true`.

    Before: flat cells, one for each population.
    After: a leaky membrane V' = a V + sum b_x x + K with rest E = -K/a,
    threshold T, tau = -1/a and R_x = -b_x/a has the state

        v = (V - E)/(T - E),   tau v' = -v + sum R_x/(T - E) x,   v >= 1

    and resets to (V_reset - E)/(T - E). Time stays in ms; inputs, receptors and
    weights stay what the model calls them and are scaled where they enter v. The
    numbers are parameters of the population (`tau~`, `gain~I_ext`, `reset~`,
    and where something needs them `rest~` = E and `scale~` = T - E), as are all
    that were defaults: cells written with capacitance and leak or with a time
    constant, whatever their voltages, are one cell after
    `spiking-fuse-populations`. Parameters that only the old form read go.

    A recorded V becomes a let, E + (T - E) v, in its own unit; so do reads of V
    in other lets.

    A cell stays as it is, and a remark says why, if its equation is not linear
    with constant coefficients (conductances), if another state reads V, if a
    port does more than add to V, if one of the numbers above differs between
    its neurons, if V has noise or its initial value is drawn (draws are keyed by
    the state's name), or if an experiment changes a parameter of the population.

    ```mlir
    // V' = (E_L - V)/tau_m + I_ext/C_m, spike when V >= V_th   becomes
    spiking.equation @"v~" { ... yield (gain~I_ext*I_ext - v~)/tau~ }
    spiking.population @E : @E.cell[100] params {"gain~I_ext" = 0.0025, ...}
    ```
  }];
  let statistics = [Statistic<"numScaled", "scaled", "Cells rewritten">];
}

//===----------------------------------------------------------------------===//
// From equations to steps (numeric)
//===----------------------------------------------------------------------===//

def SpikingSolveODEs : SpikingPass<"spiking-solve-odes"> {
  let summary = "Turn equations into the code of one time step";
  let description = [{
    Numeric.

    Before: a flat cell with `spiking.equation`s.
    After: one `spiking.step`, which reads all states, advances them by h and
    writes them; `spiking.step held` besides, where states that a refractory
    neuron holds drive others. No equation is left.

    Unless the cell names a solver, each block of coupled states gets the first
    of these that fits:

    * *exact*: equations linear with constant coefficients, driven by what is
      constant within a step (inputs, held states). One state alone decays by
      `exp(-h/tau)`; others get a row of a matrix exponential
      (`spiking.propagator`), equal time constants included.
    * *exponential Euler*: each equation is linear in its own state. Its
      coefficients are frozen at the middle of the step for states advanced
      before (conductances of exponential synapses: exact there, so the method
      is of second order), at its beginning for states of the same block
      (Hodgkin-Huxley gates and potential: of first order).
    * *Runge-Kutta 4* over the block; states advanced before enter at the
      beginning, the middle and the end. A state that the threshold caps enters
      no stage beyond its bound.

    A cell that names a solver gets that one for all its states, with all values
    at the beginning of the (sub)step, as published. `sequential` advances one
    equation after the other, those that are not linear in their own state in
    `substeps` parts. White noise is added after the deterministic part,
    g sqrt(h) xi, with exact variance where the state is linear and alone.

    Fails where the exact or the exponential solver is asked for and does not
    apply, and where an explicit method would be unstable at the experiment's
    step. `solved` says of each state which method it got, and why.

    ```mlir
    // spiking.equation @V { ... yield -V/tau }
    // becomes
    spiking.step solved {V = "exact: linear with constant coefficients"} {
      %V = spiking.read @V : f64
      %h = spiking.step_size : f64
      ...
      %p = math.exp %z : f64
      %v = arith.mulf %p, %V : f64
      spiking.write @V, %v : f64
    }
    ```
  }];
  let statistics = [
    Statistic<"numExact", "exact", "States solved exactly">,
    Statistic<"numExponential", "exponential",
              "States solved by exponential Euler">,
    Statistic<"numExplicit", "explicit", "States solved by explicit methods">
  ];
}

def SpikingFoldParameters : SpikingPass<"spiking-fold-parameters"> {
  let summary = "Compute once what depends on parameters alone";
  let description = [{
    Numeric: a division by a constant becomes a product with its inverse.

    Before: flat cells.
    After: no code that runs at every step contains an operation on parameters,
    derived constants and the step size alone; such expressions are
    `spiking.derived`, named by what they compute, and the init function
    evaluates them in f64. Operations on numbers are folded with the functions
    of `snn/math.h`, as the init function would. No value of a parameter enters
    the code, so that `--set` and sweeps reuse it.

    ```mlir
    // %p = math.exp %z : f64      with %z = -h/tau
    spiking.derived @"exp(-dt/tau)" : "1" { ... }
    %p = spiking.read @"exp(-dt/tau)" : f64
    ```
  }];
  let statistics = [
    Statistic<"numDerived", "derived", "Derived constants made">,
    Statistic<"numFolded", "folded", "Operations on numbers folded">
  ];
}

def SpikingSizeAccumulators : SpikingPass<"spiking-size-accumulators"> {
  let summary = "Fix the grid on which each port sums";
  let description = [{
    Numeric: defines to what weights are rounded.

    Before: flat cells.
    After: each port that anything feeds and whose handler only adds (x += c*w
    with constant c) has `grid u`: weights are whole multiples of u, their sum
    does not depend on the order of arrival, and the handler runs once a step
    with the sum. The projections and drives that feed it have the same grid. A
    port whose handler does more keeps running for each spike.

    u is the largest number of these:

    * constant weights are whole multiples: u is their common measure, or a part
      of it; where they have none, 2^-23 (f64: 2^-42) of the largest weight;
    * a drawn weight is rounded to at most 1/256 of its standard deviation;
    * those of a long list, to at most 2^-20 of the largest;
    * plastic ones, at each delivery, to at most 2^-20 of the largest that their
      rule's bound allows. Without a bound, or where something else than the
      weight is sent, the sum has 64 bits and u is 2^-30 (f64: 2^-42) of the first
      weight.

    Sums have 32 bits, or 64 (`wide`) where all synapses of a neuron, with room
    to spare, could exceed them in one step.

    ```mlir
    spiking.port @syn(%w: f64) : "mV" grid 0.1 { ... }
    spiking.projection ... weight -0.5 ... grid 0.1
    ```
  }];
  let statistics = [Statistic<"numPorts", "ports", "Ports that only add">];
}

//===----------------------------------------------------------------------===//
// Plasticity (numeric)
//===----------------------------------------------------------------------===//

def SpikingSpecializeRules : SpikingPass<"spiking-specialize-rules"> {
  let summary = "Write the values of parameters into plasticity rules";
  let description = [{
    Numeric: what follows from parameters alone is computed in f64, and rounded
    once.

    Before: `spiking-instantiate` has given each plastic projection a rule of its
    own.
    After: rules have no parameters; where their code had an expression of
    parameters, numbers and the step, it has its value.

    ```mlir
    // w += A_plus*w_max*x, with A_plus = 0.01 and w_max = 0.5 mV
    %k = arith.constant 5.000000e-03 : f64
    %p = arith.mulf %k, %x : f64
    ```
  }];
  let statistics = [Statistic<"numFolded", "folded", "Operations computed">];
}

def SpikingProveEventDriven : SpikingPass<"spiking-prove-event-driven"> {
  let summary = "Replace equations of synapses by closed forms between events";
  let description = [{
    Numeric: defines how states of synapses advance.

    Before: rules without parameters, whose states may have equations.
    After: one `spiking.elapse` instead, which advances all of them by the time
    since the synapse's last event. Fails, with the place of the equation, where
    it is not x' = a x + b with numbers a and b.

    ```mlir
    // c' = -c/(1 s)
    spiking.elapse(%t: f64) {
      %c = spiking.read @c : f64
      %a = arith.constant -1.000000e-03 : f64
      %z = arith.mulf %a, %t : f64
      %e = math.exp %z : f64
      %n = arith.mulf %c, %e : f64
      spiking.write @c, %n : f64
    }
    ```
  }];
  let statistics = [Statistic<"numProven", "proven", "Equations solved">];
}

//===----------------------------------------------------------------------===//
// Less code (bit-preserving)
//===----------------------------------------------------------------------===//

def SpikingFusePopulations : SpikingPass<"spiking-fuse-populations"> {
  let summary = "Give populations with equal cells one cell";
  let description = [{
    Bit-preserving.

    Before: each population has a cell of its own, solved.
    After: no two cells are equal. What still differs between populations of
    one cell, sizes, parameters, initial values, stands with the populations.

    ```mlir
    spiking.population @E : @E.cell[8000]
    spiking.population @I : @E.cell[2000]
    ```
  }];
  let statistics = [Statistic<"numFused", "fused", "Cells that were not new">];
}

//===----------------------------------------------------------------------===//
// What is kept of synapses (bit-preserving)
//===----------------------------------------------------------------------===//

def SpikingSelectStorage : SpikingPass<"spiking-select-storage"> {
  let summary = "Say of each projection whether its synapses are kept";
  let description = [{
    Bit-preserving: stored and generated synapses are the same synapses.

    Before: ports have their grids.
    After: each projection has `storage`. Where the model asks for something, that
    it is; else `either` where the synapses of one source can be generated
    without those of others, and `stored` where they cannot. They can where

    * the port only adds, in 32 bits: a handler gets its synapses in a fixed
      order, and a `wide` port takes weights of 64 bits, which are stored;
    * the rule draws rows: `probability`, `outdegree`, `total`, and `indegree`
      with multapses and, within a population, autapses;
    * weight and delays are constant or drawn, not given one by one.

    Plastic synapses are stored. Of a convolution that would be stored, the kernel
    is, `toeplitz`, where the port only adds in 32 bits and all have one delay.
    Fails where a model asks for `procedural` and
    the port or a rule does not allow it.
    The option `storage` replaces `either` by what it says, never what a model
    asks for, so that one model can be run in both ways.

    ```mlir
    spiking.projection ... rule indegree(1000) autapses multapses ... grid 0.1
    // becomes
    spiking.projection ... rule indegree(1000) autapses multapses ... grid 0.1 storage either
    ```
  }];
  let options = [
    Option<"preferred", "storage", "::snn::spiking::Storage",
           "::snn::spiking::Storage::Either",
           "What to keep of synapses that can be generated, where the model "
           "does not say",
           [{::snn::spiking::storageChoices()}]>
  ];
  let statistics = [
    Statistic<"numStored", "stored", "Projections whose synapses are stored">,
    Statistic<"numProcedural", "procedural",
              "Projections whose synapses are generated">,
    Statistic<"numEither", "either", "Projections that the engine decides on">,
    Statistic<"numToeplitz", "toeplitz", "Projections of which the kernel is kept">
  ];
}

#endif // SPIKING_TRANSFORMS_PASSES_TD
