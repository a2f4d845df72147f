//===- StorageTest.cpp - Rows that are generated --------------------------===//
//
// A network whose rows are made when a source spikes does what it does with
// stored rows, bit for bit: for all rules, values and delays that can be made
// again.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Engine/RandomNetwork.h"

#include <gtest/gtest.h>

using namespace snn::runtime::test;

namespace {

void store(TestModel &model, snn_storage how) {
  for (snn_projection &projection : model.projections)
    projection.storage = how;
}

struct Result {
  uint64_t hash;
  snn_stats stats;
};

Result runOf(TestModel model, snn_storage how, uint32_t threads) {
  store(model, how);
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(threads));
  EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  Result result = {snn_spike_hash(instance.get()), {}};
  snn_get_stats(instance.get(), &result.stats);
  return result;
}

void expectSameGenerated(const TestModel &model) {
  Result stored = runOf(model, SNN_STORED, 1);
  ASSERT_GT(stored.stats.synaptic_events, 1000u);
  for (uint32_t threads : {1, 2, 3, 5}) {
    Result made = runOf(model, SNN_PROCEDURAL, threads);
    EXPECT_EQ(made.hash, stored.hash) << threads;
    EXPECT_EQ(made.stats.synapses, stored.stats.synapses) << threads;
    EXPECT_EQ(made.stats.synaptic_events, stored.stats.synaptic_events)
        << threads;
  }
}

/// `size` neurons that get spikes from 60 sources, by three rows each.
TestModel driven(uint64_t size, uint32_t rule, uint32_t flags, double number,
                 uint64_t count) {
  TestModel model;
  model.populations.push_back(lifPopulation("E", size, lifParameters, 0, 0));
  snn_population poisson = {};
  poisson.path = "P";
  poisson.size = 60;
  poisson.kind = SNN_POISSON_SOURCE;
  poisson.rate = [](double) { return 0.3; };
  model.populations.push_back(poisson);
  model.duration = 120;
  const char *paths[] = {"P->E.syn#0", "P->E.syn#1", "P->E.syn#2"};
  for (int i = 0; i < 3; ++i) {
    snn_projection one = project(model, paths[i], 1, 0, rule);
    one.flags = flags;
    one.number = number;
    one.count = count;
    one.weight = i == 0   ? constant(2)
                 : i == 1 ? value(SNN_NORMAL, 3, 1)
                          : value(SNN_UNIFORM, -1, 4);
    if (i != 0)
      one.axonal_delay = value(SNN_UNIFORM, 0.1, 1.4);
    if (i == 2)
      one.dendritic_delay = value(SNN_UNIFORM, 0, 2);
    model.projections.push_back(one);
  }
  return model;
}

constexpr uint32_t Any = SNN_AUTAPSES | SNN_MULTAPSES;

} // namespace

TEST(Storage, ARandomNetworkIsTheSameGenerated) {
  expectSameGenerated(randomNetwork());
}

TEST(Storage, EachRuleIsTheSameGenerated) {
  // One tile, and several.
  for (uint64_t size : {300, 9001}) {
    SCOPED_TRACE(size);
    expectSameGenerated(driven(size, SNN_PROBABILITY, Any, 0.1, 0));
    expectSameGenerated(driven(size, SNN_OUTDEGREE, Any, 0, 90));
    expectSameGenerated(driven(size, SNN_OUTDEGREE, SNN_AUTAPSES, 0, 90));
    expectSameGenerated(driven(size, SNN_TOTAL, Any, 0, 9000));
    expectSameGenerated(driven(size, SNN_TOTAL, SNN_AUTAPSES, 0, 9000));
    expectSameGenerated(driven(size, SNN_INDEGREE, Any, 0, 7));
    expectSameGenerated(driven(size, SNN_INDEGREE, SNN_MULTAPSES, 0, 7));
  }
}

TEST(Storage, RulesThatCannotBeMadeAgainAreStored) {
  expectSameGenerated(driven(300, SNN_INDEGREE, SNN_AUTAPSES, 0, 7));
  expectSameGenerated(driven(300, SNN_ALL_TO_ALL, Any, 0, 0));
}

TEST(Storage, SlicesOfNeuronsAreTheSameGenerated) {
  TestModel model = driven(9001, SNN_OUTDEGREE, Any, 0, 90);
  model.projections[1].source = {1, 0, 1, 20, 2};
  model.projections[1].target = {0, 0, 5, 4400, 2};
  model.projections[2].target = {0, 0, 100, 8000, 1};
  expectSameGenerated(model);
}

TEST(Storage, ExcludedAutapsesAreTheSameGenerated) {
  TestModel model = randomNetwork();
  for (snn_projection &projection : model.projections)
    projection.flags = SNN_MULTAPSES;
  expectSameGenerated(model);
}

