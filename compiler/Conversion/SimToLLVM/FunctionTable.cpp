//===- FunctionTable.cpp - The module of generated functions --------------===//
//
// Functions are alike if their operations are, whatever model line they are
// from and whatever they are called. Names that are not in the operations
// (fields, constants) are numbers by now, so populations of one model are
// alike.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/FunctionTable.h"

#include "mlir/IR/OperationSupport.h"

using namespace mlir;

namespace snn {

static size_t hash(func::FuncOp function) {
  llvm::hash_code code(0);
  function.getBody().walk([&](Operation *op) {
    code = llvm::hash_combine(code, op->getName(), op->getAttrDictionary(),
                              op->getNumOperands());
  });
  return code;
}

static bool areAlike(func::FuncOp a, func::FuncOp b) {
  return a.getFunctionType() == b.getFunctionType() &&
         OperationEquivalence::isRegionEquivalentTo(
             &a.getBody(), &b.getBody(), OperationEquivalence::IgnoreLocations);
}

FlatSymbolRefAttr FunctionTable::add(func::FuncOp function) {
  auto &candidates = byHash[hash(function)];
  for (func::FuncOp other : candidates)
    if (areAlike(function, other)) {
      function->erase();
      ++numShared;
      return FlatSymbolRefAttr::get(other.getSymNameAttr());
    }
  candidates.push_back(function);
  module.push_back(function);
  ++numFunctions;
  return FlatSymbolRefAttr::get(function.getSymNameAttr());
}

void FunctionTable::declareCalled() {
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  module.walk([&](func::CallOp call) {
    if (module.lookupSymbol(call.getCallee()))
      return;
    auto declaration = func::FuncOp::create(
        builder, module.getLoc(), call.getCallee(), call.getCalleeType());
    declaration.setPrivate();
  });
}

} // namespace snn
