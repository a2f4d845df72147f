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

#endif // SNN_DIALECTS_ANN_TRANSFORMS_PASSES_TD
