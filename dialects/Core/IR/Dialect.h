//===- Dialect.h - The core dialect -----------------------------*- C++ -*-===//
//
// Declares the dialect class; its operations are in Ops.h.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_CORE_IR_DIALECT_H
#define SNN_DIALECTS_CORE_IR_DIALECT_H

#include "mlir/IR/Dialect.h"

#include "dialects/Core/IR/Dialect.h.inc"

#endif // SNN_DIALECTS_CORE_IR_DIALECT_H
