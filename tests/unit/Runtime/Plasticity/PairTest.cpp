//===- PairTest.cpp - Pair STDP against its closed form -------------------===//
//
// Weights as the spikes alone say they must be: pair by pair, for every form of
// delays, and with the same bits for any number of threads.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Plasticity/PlasticModel.h"

#include <gtest/gtest.h>

using namespace snn::runtime::test;

namespace {

struct Delays {
  uint32_t axonal, dendritic, backprop; // steps
};

/// A source that fires at `pre` and a neuron that fires at `post`.
double weightAfter(uint32_t element, Delays delays, uint64_t pre,
                   uint64_t post) {
  PlasticModel model;
  model.duration = 400;
  uint32_t source = model.addTrains("T", 1, {pre}, {0});
  uint32_t kick = model.addTrains("K", 1, {post - 1}, {0});
  uint32_t target = model.addNeurons("E", 1);
  model.kick(kick, target);
  uint32_t plastic = model.connectPair(
      "T->E.syn#0", source, target, SNN_ONE_TO_ONE, element, delays.backprop);
  model.projections[plastic].axonal_delay = constant(delays.axonal * 0.1);
  model.projections[plastic].dendritic_delay = constant(delays.dendritic * 0.1);
  model.recordSpikes(target);
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(1));
  EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(trainsOf(instance, target)[0], std::vector<uint64_t>{post});
  return weightsOf(instance, plastic)[0] / 1000;
}

/// Sources that fire several times in a step, and neurons that are kicked to
/// fire and feel one another.
struct RandomPlastic : PlasticModel {
  uint32_t source, target, feedForward, recurrent;

  RandomPlastic(uint32_t element, uint32_t backprop) {
    duration = 700;
    source = addPoisson("P", 60, [](double) { return 0.2; });
    uint32_t kicks = addPoisson("K", 70, [](double) { return 0.05; });
    target = addNeurons("E", 70);
    kick(kicks, target);
    feedForward = connectPair("P->E.syn#0", source, target, SNN_PROBABILITY,
                              element, backprop);
    projections[feedForward].number = 0.3;
    recurrent =
        connectPair("E->E.syn#0", target, target, SNN_TOTAL, element, backprop);
    projections[recurrent].count = 1200; // with multapses and autapses
    for (uint32_t p : {feedForward, recurrent})
      projections[p].weight = value(SNN_UNIFORM, 0, 1);
    recordSpikes(source);
    recordSpikes(target);
  }

  void delay(snn_value axonal, snn_value dendritic) {
    for (uint32_t p : {feedForward, recurrent}) {
      projections[p].axonal_delay = axonal;
      projections[p].dendritic_delay = dendritic;
    }
  }
};

struct DelayCase {
  const char *name;
  snn_value axonal, dendritic;
  uint32_t backprop;
  bool axonalDiffers, dendriticDiffers;
};

std::vector<DelayCase> delayCases() {
  snn_value drawn = value(SNN_UNIFORM, 0.1, 2.5);
  return {
      {"one step", constant(0.1), constant(0), 0, false, false},
      {"long axons", constant(1.5), constant(0), 0, false, false},
      {"all of it", constant(0.7), constant(0.9), 6, false, false},
      {"dendrites alone", constant(0), constant(0.8), 0, false, false},
      {"as many simulators", constant(0), constant(1), 10, false, false},
      {"drawn axons", drawn, constant(0), 0, true, false},
      {"drawn axons before dendrites", drawn, constant(0.5), 3, true, false},
      {"drawn dendrites", constant(0.2), drawn, 2, false, true},
      {"drawn dendrites alone", constant(0), drawn, 0, false, true}};
}

} // namespace

TEST(PairStdp, TimingWindowIsExact) {
  // One pair 10 ms apart: w = 0.5 + 0.01 exp(-10/20), or less 0.012 exp(-1/3).
  for (uint32_t element : {SNN_F32, SNN_F64}) {
    double tolerance = element == SNN_F32 ? 1e-6 : 1e-9;
    EXPECT_NEAR(weightAfter(element, {1, 0, 0}, 100, 201), 0.5060653066,
                tolerance);
    EXPECT_NEAR(weightAfter(element, {1, 0, 0}, 200, 101),
                0.5 - 0.012 * std::exp(-10.0 / 30), tolerance);
    for (uint64_t apart : {1, 7, 50, 200})
      EXPECT_NEAR(weightAfter(element, {3, 2, 5}, 50, 48 + apart),
                  0.5 + 0.01 * std::exp(-static_cast<double>(apart) / 200),
                  tolerance);
  }
}

