//===- Functions.h - Where a model's functions are --------------*- C++ -*-===//
//
// What convert-sim-to-llvm leaves beside a model.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTIONS_H
#define SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTIONS_H

#include "dialects/Sim/IR/Ops.h"

#include "mlir/IR/BuiltinOps.h"

namespace snn {

/// The module of a model's functions; null before the conversion.
mlir::ModuleOp getFunctions(sim::ModelOp model);

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTIONS_H
