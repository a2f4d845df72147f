//===- Dialect.cpp - The ann dialect ----------------------------*- C++ -*-===//
//
// Registration, and the generated definitions of operations.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/IR/Dialect.h"
#include "dialects/Ann/IR/Ops.h"

using namespace mlir;
using namespace snn::ann;

#include "dialects/Ann/IR/Dialect.cpp.inc"

#include "dialects/Ann/IR/Enums.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Ann/IR/Ops.cpp.inc"

void AnnDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/Ann/IR/Ops.cpp.inc"
      >();
}

Operation *AnnDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  return elements && elements.getType() == type
             ? ConstantOp::create(builder, loc, elements)
             : nullptr;
}

void NetworkOp::build(OpBuilder &builder, OperationState &state,
                      StringRef name) {
  state.getOrAddProperties<Properties>().sym_name = builder.getStringAttr(name);
  state.addRegion()->emplaceBlock();
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

OpFoldResult ReshapeOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType())
    return getInput();
  if (auto inner = getInput().getDefiningOp<ReshapeOp>()) {
    getInputMutable().assign(inner.getInput());
    return getResult();
  }
  return {};
}