TEST(PairStdp, SpikesThatMeetAtTheSynapsePotentiate) {
  // The source is at the synapse after its axon, the target after `backprop`.
  for (Delays delays :
       {Delays{1, 0, 0}, Delays{3, 0, 0}, Delays{2, 4, 0}, Delays{1, 0, 4},
        Delays{3, 2, 3}, Delays{0, 1, 0}, Delays{0, 5, 5}, Delays{0, 3, 1}})
    for (int64_t apart : {-2, -1, 0, 1, 2}) {
      auto post = static_cast<uint64_t>(100 + int64_t{delays.axonal} -
                                        int64_t{delays.backprop} + apart);
      double by = std::exp(-std::abs(static_cast<double>(apart)) * 0.1 /
                           (apart < 0 ? TauMinus : TauPlus));
      EXPECT_NEAR(weightAfter(SNN_F64, delays, 100, post),
                  0.5 + (apart < 0 ? -0.012 : 0.01) * by, 1e-12)
          << delays.axonal << " " << delays.dendritic << " " << delays.backprop
          << ", apart " << apart;
    }
}

TEST(PairStdp, NetworksAreAsTheirSpikesSay) {
  for (const DelayCase &delays : delayCases()) {
    RandomPlastic model(SNN_F64, delays.backprop);
    model.delay(delays.axonal, delays.dendritic);
    snn_model compiled = model.get();
    Instance instance = create(compiled, options(2));
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    uint64_t backprop = delays.backprop;
    auto fixed = [](const snn_value &delay) {
      return static_cast<uint32_t>(std::llround(delay.a / 0.1));
    };
    for (uint32_t p : {model.feedForward, model.recurrent}) {
      Trains sources =
          trainsOf(instance, compiled.projections[p].source.population);
      Trains targets = trainsOf(instance, model.target);
      std::vector<Edge> edges = edgesOf(compiled, p);
      std::vector<double> found = weightsOf(instance, p);
      ASSERT_EQ(found.size(), edges.size());
      double most = 0, moved = 0;
      for (size_t i = 0; i < edges.size(); ++i) {
        const Edge &edge = edges[i];
        uint32_t axonal = delays.axonalDiffers
                              ? edge.delay - fixed(delays.dendritic)
                              : fixed(delays.axonal);
        PairEvents events(sources[edge.source], axonal, targets[edge.target],
                          backprop, compiled.duration_steps);
        double expected =
            pairWeight(events, edge.weight, model.constants, model.step);
        most = std::max(most, std::abs(found[i] / 1000 - expected));
        moved += std::abs(expected - edge.weight);
      }
      EXPECT_LT(most, 1e-9) << delays.name << ", projection " << p;
      EXPECT_GT(moved / static_cast<double>(edges.size()), 0.02);
    }
  }
}

TEST(PairStdp, SameBitsForAnyNumberOfThreads) {
  uint32_t element = SNN_F32;
  for (const DelayCase &delays : delayCases()) {
    RandomPlastic model(element, delays.backprop);
    element = element == SNN_F32 ? SNN_F64 : SNN_F32;
    model.delay(delays.axonal, delays.dendritic);
    model.duration = 250;
    snn_model compiled = model.get();
    Instance one = create(compiled, options(1));
    ASSERT_EQ(snn_run(one.get(), UINT64_MAX), SNN_OK);
    EXPECT_GT(snn_mean_rate(one.get(), model.target), 10);
    for (uint32_t threads : {2, 3, 4, 8}) {
      Instance other = create(compiled, options(threads));
      ASSERT_EQ(snn_run(other.get(), 100), SNN_OK);
      ASSERT_EQ(snn_run(other.get(), UINT64_MAX), SNN_OK);
      EXPECT_EQ(snn_spike_hash(one.get()), snn_spike_hash(other.get()))
          << delays.name << ", " << threads << " threads";
      for (uint32_t p : {model.feedForward, model.recurrent})
        EXPECT_EQ(weightsOf(one, p), weightsOf(other, p)) << delays.name;
    }
  }
}
