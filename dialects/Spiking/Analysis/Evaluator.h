//===- Evaluator.h - Values of expressions of parameters --------*- C++ -*-===//
//
// Computes, at compile time, what the emitted init function would: in f64 and
// with the functions of snn/math.h, hence to the same bits.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_EVALUATOR_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_EVALUATOR_H

#include "dialects/Spiking/IR/Ops.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace snn::spiking {

/// The number that `op` computes from the numbers of its operands; truth values
/// are 0 and 1. None for what snn/math.h does not have.
std::optional<double> evaluateOperation(mlir::Operation *op,
                                        llvm::ArrayRef<double> operands);

/// Evaluates expressions of a cell for one of its populations, or of a rule for
/// one of its projections.
class Evaluator {
public:
  /// `population` may be null: then all parameters have their defaults.
  Evaluator(NeuronOp cell, PopulationOp population,
            std::optional<double> stepSize);
  /// Of any model, with the values that are given for its parameters.
  Evaluator(mlir::Operation *model, mlir::DictionaryAttr given,
            std::optional<double> stepSize)
      : model(model), given(given), stepSize(stepSize) {}

  /// None for parameters that differ between neurons, states, inputs, and what
  /// is computed from them.
  std::optional<double> value(mlir::Value value);
  std::optional<double> variable(llvm::StringRef name);

private:
  std::optional<double> compute(mlir::Value value);

  mlir::Operation *model;
  mlir::DictionaryAttr given; // may be null
  std::optional<double> stepSize;
  llvm::StringMap<std::optional<double>> known;
  llvm::DenseMap<mlir::Value, std::optional<double>> values;
};

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_EVALUATOR_H
