//===- LinearSum.h - What a value is a weighted sum of ----------*- C++ -*-===//
//
// In the simulated form, what stands between two quantisations is a sum: of
// products with weights, of windows, of values as they are (a residual), each
// with a factor, and of constants. This analysis lists its terms.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_ANN_ANALYSIS_LINEARSUM_H
#define SNN_DIALECTS_ANN_ANALYSIS_LINEARSUM_H

#include "dialects/Ann/Analysis/Interpreter.h"

namespace snn::ann {

struct Term {
  /// What was quantised.
  mlir::Value source;
  /// `ann.matmul`, `ann.conv` or `ann.sum_pool` of it; null for itself.
  mlir::Operation *op;
  /// One for each channel.
  Reals factor;

  bool hasWeights() const {
    return mlir::isa_and_nonnull<MatMulOp, ConvOp>(op);
  }
};

struct LinearSum {
  llvm::SmallVector<Term> terms;
  /// Added to each element, by its channel.
  Reals bias;
  /// The axis of channels: those that may have thresholds of their own.
  int64_t axis;
};

/// What an operator says of the question whether something holds for it.
enum class Answer { Yes, No, IfOfOperands };

/// Whether it holds for a value, each operator behind it being asked once.
bool holds(mlir::Value value,
           llvm::function_ref<Answer(mlir::Operation *)> ask);

/// Whether each element is one of few levels: it comes from `ann.dequantize` of
/// what is not constant, perhaps moved or the greatest of several.
bool isQuantised(mlir::Value value);

/// Whether it is computed from inputs and constants without weights: what is
/// done with an input before it is quantised.
bool isPreparation(mlir::Value value);

/// A softmax whose elements an output has, in whatever shape; or null.
SoftmaxOp softmaxAt(OutputOp output);

/// The axis of channels of a value.
int64_t channelAxis(mlir::Value value);

/// A constant's number for each channel of `type`; nothing if it differs within
/// one.
std::optional<Reals> perChannel(ConstantOp constant,
                                mlir::RankedTensorType type, int64_t axis);

/// Fails, with a message at the operator, where there is something else.
mlir::FailureOr<LinearSum> linearSumOf(mlir::Value value);

/// The `ann.dequantize` that gave a quantised value its levels; null if its
/// parts have different ones.
DequantizeOp levelsOf(mlir::Value value);

/// The argument of the activations before a quantisation.
mlir::Value argumentOf(QuantizeOp op);

/// The weights of a term as they are in the simulated form: constants, or
/// `ann.dequantize` of constants. Null otherwise.
mlir::Operation *weightsOf(const Term &term);

} // namespace snn::ann

#endif // SNN_DIALECTS_ANN_ANALYSIS_LINEARSUM_H
