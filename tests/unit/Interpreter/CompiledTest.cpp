//===- CompiledTest.cpp - The compiled program against the reference ------===//
//
// Compiles networks drawn at random, runs them with the engine, and compares
// every spike and the bits of every final state with the interpreter.
//
//===----------------------------------------------------------------------===//
#include "RandomModel.h"

#include "compiler/Conversion/Passes.h"
#include "compiler/Interpreter/Interpreter.h"
#include "compiler/Pipelines/CPU.h"
#include "compiler/Pipelines/Spiking.h"
#include "compiler/Target/CPU/JIT.h"
#include "dialects/InitAll.h"
#include "snn/runtime.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

using namespace mlir;
using namespace snn;

namespace {

class CompiledProgram : public testing::TestWithParam<unsigned> {
protected:
  void SetUp() override {
    DialectRegistry registry;
    registerAllDialects(registry);
    registry.insert<func::FuncDialect>();
    pipelines::registerCPUDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    text = tests::RandomModel(GetParam()).write();
    module = parseSourceString<ModuleOp>(text, ParserConfig(&context));
    ASSERT_TRUE(module) << text;
  }

  interpreter::Result interpret() {
    auto result = interpreter::interpret(
        *module->getOps<spiking::ExperimentOp>().begin());
    EXPECT_TRUE(succeeded(result)) << text;
    return succeeded(result) ? std::move(*result) : interpreter::Result();
  }

  void run(void (*build)(OpPassManager &)) {
    PassManager pm(&context);
    build(pm);
    ASSERT_TRUE(succeeded(pm.run(*module))) << text;
  }

  MLIRContext context{MLIRContext::Threading::DISABLED};
  std::string text;
  OwningOpRef<ModuleOp> module;
};

void expectSameStates(snn_instance *instance, const snn_model *model,
                      const interpreter::Result &reference) {
  for (const interpreter::State &state : reference.states) {
    uint32_t population = snn_find_population(model, state.population.c_str());
    ASSERT_NE(population, SNN_NONE);
    uint32_t field = snn_find_field(model, population, state.variable.c_str());
    if (field == SNN_NONE)
      continue; // Nothing read it.
    std::vector<double> values(state.values.size());
    ASSERT_EQ(snn_read_field(instance, population, field, 0, values.size(),
                             values.data()),
              SNN_OK);
    for (size_t i = 0; i < values.size(); ++i)
      ASSERT_EQ(values[i], state.values[i])
          << state.variable << " of " << state.population << "[" << i << "]";
  }
}

TEST_P(CompiledProgram, HasTheSpikesAndStatesOfTheReference) {
  run([](OpPassManager &pm) { pipelines::buildSpiking(pm, {}); });
  interpreter::Result reference = interpret();
  EXPECT_GT(reference.spikes.size(), 50u) << text;
  run([](OpPassManager &pm) {
    pm.addPass(createConvertSpikingToSim());
    pipelines::buildSimToLLVM(pm, {});
  });
  target::cpu::Session session = llvm::cantFail(
      target::cpu::Session::create(*module, target::cpu::Options{}));
  const snn_model *model = llvm::cantFail(session.model());
  snn_error error = {};
  snn_instance *instance = snn_create(model, nullptr, &error);
  ASSERT_TRUE(instance) << error.message;
  EXPECT_EQ(snn_run(instance, UINT64_MAX), SNN_OK)
      << snn_last_error(instance)->message;
  EXPECT_EQ(snn_spike_hash(instance), reference.spikeHash) << text;
  expectSameStates(instance, model, reference);
  snn_destroy(instance);
}

/// Until rounding has made one spike come a step earlier or later, a network
/// whose equations are solved is the one that was written. Some 20 ms are short
/// enough for nearly all spikes to agree, whatever the solver: nine of ten, and
/// three more where there are few.
TEST_P(CompiledProgram, SolvesTheEquationsThatWereWritten) {
  constexpr uint64_t end = 200;
  auto early = [](const interpreter::Result &result) {
    std::set<std::tuple<uint64_t, std::string, uint32_t>> spikes;
    for (const interpreter::Spike &spike : result.spikes)
      if (spike.step <= end)
        spikes.emplace(spike.step, spike.population, spike.neuron);
    return spikes;
  };
  auto written = early(interpret());
  run([](OpPassManager &pm) { pipelines::buildSpiking(pm, {}); });
  auto solved = early(interpret());
  std::vector<std::tuple<uint64_t, std::string, uint32_t>> both;
  std::set_intersection(written.begin(), written.end(), solved.begin(),
                        solved.end(), std::back_inserter(both));
  EXPECT_GT(both.size() + 3, 0.9 * static_cast<double>(written.size())) << text;
  EXPECT_GT(both.size() + 3, 0.9 * static_cast<double>(solved.size())) << text;
}

INSTANTIATE_TEST_SUITE_P(RandomNetworks, CompiledProgram,
                         testing::Range(0u, 16u));

} // namespace
