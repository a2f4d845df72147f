//===- Passes.td - Passes of the ann dialect ---------------*- tablegen -*-===//
//
// From an imported network to whole numbers, in the order they run.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_ANN_TRANSFORMS_PASSES_TD
#define SNN_DIALECTS_ANN_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def AnnFold : Pass<"ann-fold", "::snn::ann::NetworkOp"> {
  let summary = "Evaluate constants and merge factors into weights";
  let description = [{
    After: no operator has constant operands only; a factor behind a product
    with weights (a folded batch normalisation) is in the weights, constants
    that are added are one; an activation stands before the maximum or the
    change of shape that followed its argument; a softmax at an output is gone,
    since it keeps the order of its elements. Numeric: sums of reals are taken
    in another order.

    ```mlir
    %y = ann.conv %x, %w ...
    %z = ann.mul %y, %g ...
    ```
    becomes a convolution with the weights times `g`.
  }];
  let statistics = [
    Statistic<"numFolded", "num-folded", "Operators evaluated">
  ];
}

def AnnCalibrate : Pass<"ann-calibrate", "::snn::ann::NetworkOp"> {
  let summary = "Note the range of every value";
  let description = [{
    After: each operator on reals has an `ann.range`, the least and greatest of
    its elements over the network's `samples`, without the outermost
    `100 - percentile` percent; or, without samples, the bounds that follow from
    the ranges of the inputs.

    ```mlir
    %y = ann.apply relu %x {ann.range = array<f64: 0.0, 3.5>} ...
    ```
  }];
  let options = [
    Option<"percentile", "percentile", "double", "99.9",
           "Share of the elements that lie within a range, in percent">
  ];
}

def AnnQuantize : Pass<"ann-quantize", "::snn::ann::NetworkOp"> {
  let summary = "Let activations and weights pass through few levels";
  let description = [{
    Before: reals with ranges. After: the simulated form. What is weighed comes
    through `ann.quantize` and `ann.dequantize` with `levels + 1` whole numbers,
    weights are `ann.dequantize` of whole constants of 8 bits. The scale of
    each channel's weights is chosen so that a level of the next quantisation is
    an odd whole number Theta of sums: no threshold is rounded, and no sum lies
    on the middle between two levels.

    Networks that come with quantisation keep theirs.
  }];
  let options = [
    Option<"levels", "levels", "int64_t", "15",
           "The greatest count of spikes">
  ];
  let statistics = [
    Statistic<"numQuantised", "num-quantised", "Values quantised">
  ];
}

def AnnStreamline : Pass<"ann-streamline", "::snn::ann::NetworkOp"> {
  let summary = "From scales, zeros and activations to integer thresholds";
  let description = [{
    Before: the simulated form. After: the integer form. Each quantisation of a
    weighted sum becomes the sum of whole numbers and an `ann.threshold`, whose
    table holds the least sum for which `quantize(f(scale*z + bias))` reaches
    each level, found by bisection: f is monotone. Scales of terms that are no
    whole multiples of one another are rounded to 1/64 of the least, and the
    network says so (`ann.inexact`).

    What is done with an input before its quantisation stays in reals.

    ```mlir
    %z = ann.matmul %n, %w : tensor<1x4xi32>, tensor<4x3xi32> -> tensor<1x3xi32>
    %m = ann.threshold %z {table = ..., axis = 1 : i64} : ...
    ```
  }];
  let statistics = [
    Statistic<"numThresholds", "num-thresholds", "Quantisations made tables">
  ];
}

def AnnBound : Pass<"ann-bound", "::snn::ann::NetworkOp"> {
  let summary = "Prove that no sum overflows";
  let description = [{
    After: each operator on whole numbers has `ann.bounds`, which no element
    leaves for any input, nor any partial sum of it in any order. A sum that
    could leave 31 bits is an error.
  }];
}

def AnnCertify : Pass<"ann-certify", "::snn::ann::NetworkOp"> {
  let summary = "Check what exact conversion rests on";
  let description = [{
    Before: the integer form with bounds. After: the network has a
    `certificate`: behind the quantisation of inputs there are whole numbers
    only; no sum overflows; each threshold's argument is a sum of weighted
    counts; every row of thresholds ascends (the conditions of the fixpoint
    lemma, by which a threshold unit that has taken in all its input emits
    exactly its count). What does not hold is an error that names the operator.
  }];
}

def AnnRate : Pass<"ann-rate", "::snn::ann::NetworkOp"> {
  let summary = "Let units fire while their input arrives";
  let description = [{
    Before: the integer form. After: the rate form, which is approximate. All up
    to the last threshold is in an `ann.window` of as many steps as there are
    levels, and thresholds are `ann.fire`: theta is their distance, the bias is
    spread over the steps, and what a leak takes from a unit that fires
    regularly is given back as a current. The input is the same at each step.
    Only thresholds at equal distances have this form.

    ```mlir
    %m = ann.threshold %z {table = ..., axis = 1 : i64} : ...
    ```
    becomes
    ```mlir
    %m = ann.window steps 25 {
      %z = ann.matmul %n, %w : ...
      %s = ann.fire %z {thetas = ..., biases = ..., axis = 1 : i64, beta = 0.95 : f64} : ...
      ann.yield %s : ...
    } : ...
    ```
  }];
  let options = [
    Option<"beta", "beta", "double", "1.0",
           "The share of its potential that a unit keeps from step to step">,
    Option<"start", "start", "double", "0.5",
           "Where potentials begin, as a share of theta">,
    Option<"hard", "hard", "bool", "false",
           "A spike sets the potential to 0, instead of subtracting theta">
  ];
  let statistics = [
    Statistic<"numUnits", "num-units", "Thresholds made units that fire">
  ];
}

def AnnHoistStaticCurrent
    : Pass<"ann-hoist-static-current", "::snn::ann::NetworkOp"> {
  let summary = "Compute once what is the same at each step";
  let description = [{
    After: operators of an `ann.window` whose operands come from outside stand
    before it. For an input that is a direct current this is the product with
    the first weights: it is computed once for an input, not at each step.

    ```mlir
    %z = ann.matmul %x, %w : ...
    %n = ann.window steps 25 {
      %s = ann.fire %z ...
    ```
  }];
  let statistics = [
    Statistic<"numHoisted", "num-hoisted", "Operators moved out of windows">
  ];
}

def AnnRheobasePrune : Pass<"ann-rheobase-prune", "::snn::ann::NetworkOp"> {
  let summary = "Compare once instead of updating units that stay silent";
  let description = [{
    After: each `ann.fire` whose argument comes from outside its window, and so
    is the same at each step, has a `rheobase`: the least argument with which a
    unit fires within the window at all. Exact: it is found in the arithmetic of
    the units themselves. Run `ann-hoist-static-current` before.
  }];
  let statistics = [
    Statistic<"numCompared", "num-compared", "Operations given a rheobase">
  ];
}

#endif // SNN_DIALECTS_ANN_TRANSFORMS_PASSES_TD
