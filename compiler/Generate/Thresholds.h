//===- Thresholds.h - Which thresholds have equal distances -----*- C++ -*-===//
//
// A unit that subtracts the same each time stands for thresholds at equal
// distances, on all sums that can be.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_GENERATE_THRESHOLDS_H
#define SNN_COMPILER_GENERATE_THRESHOLDS_H

#include "dialects/Ann/Analysis/Interpreter.h"
#include "dialects/Ann/IR/Ops.h"

#include <optional>

namespace snn::generate {

class Thresholds {
public:
  /// Of a network that `ann-certify` has passed.
  explicit Thresholds(ann::ThresholdOp op);

  size_t levels() const { return perRow; }
  int64_t low() const { return least; }
  int64_t high() const { return greatest; }
  /// Those that no sum can reach, or that every sum has, as near as can be.
  int64_t at(size_t row, size_t k) const;

  /// T_k = T_1 + (k - 1) theta.
  struct Even {
    int64_t theta, first;
  };
  std::optional<Even> even(size_t row) const;
  /// Whether all rows are.
  bool areEven() const;

private:
  ann::Whole table;
  size_t perRow;
  /// Of the sums.
  int64_t least, greatest;
};

} // namespace snn::generate

#endif // SNN_COMPILER_GENERATE_THRESHOLDS_H
