//===- Functions.cpp - Elementary functions of kernels ----------*- C++ -*-===//
//
// A kernel computes exp(x) by the arithmetic that sim-expand-math puts in its
// place; so does the interpreter, one function at a time.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Code.h"
#include "dialects/Sim/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace snn::interpreter {

const Code &Functions::get(Operation *op, bool single) {
  // A model by itself does not load it.
  op->getContext()->loadDialect<func::FuncDialect>();
  OpBuilder builder(op->getContext());
  Type type = single ? Type(builder.getF32Type()) : builder.getF64Type();

  // A constant operand is part of the function: x^3 is no x^y.
  std::string key = op->getName().getStringRef().str() + (single ? "f" : "");
  SmallVector<FloatAttr> constants(op->getNumOperands());
  for (auto [operand, constant] : llvm::zip_equal(op->getOperands(), constants))
    if (matchPattern(operand, m_Constant(&constant)))
      key += " " + std::to_string(llvm::hash_value(constant.getValue()));
  std::unique_ptr<Code> &code = known[key];
  if (code)
    return *code;

  Location loc = op->getLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  builder.setInsertionPointToEnd(module->getBody());
  SmallVector<Type> types(op->getNumOperands(), type);
  auto function = func::FuncOp::create(builder, loc, "f",
                                       builder.getFunctionType(types, type));
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  IRMapping mapping;
  for (auto [operand, argument, constant] :
       llvm::zip_equal(op->getOperands(), entry->getArguments(), constants)) {
    Value value = argument;
    if (constant)
      value = arith::ConstantOp::create(
          builder, loc,
          builder.getFloatAttr(type, constant.getValueAsDouble()));
    mapping.map(operand, value);
  }
  Operation *copy = builder.clone(*op, mapping);
  copy->getResult(0).setType(type);
  func::ReturnOp::create(builder, loc, copy->getResults());
  code = expand(std::move(module), *entry);
  return *code;
}

const Code &Functions::getPhi1(arith::SelectOp choice, bool single) {
  std::unique_ptr<Code> &code = known[single ? "phi1f" : "phi1"];
  if (code)
    return *code;
  choice->getContext()->loadDialect<func::FuncDialect>();
  ImplicitLocOpBuilder builder(choice.getLoc(), choice.getContext());
  Type type = single ? Type(builder.getF32Type()) : builder.getF64Type();
  OwningOpRef<ModuleOp> module = ModuleOp::create(choice.getLoc());
  builder.setInsertionPointToEnd(module->getBody());
  auto function =
      func::FuncOp::create(builder, "f", builder.getFunctionType(type, type));
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  Value x = entry->getArgument(0);
  auto number = [&](double value) {
    return arith::ConstantOp::create(builder,
                                     builder.getFloatAttr(type, value));
  };
  Value isZero =
      arith::CmpFOp::create(builder, arith::CmpFPredicate::OEQ, x, number(0));
  Value quotient =
      arith::DivFOp::create(builder, math::ExpM1Op::create(builder, x), x);
  Value phi = arith::SelectOp::create(builder, isZero, number(1), quotient);
  func::ReturnOp::create(builder, phi);
  code = expand(std::move(module), *entry);
  return *code;
}

std::unique_ptr<Code> Functions::expand(OwningOpRef<ModuleOp> module,
                                        Block &entry) {
  PassManager passes(module->getContext());
  passes.addPass(sim::createSimExpandMath());
  if (failed(passes.run(*module)))
    llvm::report_fatal_error("a function of a kernel has no expansion");
  modules.push_back(std::move(module));
  // Its types say what is an f32 and what is not.
  return std::make_unique<Code>(entry, Arithmetic::Double, *this,
                                [](Operation *) { return Access(); });
}

} // namespace snn::interpreter
