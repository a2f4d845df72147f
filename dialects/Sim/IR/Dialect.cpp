//===- Dialect.cpp - The sim dialect ----------------------------*- C++ -*-===//
//
// Registration, and the generated definitions of attributes and operations.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Dialect.h"
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Spiking/IR/Dialect.h"
#include "dialects/Spiking/IR/Syntax.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace snn::sim;

#include "dialects/Sim/IR/Dialect.cpp.inc"

#include "dialects/Sim/IR/Enums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Sim/IR/Attributes.cpp.inc"

// The pieces of syntax that both dialects share.
namespace snn::sim {
using spiking::parseF64;
using spiking::parseFunction;
using spiking::parseHandler;
using spiking::printF64;
using spiking::printFunction;
using spiking::printHandler;
} // namespace snn::sim

#define GET_OP_CLASSES
#include "dialects/Sim/IR/Ops.cpp.inc"

void SimDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Sim/IR/Attributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Sim/IR/Ops.cpp.inc"
      >();
}

ParseResult ExpmOp::parse(OpAsmParser &parser, OperationState &result) {
  OpAsmParser::UnresolvedOperand step;
  SmallVector<OpAsmParser::UnresolvedOperand> entries;
  Type type;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOperand(step) || parser.parseComma() ||
      parser.parseOperandList(entries, OpAsmParser::Delimiter::Square) ||
      parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseColonType(type) ||
      parser.resolveOperand(step, type, result.operands) ||
      parser.resolveOperands(entries, SmallVector<Type>(entries.size(), type),
                             loc, result.operands))
    return failure();
  result.addTypes(SmallVector<Type>(entries.size(), type));
  return success();
}

void ExpmOp::print(OpAsmPrinter &printer) {
  printer << " " << getStep() << ", [" << getEntries() << "]";
  printer.printOptionalAttrDict((*this)->getAttrs());
  printer << " : " << getStep().getType();
}
