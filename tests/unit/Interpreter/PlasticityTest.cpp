//===- PlasticityTest.cpp - Rules of plasticity against closed forms ------===//
//
// Trains of spikes for which the weights, or what is sent, can be written down;
// each model as it is written, and after each pass that changes it.
//
//===----------------------------------------------------------------------===//
#include "Program.h"

#include "compiler/Pipelines/Spiking.h"
#include "dialects/Spiking/Transforms/Passes.h"

#include "llvm/ADT/StringRef.h"

#include <cmath>

using namespace mlir;
using namespace snn;

namespace {

class PlasticityTest : public tests::Program {
protected:
  /// Calls `check` with the results of the model as it is written and after
  /// each pass, as far as those that round what is sent.
  template <typename CheckT>
  void forEachStage(const std::string &model, CheckT &&check) {
    load(model);
    auto stage = [&](llvm::StringRef name, std::unique_ptr<Pass> pass) {
      SCOPED_TRACE(name.str());
      if (pass)
        run([&](PassManager &pm) { pm.addPass(std::move(pass)); });
      check(interpret());
    };
    stage("as written", nullptr);
    stage("instantiated", spiking::createSpikingInstantiate());
    stage("cleaned", spiking::createSpikingEliminateDeadState());
    stage("solved", spiking::createSpikingSolveODEs());
    stage("folded", spiking::createSpikingFoldParameters());
    stage("specialized", spiking::createSpikingSpecializeRules());
    stage("proven", spiking::createSpikingProveEventDriven());
  }

  /// The increments of V of N[0] between its samples.
  static std::vector<double> increments(const interpreter::Result &result) {
    std::vector<double> values;
    double last = 0;
    for (const interpreter::Sample &sample : result.samples) {
      values.push_back(sample.values.front() - last);
      last = sample.values.front();
    }
    return values;
  }

  static const interpreter::SynapseState &
  find(const interpreter::Result &result, llvm::StringRef variable) {
    for (const interpreter::SynapseState &state : result.synapses)
      if (state.variable == variable)
        return state;
    ADD_FAILURE() << "no " << variable.str();
    return result.synapses.front();
  }
};

/// A potential that only sums, and another port that makes the neuron fire.
constexpr const char *summing = R"(
spiking.neuron @Sum {
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.state @F : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.port @syn(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  spiking.port @fire(%w: f64) : "mV" {
    %F = spiking.read @F : f64
    %s = arith.addf %F, %w : f64
    spiking.write @F, %s : f64
  }
  spiking.threshold {
    %F = spiking.read @F : f64
    %t = spiking.quantity 1.0 : "mV"
    %c = arith.cmpf oge, %F, %t : f64
    spiking.yield %c : i1
  }
  spiking.reset {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.write @F, %0 : f64
  }
}
)";

//===----------------------------------------------------------------------===//
// Short-term plasticity
//===----------------------------------------------------------------------===//

constexpr const char *resources = R"(
spiking.neuron @Resources {
  spiking.param @U : "1"
  spiking.param @tau_rec : "ms"
  spiking.param @tau_f : "ms" = 1000.0
  spiking.param @facilitates : "1"
  spiking.state @R : "1" init {
    %0 = arith.constant 1.0 : f64
    spiking.yield %0 : f64
  }
  spiking.state @u : "1" init {
    %0 = spiking.read @U : f64
    spiking.yield %0 : f64
  }
  spiking.equation @R {
    %R = spiking.read @R : f64
    %1 = arith.constant 1.0 : f64
    %tau = spiking.read @tau_rec : f64
    %n = arith.subf %1, %R : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.equation @u {
    %u = spiking.read @u : f64
    %U = spiking.read @U : f64
    %tau = spiking.read @tau_f : f64
    %n = arith.subf %U, %u : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.follow {
    %R = spiking.read @R : f64
    %u = spiking.read @u : f64
    %U = spiking.read @U : f64
    %f = spiking.read @facilitates : f64
    %1 = arith.constant 1.0 : f64
    %0 = arith.mulf %u, %R : f64
    %2 = arith.subf %R, %0 : f64
    spiking.write @R, %2 : f64
    %3 = arith.subf %1, %u : f64
    %4 = arith.mulf %U, %3 : f64
    %5 = arith.mulf %f, %4 : f64
    %6 = arith.addf %u, %5 : f64
    spiking.write @u, %6 : f64
  }
}
spiking.plasticity @TsodyksMarkram pre @Resources {
  spiking.weight @w : "mV"
  spiking.on_event pre {
    %w = spiking.read @w : f64
    %R = spiking.read @pre::@R : f64
    %u = spiking.read @pre::@u : f64
    %0 = arith.mulf %u, %R : f64
    %1 = arith.mulf %w, %0 : f64
    spiking.send %1 : f64
  }
}
)";

/// Ten spikes at 20 Hz; what each sends arrives before the next sample.
std::string trainOfTen(const std::string &params, const std::string &format) {
  return summing + std::string(resources) + R"(
spiking.network @Net {
  spiking.train_source @Q[1] steps dense<[100, 600, 1100, 1600, 2100, 2600, 3100, 3600, 4100, 4600]> : tensor<10xi64> ids dense<0> : tensor<10xi64>
  spiking.population @N : @Sum[1]
  spiking.population @"Q:pre" : @Resources[1] follows @Q params {)" +
         params + R"(}
  spiking.projection @p from @Q to @N port @syn rule one_to_one weight 1.0 delay 1.5 dendritic 0.5
  spiking.plastic @p by @TsodyksMarkram pre @"Q:pre"
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 500.0 seeds [1, 1, 1] precision )" +
         format + R"( {
  spiking.record_state @V of @N every 50.0
}
)";
}

