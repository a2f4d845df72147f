//===- Executor.h - Regions of a cell as straight-line code -----*- C++ -*-===//
//
// Runs regions of the spiking dialect symbolically: reads and writes of states
// go through an environment of values, conditionals become selects, numbers
// become those of the target's precision. Every operation in such a region is
// free of effects but for its writes, so that both arms of a conditional can be
// computed and the right results chosen: code for lanes that never branch.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SPIKINGTOSIM_EXECUTOR_H
#define SNN_COMPILER_CONVERSION_SPIKINGTOSIM_EXECUTOR_H

#include "dialects/Spiking/IR/Ops.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace snn {

/// Values of the states, by name, in the order in which they came in.
using Environment = llvm::MapVector<llvm::StringRef, mlir::Value>;

/// Where the values come from that a region does not compute itself.
class ValueSource {
public:
  virtual ~ValueSource() = default;
  /// A parameter, derived constant or input.
  virtual mlir::Value read(mlir::Location loc, llvm::StringRef name) = 0;
  virtual mlir::Value stepSize(mlir::Location loc) = 0;
  virtual mlir::Value entry(spiking::EntryOp entry) = 0;
};

class Executor {
public:
  /// What a `spiking.send` sends, as a state of the environment; no name of the
  /// language has a colon.
  static constexpr llvm::StringLiteral sentName = ":sent";

  Executor(mlir::OpBuilder &builder, mlir::FloatType element,
           ValueSource &source)
      : builder(builder), element(element), source(source) {}

  /// Runs a region with its block's arguments bound; states change in
  /// `environment`. Returns what it yields.
  llvm::SmallVector<mlir::Value> run(mlir::Region &region,
                                     mlir::ValueRange arguments,
                                     Environment &environment);

  /// The duration of the `spiking.refractory` that the last run met; null if
  /// none.
  mlir::Value getRefractoryDuration() const { return refractoryDuration; }

private:
  llvm::SmallVector<mlir::Value> runBlock(mlir::Block &block,
                                          Environment &environment);
  void runOperation(mlir::Operation &op, Environment &environment);
  void runConditional(mlir::Operation &op, Environment &environment);
  mlir::Value select(mlir::Location loc, mlir::Value condition,
                     mlir::Value whenTrue, mlir::Value whenFalse);

  mlir::OpBuilder &builder;
  mlir::FloatType element;
  ValueSource &source;
  mlir::IRMapping values;
  mlir::Value refractoryDuration;
};

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SPIKINGTOSIM_EXECUTOR_H
