//===- Program.h - A module under test --------------------------*- C++ -*-===//
//
// Parses text of the spiking dialect, runs passes over it and interprets it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_INTERPRETER_PROGRAM_H
#define SNN_TESTS_UNIT_INTERPRETER_PROGRAM_H

#include "compiler/Interpreter/Interpreter.h"
#include "compiler/Pipelines/CPU.h"
#include "dialects/Sim/IR/Dialect.h"
#include "dialects/Spiking/IR/Dialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

namespace snn::tests {

class Program : public testing::Test {
protected:
  void load(std::string model) {
    mlir::DialectRegistry registry;
    registry.insert<mlir::func::FuncDialect, sim::SimDialect,
                    spiking::SpikingDialect>();
    pipelines::registerCPUDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    text = std::move(model);
    module = mlir::parseSourceString<mlir::ModuleOp>(
        text, mlir::ParserConfig(&context));
    ASSERT_TRUE(module) << text;
  }

  interpreter::Result interpret() {
    auto result = interpreter::interpret(
        *module->getOps<spiking::ExperimentOp>().begin());
    EXPECT_TRUE(mlir::succeeded(result)) << text;
    return mlir::succeeded(result) ? std::move(*result) : interpreter::Result();
  }

  template <typename BuildT>
  void run(BuildT &&build) {
    mlir::PassManager pm(&context);
    build(pm);
    ASSERT_TRUE(mlir::succeeded(pm.run(*module))) << text;
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::string text;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace snn::tests

#endif // SNN_TESTS_UNIT_INTERPRETER_PROGRAM_H
