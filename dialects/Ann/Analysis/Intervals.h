//===- Intervals.h - Bounds of every element --------------------*- C++ -*-===//
//
// The least and the greatest number that each element can be, from the ranges
// of the inputs: interval arithmetic, element by element; behind a convolution
// channel by channel.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_ANN_ANALYSIS_INTERVALS_H
#define SNN_DIALECTS_ANN_ANALYSIS_INTERVALS_H

#include "dialects/Ann/Analysis/Interpreter.h"

namespace snn::ann {

struct Interval {
  Reals low, high;
};

class Intervals {
public:
  /// Fails, with a message, at an input without a range and at an operator that
  /// has no bounds.
  mlir::LogicalResult run(NetworkOp network);
  const Interval &of(mlir::Value value) const { return values.at(value); }
  /// Over all elements.
  std::pair<double, double> hull(mlir::Value value) const;

private:
  llvm::DenseMap<mlir::Value, Interval> values;

  mlir::FailureOr<Interval> bound(mlir::Operation &op);
  Interval weigh(mlir::Operation &op);
  Interval weigh(ConvOp op);
};

} // namespace snn::ann

#endif // SNN_DIALECTS_ANN_ANALYSIS_INTERVALS_H
