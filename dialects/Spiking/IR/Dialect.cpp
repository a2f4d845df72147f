//===- Dialect.cpp - The spiking dialect ------------------------*- C++ -*-===//
//
// Registration, and the generated definitions of the operations.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Dialect.h"
#include "dialects/Spiking/IR/Ops.h"
#include "dialects/Spiking/IR/Syntax.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace snn::spiking;

#include "dialects/Spiking/IR/Dialect.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Spiking/IR/Ops.cpp.inc"

void SpikingDialect::initialize() {
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "dialects/Spiking/IR/Ops.cpp.inc"
      >();
}

Operation *SpikingDialect::materializeConstant(OpBuilder &builder,
                                               Attribute value, Type type,
                                               Location loc) {
  return arith::ConstantOp::materialize(builder, value, type, loc);
}
