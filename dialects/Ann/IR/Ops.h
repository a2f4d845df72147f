//===- Ops.h - Operations of the ann dialect --------------------*- C++ -*-===//
//
// Everything that a user of the dialect includes.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_ANN_IR_OPS_H
#define SNN_DIALECTS_ANN_IR_OPS_H

#include "dialects/Ann/IR/Dialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Ann/IR/Enums.h.inc"

namespace snn::ann {

/// The greatest `share` of a sum over windows.
constexpr int64_t MostShare = 1 << 15;

} // namespace snn::ann

#define GET_OP_CLASSES
#include "dialects/Ann/IR/Ops.h.inc"

#endif // SNN_DIALECTS_ANN_IR_OPS_H