/// Releases u R at 20 Hz by the closed form between spikes.
std::vector<double> releases(double U, double tauRec, double tauF) {
  std::vector<double> expected;
  double R = 1, u = U;
  for (int spike = 0; spike < 10; ++spike) {
    expected.push_back(u * R);
    R = 1 - (1 - (R - u * R)) * std::exp(-50.0 / tauRec);
    if (tauF > 0)
      u = U + (u + U * (1 - u) - U) * std::exp(-50.0 / tauF);
  }
  return expected;
}

void expectReleases(const interpreter::Result &result,
                    const std::vector<double> &sent,
                    const std::vector<double> &expected,
                    const std::vector<double> &published, double tolerance) {
  ASSERT_EQ(sent.size(), expected.size());
  for (size_t i = 0; i < sent.size(); ++i) {
    EXPECT_NEAR(sent[i], expected[i], tolerance) << i;
    EXPECT_NEAR(sent[i], published[i], 0.5001e-4) << i;
  }
}

const std::vector<double> depressing = {.5000, .2651, .1548, .1030, .0787,
                                        .0673, .0619, .0594, .0582, .0576};
const std::vector<double> facilitating = {.1000, .1744, .2220, .2505, .2680,
                                          .2798, .2886, .2959, .3019, .3070};
constexpr const char *depressingParams =
    "U = 0.5, tau_rec = 800.0, facilitates = 0.0";
constexpr const char *facilitatingParams =
    "U = 0.1, tau_rec = 100.0, facilitates = 1.0";

TEST_F(PlasticityTest, DepressingSynapsesReleaseWhatTheClosedFormSays) {
  forEachStage(trainOfTen(depressingParams, "f64"), [&](const auto &result) {
    expectReleases(result, increments(result), releases(0.5, 800.0, 0.0),
                   depressing, 1e-12);
  });
}

TEST_F(PlasticityTest, FacilitatingSynapsesReleaseWhatTheClosedFormSays) {
  forEachStage(trainOfTen(facilitatingParams, "f64"), [&](const auto &result) {
    expectReleases(result, increments(result), releases(0.1, 100.0, 1000.0),
                   facilitating, 1e-12);
  });
}

TEST_F(PlasticityTest, ReleasesInSinglePrecisionAndOnTheGridAreClose) {
  for (bool facilitates : {false, true}) {
    load(
        trainOfTen(facilitates ? facilitatingParams : depressingParams, "f32"));
    run([](OpPassManager &pm) { pipelines::buildSpiking(pm, {}); });
    interpreter::Result result = interpret();
    expectReleases(result, increments(result),
                   facilitates ? releases(0.1, 100.0, 1000.0)
                               : releases(0.5, 800.0, 0.0),
                   facilitates ? facilitating : depressing, 1e-6);
  }
}

//===----------------------------------------------------------------------===//
// Delays
//===----------------------------------------------------------------------===//

