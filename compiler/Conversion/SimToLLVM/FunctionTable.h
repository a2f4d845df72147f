//===- FunctionTable.h - The module of generated functions ------*- C++ -*-===//
//
// Collects functions, one for all that are alike, and declares what they call.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTIONTABLE_H
#define SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTIONTABLE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace snn {

class FunctionTable {
public:
  explicit FunctionTable(mlir::ModuleOp module) : module(module) {}

  /// Adds a function, or drops it for an equal one; the name of what is there.
  mlir::FlatSymbolRefAttr add(mlir::func::FuncOp function);
  /// Declares the functions that are called and not defined.
  void declareCalled();

  unsigned getNumFunctions() const { return numFunctions; }
  unsigned getNumShared() const { return numShared; }

private:
  mlir::ModuleOp module;
  llvm::DenseMap<size_t, llvm::SmallVector<mlir::func::FuncOp, 1>> byHash;
  unsigned numFunctions = 0, numShared = 0;
};

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTIONTABLE_H