TEST(Storage, WeightsOfAnySizeAreTheSameGenerated) {
  TestModel model = driven(300, SNN_OUTDEGREE, Any, 0, 90);
  model.projections[1].weight = value(SNN_UNIFORM, -50, 60);
  expectSameGenerated(model);
  // Not a quantile, so that nothing is known of its size.
  model.projections[1].weight = value(SNN_GAMMA, 2, 1);
  expectSameGenerated(model);
}

TEST(Storage, SegmentsOfAnyLengthAreTheSameGenerated) {
  TestModel model = driven(37, SNN_OUTDEGREE, Any, 0, 200000);
  model.duration = 60;
  for (snn_projection &projection : model.projections) {
    projection.weight.a *= 0x1p-10;
    projection.weight.b *= 0x1p-10;
  }
  expectSameGenerated(model);
}

TEST(Storage, WindowsOfSumsAreTheSameGenerated) {
  TestModel model = driven(90000, SNN_OUTDEGREE, Any, 0, 9000);
  model.duration = 60;
  expectSameGenerated(model);
}

TEST(Storage, RowsOfWhichAThreadHasNothingAreTheSameGenerated) {
  TestModel model = driven(9001, SNN_OUTDEGREE, Any, 0, 2);
  model.populations[1].size = 12000;
  model.populations[1].rate = [](double) { return 0.02; };
  for (snn_projection &projection : model.projections) {
    projection.source = model.whole(1);
    projection.weight.a *= 4;
  }
  expectSameGenerated(model);
}

TEST(Storage, LongDelaysAreTheSameGenerated) {
  TestModel model = driven(300, SNN_OUTDEGREE, Any, 0, 90);
  model.projections[1].axonal_delay = value(SNN_UNIFORM, 0.1, 400);
  model.duration = 6000;
  expectSameGenerated(model);
}

TEST(Storage, GapsBetweenDelaysTakeNoMemory) {
  TestModel model = driven(300, SNN_OUTDEGREE, Any, 0, 20);
  model.projections[0].axonal_delay = constant(6500);
  model.projections[2].axonal_delay = value(SNN_UNIFORM, 0.1, 6000);
  expectSameGenerated(model);
  Result made = runOf(model, SNN_PROCEDURAL, 1);
  // A row has at most 60 synapses, each with a head.
  EXPECT_LT(made.stats.synapse_bytes, (1u << 20) + made.stats.spikes * 4 * 130);
}

TEST(Storage, RowsAreNotGeneratedWhereThatTakesMore) {
  TestModel model = driven(300, SNN_OUTDEGREE, Any, 0, 20);
  for (snn_projection &projection : model.projections)
    projection.axonal_delay = constant(6500);
  store(model, SNN_EITHER);
  snn_model compiled = model.get();
  snn_options given = options(1);
  snn_error error;
  snn_memory roomy, tight;
  ASSERT_EQ(snn_estimate_memory(&compiled, &given, &roomy, &error), SNN_OK);
  given.memory_limit = 1;
  ASSERT_EQ(snn_estimate_memory(&compiled, &given, &tight, &error), SNN_OK);
  EXPECT_EQ(roomy.synapses, tight.synapses);
}

TEST(Storage, ResetForgetsGeneratedRows) {
  TestModel model = randomNetwork();
  store(model, SNN_PROCEDURAL);
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), 700), SNN_OK);
  ASSERT_EQ(snn_reset(instance.get()), SNN_OK);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(snn_spike_hash(instance.get()), runOf(model, SNN_STORED, 2).hash);
}

TEST(Storage, ABudgetThatRowsDoNotFitGeneratesThem) {
  TestModel model = driven(9001, SNN_OUTDEGREE, Any, 0, 400000);
  model.duration = 3;
  store(model, SNN_EITHER);
  snn_model compiled = model.get();
  snn_options given = options(1);
  snn_error error;
  snn_memory roomy, tight;
  ASSERT_EQ(snn_estimate_memory(&compiled, &given, &roomy, &error), SNN_OK);
  EXPECT_GT(roomy.synapses, 200u << 20);
  given.memory_limit = roomy.total - roomy.synapses / 2;
  ASSERT_EQ(snn_estimate_memory(&compiled, &given, &tight, &error), SNN_OK);
  EXPECT_LT(tight.synapses, roomy.synapses / 10);
  Instance instance = create(compiled, given);
  ASSERT_TRUE(instance);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  snn_stats stats;
  snn_get_stats(instance.get(), &stats);
  EXPECT_LT(stats.synapse_bytes, roomy.synapses / 4);
}
