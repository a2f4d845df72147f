//===- RewiringTest.cpp - Sources that synapses get -----------------------===//
//
// Which sources are drawn: alike likely, never one that the target has already,
// and by the step, the target and the number of the synapse alone. In a
// network, synapses that move have the same states for any number of threads,
// and whether spikes of targets wait or not.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/Rewiring.h"

#include "tests/unit/Runtime/Plasticity/PlasticModel.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

using namespace snn::runtime;
using namespace snn::runtime::test;

namespace {

/// What is weak is given up, and begins anew from elsewhere.
uint32_t giveUp(const snn_synapses *synapses, const void *, uint64_t begin,
                uint64_t end) {
  auto *weights = static_cast<float *>(synapses->states[0]);
  auto *moves = static_cast<float *>(synapses->states[1]);
  for (uint64_t i = begin; i < end; ++i)
    if (weights[i] < 0.45f) {
      weights[i] = 0.75f;
      moves[i] = 1;
    }
  return 0;
}

struct Moving : PlasticModel {
  snn_periodic periodic = {50, giveUp, 0};
  uint32_t source, target, plastic;

  Moving() {
    duration = 500;
    source = addPoisson("P", 50, [](double) { return 0.2; });
    uint32_t kicks = addPoisson("K", 90, [](double) { return 0.05; });
    target = addNeurons("E", 90);
    kick(kicks, target);
    plastic = connectPair("P->E.syn#0", source, target, SNN_TOTAL, SNN_F32);
    projections[plastic].count = 1500;
    projections[plastic].source = {source, 0, 1, 24, 2};
    projections[plastic].weight = value(SNN_UNIFORM, 0, 1);
    rules.back().num_states = 2;
    rules.back().rewire = 1;
    rules.back().num_periodic = 1;
    rules.back().periodic = &periodic;
    synapseRecords.push_back({plastic, 0, 100, 0});
  }
};

struct Joined {
  std::vector<double> weights, samples;
  std::vector<uint32_t> sources, targets;
  bool operator==(const Joined &) const = default;
};

Joined joinedOf(const Instance &instance, uint32_t projection) {
  uint64_t size = snn_num_synapses(instance.get(), projection);
  snn_synapse_trace trace = snn_synapse_trace_size(instance.get(), 0);
  Joined result;
  result.weights.resize(size);
  result.sources.resize(size);
  result.targets.resize(size);
  result.samples.resize(trace.samples * size);
  EXPECT_EQ(snn_read_synapses(instance.get(), projection, 0,
                              result.weights.data(), result.sources.data(),
                              result.targets.data()),
            SNN_OK);
  EXPECT_EQ(
      snn_read_synapse_trace(instance.get(), 0, result.samples.data(), nullptr),
      SNN_OK);
  return result;
}

TEST(RewiringTest, SynapsesMoveAlikeForAnyNumberOfThreads) {
  Moving model;
  snn_model compiled = model.get();
  Instance untouched = create(compiled, options(1));
  Joined made = joinedOf(untouched, model.plastic);
  Joined first;
  uint64_t hash = 0;
  for (uint32_t threads : {1, 2, 3, 8})
    for (uint32_t flag : {SNN_AT_ONCE, SNN_WAIT}) {
      snn_options chosen = options(threads);
      chosen.flags |= flag;
      Instance instance = create(compiled, chosen);
      ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
      Joined now = joinedOf(instance, model.plastic);
      if (first.weights.empty()) {
        first = now;
        hash = snn_spike_hash(instance.get());
      }
      EXPECT_TRUE(now == first) << threads;
      EXPECT_EQ(snn_spike_hash(instance.get()), hash);
    }
  EXPECT_NE(first.sources, made.sources);
  std::sort(made.targets.begin(), made.targets.end());
  std::vector<uint32_t> targets = first.targets;
  std::sort(targets.begin(), targets.end());
  EXPECT_EQ(targets, made.targets) << "each target has as many as before";
  for (uint32_t source : first.sources) {
    EXPECT_EQ(source % 2, 1u) << "from the slice";
    EXPECT_LT(source, 49u);
  }
}

TEST(RewiringTest, ResetGivesBackTheNetworkAsItWasMade) {
  for (uint32_t flag : {SNN_AT_ONCE, SNN_WAIT}) {
    Moving model;
    snn_model compiled = model.get();
    snn_options chosen = options(2);
    chosen.flags |= flag;
    Instance instance = create(compiled, chosen);
    Joined made = joinedOf(instance, model.plastic);
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    Joined after = joinedOf(instance, model.plastic);
    ASSERT_EQ(snn_reset(instance.get()), SNN_OK);
    EXPECT_TRUE(joinedOf(instance, model.plastic) == made);
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    EXPECT_TRUE(joinedOf(instance, model.plastic) == after);
  }
}

snn_projection projectionOf(uint32_t flags) {
  snn_projection made = {};
  made.path = "E->E.syn#0";
  made.source = {0, 0, 10, 50, 1}; // neurons 10 .. 59
  made.target = {0, 0, 0, 100, 1};
  made.flags = flags;
  return made;
}

TEST(RewiringTest, AllSourcesAreAlikeLikely) {
  snn_projection projection = projectionOf(SNN_AUTAPSES | SNN_MULTAPSES);
  std::vector<double> counts(50);
  std::vector<uint32_t> sources(10, 7);
  constexpr double Draws = 20'000;
  for (uint64_t target = 0; target < Draws / 10; ++target)
    for (uint32_t n = 0; n < 10; ++n)
      ++counts[NewSources(projection, 1, 500)
                   .draw(target, n, sources.data(), 10)];
  EXPECT_EQ(counts[7], 0) << "a synapse that moves leaves its source";
  double chiSquare = 0;
  for (uint32_t s = 0; s < 50; ++s)
    if (s != 7)
      chiSquare +=
          (counts[s] - Draws / 49) * (counts[s] - Draws / 49) / (Draws / 49);
  EXPECT_LT(chiSquare, 93); // 48 degrees of freedom: one of 10,000 is above
}

TEST(RewiringTest, NoPairHasTwoSynapsesAndNoneJoinsANeuronToItself) {
  snn_projection projection = projectionOf(0);
  for (uint64_t target = 0; target < 100; ++target) {
    std::vector<uint32_t> sources;
    for (uint32_t n = 0; n < 40; ++n)
      sources.push_back(n);
    NewSources draws(projection, 3, 1000);
    for (uint32_t n = 0; n < 40; ++n)
      sources[n] = draws.draw(target, n, sources.data(), 40);
    EXPECT_EQ(std::set(sources.begin(), sources.end()).size(), 40u);
    for (uint32_t source : sources) {
      EXPECT_LT(source, 50u);
      EXPECT_NE(source + 10, target);
    }
  }
}

TEST(RewiringTest, WhereAllSourcesAreTakenASynapseStays) {
  snn_projection projection = projectionOf(SNN_AUTAPSES);
  std::vector<uint32_t> sources;
  for (uint32_t n = 0; n < 50; ++n)
    sources.push_back(n);
  EXPECT_EQ(NewSources(projection, 1, 10).draw(3, 20, sources.data(), 50), 20u);
}

TEST(RewiringTest, TheStepTheTargetAndTheNumberDecide) {
  snn_projection projection = projectionOf(SNN_AUTAPSES | SNN_MULTAPSES);
  std::vector<uint32_t> sources(30, 0);
  auto row = [&](uint64_t seed, uint64_t step, uint64_t target) {
    std::vector<uint32_t> drawn;
    for (uint32_t n = 0; n < 30; ++n)
      drawn.push_back(NewSources(projection, seed, step)
                          .draw(target, n, sources.data(), 30));
    return drawn;
  };
  EXPECT_EQ(row(1, 10, 2), row(1, 10, 2));
  EXPECT_NE(row(1, 10, 2), row(1, 11, 2));
  EXPECT_NE(row(1, 10, 2), row(1, 10, 3));
  EXPECT_NE(row(1, 10, 2), row(2, 10, 2));
}

} // namespace
