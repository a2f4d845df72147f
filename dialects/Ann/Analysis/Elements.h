//===- Elements.h - Which elements meet in an operator ----------*- C++ -*-===//
//
// Operators in terms of single elements, as lists of indices: what evaluates
// them, bounds them and turns them into synapses walks the same lists.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_ANN_ANALYSIS_ELEMENTS_H
#define SNN_DIALECTS_ANN_ANALYSIS_ELEMENTS_H

#include "dialects/Ann/IR/Ops.h"

#include <vector>

namespace snn::ann {

/// One meeting of a window with its input, in indices of space: of the result,
/// of the kernel and of the input.
struct Tap {
  int64_t out, kernel, in;
};

/// All meetings within the input, in the order of `out`, then `kernel`.
std::vector<Tap> taps(ConvOp conv);
std::vector<Tap> taps(SumPoolOp pool);
std::vector<Tap> taps(MaxPoolOp pool);

/// How often the sum of each window counts.
std::vector<int64_t> repetitions(SumPoolOp pool);

/// Meetings of one element of a kernel, at equal distances.
struct Run {
  int64_t out, kernel, in, length, step;
};

/// Those of a convolution, in the order of `kernel`, then `out`.
std::vector<Run> runs(ConvOp conv);

/// Product of the axes of space: all but the first two.
int64_t spaceOf(mlir::Value value);

/// Whether an operator only moves elements: reshape, transpose, ...
bool movesElements(mlir::Operation *op);

/// Where an element of such an operator's result comes from.
struct Origin {
  unsigned operand;
  /// In the operand; -1 for what `ann.pad` adds.
  int64_t index;
};
std::vector<Origin> origins(mlir::Operation *op);

/// The element of `from` that each element of `to` repeats.
std::vector<int64_t> broadcastIndices(mlir::RankedTensorType from,
                                      mlir::RankedTensorType to);

/// The index along an axis of each element, in order.
std::vector<int64_t> indicesAlong(mlir::RankedTensorType type, int64_t axis);

} // namespace snn::ann

#endif // SNN_DIALECTS_ANN_ANALYSIS_ELEMENTS_H
