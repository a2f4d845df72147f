//===- CompiledTest.cpp - The compiled program against the reference ------===//
//
// Compiles networks drawn at random, runs them with the engine, and compares
// every spike and the bits of every final state with the interpreter.
//
//===----------------------------------------------------------------------===//
#include "Program.h"
#include "RandomModel.h"

#include "compiler/Conversion/Passes.h"
#include "compiler/Pipelines/Spiking.h"
#include "compiler/Target/CPU/JIT.h"
#include "snn/runtime.h"

#include <cmath>
#include <set>

using namespace mlir;
using namespace snn;
using snn::tests::Program;

namespace {

class CompiledProgram : public Program,
                        public testing::WithParamInterface<unsigned> {
  void SetUp() override { load(tests::RandomModel(GetParam()).write()); }
};

/// The program of a module in the LLVM dialect, run to its end.
struct CompiledRun {
  explicit CompiledRun(ModuleOp module)
      : session(llvm::cantFail(
            target::cpu::Session::create(module, target::cpu::Options{}))),
        model(llvm::cantFail(session.model())) {
    snn_error error = {};
    instance = snn_create(model, nullptr, &error);
    EXPECT_TRUE(instance) << error.message;
    if (!instance)
      return;
    EXPECT_EQ(snn_run(instance, UINT64_MAX), SNN_OK)
        << snn_last_error(instance)->message;
  }
  CompiledRun(const CompiledRun &) = delete;
  CompiledRun &operator=(const CompiledRun &) = delete;
  ~CompiledRun() { snn_destroy(instance); }

  target::cpu::Session session;
  const snn_model *model;
  snn_instance *instance = nullptr;
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

/// Has what the passes leave open in one way or the other.
void decideStorage(ModuleOp module, spiking::Storage storage) {
  module.walk([&](spiking::ProjectionOp projection) {
    if (projection.getStorage() == spiking::Storage::Either)
      projection.setStorage(storage);
  });
}

/// Whether synapses are stored or generated when a spike needs them.
TEST_P(CompiledProgram, HasTheSpikesAndStatesOfTheReference) {
  run([](OpPassManager &pm) { pipelines::buildSpiking(pm, {}); });
  interpreter::Result reference = interpret();
  EXPECT_GT(reference.spikes.size(), 50u) << text;
  OwningOpRef<ModuleOp> solved = std::move(module);
  for (auto storage :
       {spiking::Storage::Stored, spiking::Storage::Procedural}) {
    SCOPED_TRACE(spiking::stringifyStorage(storage).str());
    module = solved->clone();
    decideStorage(*module, storage);
    run([](OpPassManager &pm) {
      pm.addPass(createConvertSpikingToSim());
      pipelines::buildSimToLLVM(pm, {});
    });
    CompiledRun compiled(*module);
    ASSERT_TRUE(compiled.instance);
    EXPECT_EQ(snn_spike_hash(compiled.instance), reference.spikeHash) << text;
    expectSameStates(compiled.instance, compiled.model, reference);
  }
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

/// Capacitance, leak and voltages are powers of two and rest is at zero, so
/// that scaling the potential rounds nothing.
constexpr const char *powersOfTwo = R"(
spiking.neuron @LIF {
  spiking.param @C : "pF" = 256.0
  spiking.param @g_L : "nS" = 16.0
  spiking.param @V_th : "mV" = 16.0
  spiking.input @I_ext : "pA"
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 4.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @V {
    %I = spiking.read @I_ext : f64
    %g = spiking.read @g_L : f64
    %V = spiking.read @V : f64
    %l = arith.mulf %g, %V : f64
    %d = arith.subf %I, %l : f64
    %C = spiking.read @C : f64
    %r = arith.divf %d, %C : f64
    spiking.yield %r : f64
  }
  spiking.port @syn(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  spiking.threshold {
    %V = spiking.read @V : f64
    %t = spiking.read @V_th : f64
    %c = arith.cmpf oge, %V, %t : f64
    spiking.yield %c : i1
  }
  spiking.reset {
    %r = spiking.quantity -8.0 : "mV"
    spiking.write @V, %r : f64
    %t = spiking.quantity 2.0 : "ms"
    spiking.refractory %t holding [@V]
  }
}
spiking.network @Net {
  spiking.population @A : @LIF[16] init {V = data([0.0, -8.0, 3.5, 15.9, 1.0, 2.0, 4.0, 6.1, 7.3, 8.0, 9.9, 10.0, -1.0, -3.0, 12.0, 13.0])}
  spiking.population @B : @LIF[8] params {V_th = 32.0, C = 512.0, g_L = 32.0}
  spiking.projection @"A->B.syn#0" from @A to @B port @syn
    rule probability(0.5) weight 7.0 delay uniform(0.5, 3.0)
  spiking.drive @"poisson->A.syn#0" to @A port @syn weight 1.3 rate(%t: f64) {
    %0 = spiking.quantity 0.5 : "1/ms"
    spiking.yield %0 : f64
  }
  spiking.stimulus @"step->A.I_ext#0" to @A input @I_ext value(%t: f64) {
    %0 = spiking.quantity 200.0 : "pA"
    spiking.yield %0 : f64
  }
}
spiking.experiment @X network @Net step 0.125 warmup 0.0 duration 100.0 seeds [1, 2, 3] precision f64 {
  spiking.record_state @V of @A every 1.0
  spiking.record_state @V of @B every 1.0
}
)";

TEST_F(Program, WithScaledPotentialsHasTheSpikesAndRecordsInMillivolts) {
  load(powersOfTwo);
  run([](OpPassManager &pm) { pipelines::buildSpiking(pm, {}); });
  interpreter::Result reference = interpret();
  EXPECT_GT(reference.spikes.size(), 50u);

  load(powersOfTwo);
  run([](OpPassManager &pm) {
    pipelines::SpikingOptions options;
    options.nondimensionalize = true;
    pipelines::buildSpikingToSim(pm, options);
    pipelines::buildSimToLLVM(pm, {});
  });
  CompiledRun compiled(*module);
  snn_instance *instance = compiled.instance;
  const snn_model *model = compiled.model;
  ASSERT_TRUE(instance);
  EXPECT_EQ(snn_spike_hash(instance), reference.spikeHash);
  uint32_t population = snn_find_population(model, "A");
  EXPECT_NE(snn_find_field(model, population, "v~"), SNN_NONE);
  for (uint32_t record = 0; record < 2; ++record) {
    std::vector<double> expected;
    for (const interpreter::Sample &sample : reference.samples)
      if (sample.population == (record == 0 ? "A" : "B"))
        expected.insert(expected.end(), sample.values.begin(),
                        sample.values.end());
    snn_trace size = snn_trace_size(instance, record);
    ASSERT_EQ(size.samples * size.neurons, expected.size());
    ASSERT_FALSE(expected.empty());
    std::vector<double> values(expected.size()), times(size.samples);
    snn_read_trace(instance, record, values.data(), times.data());
    EXPECT_EQ(values, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(RandomNetworks, CompiledProgram,
                         testing::Range(0u, 16u));

} // namespace
