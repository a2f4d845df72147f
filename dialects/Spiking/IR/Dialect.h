//===- Dialect.h - The spiking dialect --------------------------*- C++ -*-===//
//
// Declares the dialect class; its operations are in Ops.h.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_DIALECT_H
#define SNN_DIALECTS_SPIKING_IR_DIALECT_H

#include "mlir/IR/Dialect.h"

#include "dialects/Spiking/IR/Dialect.h.inc"

#endif // SNN_DIALECTS_SPIKING_IR_DIALECT_H
