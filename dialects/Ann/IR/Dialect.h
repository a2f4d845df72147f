//===- Dialect.h - The ann dialect ------------------------------*- C++ -*-===//
//
// Declares the dialect class; its operations are in Ops.h.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_ANN_IR_DIALECT_H
#define SNN_DIALECTS_ANN_IR_DIALECT_H

#include "mlir/IR/Dialect.h"

#include "dialects/Ann/IR/Dialect.h.inc"

#endif // SNN_DIALECTS_ANN_IR_DIALECT_H
