//===- Ops.h - Operations of the core dialect -------------------*- C++ -*-===//
//
// Everything that a user of the dialect includes.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_CORE_IR_OPS_H
#define SNN_DIALECTS_CORE_IR_OPS_H

#include "dialects/Core/IR/Dialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"

#define GET_OP_CLASSES
#include "dialects/Core/IR/Ops.h.inc"

namespace snn::core {

/// The columns of a list of synapses.
enum Column : unsigned { Source, Target, Weight, Type, Delay, NumColumns };

/// What the verifier of a network holds the cores to (CoreLimits.cpp).
mlir::LogicalResult verifyCores(NetworkOp network);

} // namespace snn::core

#endif // SNN_DIALECTS_CORE_IR_OPS_H
