//===- PlaceFunction.h - Functions of places --------------------*- C++ -*-===//
//
// What a geometry names, with the signature of snn_place_fn.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SIMTOLLVM_PLACEFUNCTION_H
#define SNN_COMPILER_CONVERSION_SIMTOLLVM_PLACEFUNCTION_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace snn {

/// A copy that takes the engine's context first, which it does not need, and
/// calls the run-time library's functions. It has no place yet.
mlir::func::FuncOp emitPlaceFunction(mlir::func::FuncOp function);

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SIMTOLLVM_PLACEFUNCTION_H
