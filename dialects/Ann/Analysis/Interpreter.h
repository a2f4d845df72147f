//===- Interpreter.h - The reference of what a network computes -*- C++ -*-===//
//
// Evaluates an `ann.network` operator by operator: reals as f64, whole numbers
// as 64-bit integers that must fit 32 bits. It is the definition that the
// passes and the spiking networks are held against, and what folds constants.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_ANN_ANALYSIS_INTERPRETER_H
#define SNN_DIALECTS_ANN_ANALYSIS_INTERPRETER_H

#include "dialects/Ann/IR/Ops.h"

#include "llvm/ADT/DenseMap.h"

#include <variant>
#include <vector>

namespace snn::ann {

using Reals = std::vector<double>;
using Whole = std::vector<int64_t>;
/// The elements of a tensor, row by row.
using Numbers = std::variant<Reals, Whole>;

/// Those of a constant.
Numbers numbersOf(mlir::ElementsAttr attribute);
/// A constant of the given type.
mlir::ElementsAttr attributeOf(const Numbers &numbers,
                               mlir::RankedTensorType type);

/// `ann.apply` of one number.
double applyFunction(ApplyOp op, double x);
/// Round, with halves to the even neighbour.
double roundHalfEven(double x);
/// `ann.quantize` of one number.
int64_t quantizeNumber(QuantizeOp op, double x);

/// An operator that is the same on reals and on whole numbers.
Reals evaluateReals(mlir::Operation &op,
                    llvm::ArrayRef<const Reals *> operands);

class Interpreter {
public:
  explicit Interpreter(NetworkOp network) : network(network) {}

  /// Gives an input its elements; their number must be right.
  void give(InputOp input, Reals elements);
  /// Evaluates all operators. Fails, with a message at the operator, where a
  /// whole number leaves 32 bits or a real is not finite.
  mlir::LogicalResult run();
  /// Of a value that was evaluated. Of a unit's spikes: how many in the window.
  const Numbers &of(mlir::Value value) const { return values.at(value); }

  /// One operator, whose operands have been given or evaluated.
  mlir::LogicalResult evaluate(mlir::Operation &op);

private:
  NetworkOp network;
  llvm::DenseMap<mlir::Value, Numbers> values;
  /// Of units, within a window.
  llvm::DenseMap<mlir::Operation *, Reals> potentials;
  llvm::DenseMap<mlir::Operation *, Whole> spikes;

  mlir::LogicalResult evaluate(WindowOp window);
  void fire(FireOp op);
};

/// The potential of a unit before and behind the reset of a step.
struct Potential {
  double u;
  bool fires;
};
/// `ann.fire` for one unit: of its potential, its row of numbers, its argument.
Potential bringForward(FireOp op, size_t row, double u, int64_t argument);

} // namespace snn::ann

#endif // SNN_DIALECTS_ANN_ANALYSIS_INTERPRETER_H
