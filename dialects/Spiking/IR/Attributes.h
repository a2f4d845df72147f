//===- Attributes.h - Attributes of the spiking dialect ---------*- C++ -*-===//
//
// Values that are given or drawn, connection rules, slices and solvers.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_ATTRIBUTES_H
#define SNN_DIALECTS_SPIKING_IR_ATTRIBUTES_H

#include "dialects/Spiking/IR/Dialect.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/APFloat.h"

#include "dialects/Spiking/IR/Enums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Spiking/IR/Attributes.h.inc"

#endif // SNN_DIALECTS_SPIKING_IR_ATTRIBUTES_H