constexpr const char *pairRule = R"(
spiking.neuron @Trace {
  spiking.state @x : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @x {
    %x = spiking.read @x : f64
    %tau = spiking.quantity 20.0 : "ms"
    %n = arith.negf %x : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.follow {
    %x = spiking.read @x : f64
    %1 = arith.constant 1.0 : f64
    %s = arith.addf %x, %1 : f64
    spiking.write @x, %s : f64
  }
}
spiking.plasticity @Pair pre @Trace post @Trace {
  spiking.weight @w : "mV"
  spiking.on_event pre {
    %w = spiking.read @w : f64
    %A = spiking.quantity 0.0105 : "mV"
    %y = spiking.read @post::@x : f64
    %0 = arith.mulf %A, %y : f64
    %1 = arith.subf %w, %0 : f64
    spiking.write @w, %1 : f64
  }
  spiking.on_event post {
    %w = spiking.read @w : f64
    %A = spiking.quantity 0.01 : "mV"
    %x = spiking.read @pre::@x : f64
    %0 = arith.mulf %A, %x : f64
    %1 = arith.addf %w, %0 : f64
    spiking.write @w, %1 : f64
  }
}
)";

/// The source fires at 10 ms, the target at 13 ms.
struct Delays {
  std::vector<double> axonal; // one for each of as many sources
  double dendritic, backprop;
};

class DelayTest : public PlasticityTest,
                  public testing::WithParamInterface<Delays> {};

TEST_P(DelayTest, PairsAreCountedAtTheSynapse) {
  const Delays &delays = GetParam();
  std::string count = std::to_string(delays.axonal.size());
  std::string axonal, ids;
  for (auto [i, delay] : llvm::enumerate(delays.axonal)) {
    axonal += (i ? ", " : "") + std::to_string(delay);
    ids += (i ? ", " : "") + std::to_string(i);
  }
  axonal = delays.axonal.size() == 1 ? axonal : "data([" + axonal + "])";
  std::string back = delays.backprop > 0
                         ? " delay " + std::to_string(delays.backprop)
                         : std::string();
  std::string backprop = delays.backprop > 0
                             ? " backprop " + std::to_string(delays.backprop)
                             : std::string();
  std::string model = summing + std::string(pairRule) + R"(
spiking.network @Net {
  spiking.train_source @Q[)" +
                      count + "] steps dense<100> : tensor<" + count +
                      "xi64> ids dense<[" + ids + "]> : tensor<" + count +
                      R"(xi64>
  spiking.train_source @D[1] steps dense<129> : tensor<1xi64> ids dense<0> : tensor<1xi64>
  spiking.population @N : @Sum[1]
  spiking.population @"p:pre" : @Trace[)" +
                      count + R"(] follows @Q
  spiking.population @"p:post" : @Trace[1] follows @N)" +
                      back + R"(
  spiking.projection @d from @D to @N port @fire rule one_to_one weight 1.0 delay 0.1
  spiking.projection @p from @Q to @N port @syn rule all_to_all weight 0.5 delay )" +
                      axonal + " dendritic " +
                      std::to_string(delays.dendritic) + R"(
  spiking.plastic @p by @Pair pre @"p:pre" post @"p:post")" +
                      backprop + R"(
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 30.0 seeds [1, 1, 1] precision f64 {
  spiking.record_state @V of @N every 0.1
}
)";
  forEachStage(model, [&](const interpreter::Result &result) {
    const interpreter::SynapseState &w = find(result, "w");
    ASSERT_EQ(w.values.size(), delays.axonal.size());
    std::vector<double> jumps = increments(result);
    for (auto [i, axonal] : llvm::enumerate(delays.axonal)) {
      double pre = 10.0 + axonal, post = 13.0 + delays.backprop;
      double expected = 0.5;
      bool preFirst = pre <= post + 1e-9;
      if (preFirst)
        expected += 0.01 * std::exp(-(post - pre) / 20.0);
      else
        expected -= 0.0105 * std::exp(-(pre - post) / 20.0);
      EXPECT_NEAR(w.values[i], expected, 1e-13) << i;
      EXPECT_EQ(w.sources[i], i);
      // Sent when pre has acted, which potentiation has not.
      auto step =
          static_cast<size_t>(std::lround((pre + delays.dendritic) * 10.0));
      EXPECT_NEAR(jumps[step - 1], preFirst ? 0.5 : expected, 1e-13) << i;
    }
  });
}

INSTANTIATE_TEST_SUITE_P(
    AxonalDendriticAndBackprop, DelayTest,
    testing::Values(Delays{{1.0}, 0.0, 0.0}, Delays{{1.0}, 1.0, 0.0},
                    Delays{{3.0}, 0.0, 0.0}, Delays{{3.1}, 2.0, 0.0},
                    Delays{{3.5}, 0.0, 0.5}, Delays{{3.5}, 0.3, 0.4},
                    Delays{{0.0}, 1.0, 0.0},
                    Delays{{0.1, 1.0, 2.9, 3.0, 3.1, 7.0}, 0.0, 0.0},
                    Delays{{0.1, 1.0, 3.9, 4.0, 4.1, 7.0}, 0.5, 1.0}));

