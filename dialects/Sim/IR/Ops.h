//===- Ops.h - Operations of the sim dialect --------------------*- C++ -*-===//
//
// Everything that a user of the dialect includes.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_IR_OPS_H
#define SNN_DIALECTS_SIM_IR_OPS_H

#include "dialects/Sim/IR/Dialect.h"
#include "dialects/Spiking/IR/Attributes.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Sim/IR/Enums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Sim/IR/Attributes.h.inc"

#define GET_OP_CLASSES
#include "dialects/Sim/IR/Ops.h.inc"

#endif // SNN_DIALECTS_SIM_IR_OPS_H
