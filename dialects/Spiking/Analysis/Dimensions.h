//===- Dimensions.h - Physical dimensions of values -------------*- C++ -*-===//
//
// Declarations and quantities have units; this derives the dimension of every
// value in between and checks that operations and regions agree with it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_DIMENSIONS_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_DIMENSIONS_H

#include "dialects/Spiking/IR/Ops.h"
#include "dialects/Spiking/IR/Units.h"

#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace snn::spiking {

/// What an `arith.constant` other than 0 may stand for; 0 has any dimension.
enum class Constants {
  PlainNumbers,  ///< As models are written: a quantity has a unit.
  AnyQuantities, ///< Once folded: `spiking.quantity` has become a constant.
};

/// The dimensions of the values in a model or network.
class Dimensions {
public:
  explicit Dimensions(Constants constants) : constants(constants) {}

  /// Derives and checks everything in `root`, a neuron, synapse or network.
  /// Reports each operation that disagrees.
  mlir::LogicalResult check(mlir::Operation *root);

  /// The dimension of a value that was checked; none if it may be any.
  std::optional<lang::Dimension> lookup(mlir::Value value) const;

private:
  using Dimension = std::optional<lang::Dimension>;

  mlir::LogicalResult checkOperation(mlir::Operation *op);
  mlir::LogicalResult checkYield(YieldOp yield);
  mlir::LogicalResult checkIf(mlir::Operation *op);
  mlir::LogicalResult checkPower(mlir::Operation *op);
  void nameArguments(mlir::Operation *op);

  /// All operands given have one dimension, which is the result's.
  mlir::LogicalResult same(mlir::Operation *op, mlir::ValueRange operands,
                           bool isResult = true);
  /// All operands are plain numbers, as is the result.
  mlir::LogicalResult plain(mlir::Operation *op);
  mlir::LogicalResult expect(mlir::Operation *op, mlir::Value value,
                             Dimension wanted, const char *role);
  void set(mlir::Value value, Dimension dimension) { known[value] = dimension; }

  Constants constants;
  llvm::DenseMap<mlir::Value, Dimension> known;
};

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_DIMENSIONS_H