//===----------------------------------------------------------------------===//
// A third factor
//===----------------------------------------------------------------------===//

constexpr const char *rewarded = R"(
spiking.neuron @Dopamine {
  spiking.state @d : "1" init {
    %0 = arith.constant 0.0 : f64
    spiking.yield %0 : f64
  }
  spiking.equation @d {
    %d = spiking.read @d : f64
    %tau = spiking.quantity 200.0 : "ms"
    %n = arith.negf %d : f64
    %r = arith.divf %n, %tau : f64
    spiking.yield %r : f64
  }
  spiking.port @reward(%r: f64) : "1" {
    %d = spiking.read @d : f64
    %s = arith.addf %d, %r : f64
    spiking.write @d, %s : f64
  }
}
spiking.plasticity @Rewarded {
  spiking.param @tau_c : "ms" = 500.0
  spiking.param @w_max : "mV"
  spiking.weight @w : "mV"
  spiking.modulator @dopamine : @Dopamine
  spiking.state @c : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  spiking.equation @c {
    %c = spiking.read @c : f64
    %tau = spiking.read @tau_c : f64
    %n = arith.negf %c : f64
    %d = arith.divf %n, %tau : f64
    spiking.yield %d : f64
  }
  spiking.bound @w {
    %0 = spiking.quantity 0.0 : "mV"
    %1 = spiking.read @w_max : f64
    spiking.yield %0, %1 : f64, f64
  }
  spiking.on_event pre {
    %c = spiking.read @c : f64
    %1 = spiking.quantity 0.01 : "mV"
    %s = arith.addf %c, %1 : f64
    spiking.write @c, %s : f64
  }
  spiking.on_event every period 10.0 {
    %w = spiking.read @w : f64
    %c = spiking.read @c : f64
    %d = spiking.read @dopamine::@d : f64
    %g = arith.mulf %c, %d : f64
    %s = arith.addf %w, %g : f64
    spiking.write @w, %s : f64
  }
}
spiking.network @Net {
  spiking.train_source @Q[2] steps dense<[90, 90, 233]> : tensor<3xi64> ids dense<[0, 1, 0]> : tensor<3xi64>
  spiking.train_source @R[1] steps dense<[390, 701]> : tensor<2xi64> ids dense<0> : tensor<2xi64>
  spiking.population @N : @Sum[2]
  spiking.population @da : @Dopamine[1]
  spiking.projection @r from @R to @da port @reward rule one_to_one weight 1.0 delay 1.0
  spiking.projection @p from @Q to @N port @syn rule one_to_one weight data([0.5, 0.95]) delay 1.0
  spiking.plastic @p by @Rewarded params {w_max = 1.0} modulators [@da]
}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 120.0 seeds [1, 1, 1] precision f64 {
}
)";

/// Spikes at 10 and 24.3 ms mark the synapse, rewards arrive at 40 and 71.1 ms;
/// every 10 ms the one is weighed by the other.
TEST_F(PlasticityTest, RewardsChangeTheSynapsesThatHaveBeenMarked) {
  auto since = [](double t, double start, double tau) {
    return t + 1e-9 < start ? 0.0 : std::exp(-(t - start) / tau);
  };
  double first = 0.5, second = 0.95;
  for (double t = 10; t <= 120; t += 10) {
    // As it was at the beginning of the step.
    double d = since(t - 0.1, 40.0, 200.0) + since(t - 0.1, 71.1, 200.0);
    double c = 0.01 * since(t, 10.0, 500.0);
    second = std::min(1.0, second + c * d);
    first += (c + 0.01 * since(t, 24.3, 500.0)) * d;
  }
  ASSERT_EQ(second, 1.0);
  forEachStage(std::string(summing) + rewarded, [&](const auto &result) {
    const interpreter::SynapseState &w = find(result, "w");
    ASSERT_EQ(w.values.size(), 2u);
    EXPECT_NEAR(w.values[0], first, 1e-12);
    EXPECT_EQ(w.values[1], 1.0);
    EXPECT_EQ(w.targets, (std::vector<uint32_t>{0, 1}));
  });
}

} // namespace
