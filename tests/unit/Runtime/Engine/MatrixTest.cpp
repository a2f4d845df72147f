//===- MatrixTest.cpp - Synapses as a matrix ------------------------------===//
//
// A matrix delivers what rows of targets do, bit for bit: of bits and of
// weights, with and without wide vectors, for any number of spikes at once.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/BitMatrix.h"
#include "runtime/lib/Delivery/DenseProjection.h"
#include "runtime/lib/Delivery/WeightMatrix.h"
#include "tests/unit/Runtime/Engine/RandomNetwork.h"

#include <gtest/gtest.h>

#include <random>

using namespace snn::runtime;
using namespace snn::runtime::test;

namespace {

struct Edge {
  uint32_t source, target;
  int32_t weight;
};

/// Edges between `sources` and `targets`, some of them between equal neurons.
std::vector<Edge> randomEdges(uint32_t sources, uint32_t targets,
                              int32_t largest, std::mt19937 &random) {
  std::vector<Edge> edges(size_t{sources} * targets / 3 + 1);
  for (Edge &edge : edges)
    edge = {static_cast<uint32_t>(random() % sources),
            static_cast<uint32_t>(random() % targets),
            static_cast<int32_t>(random() % (2u * largest + 1)) - largest};
  return edges;
}

constexpr uint32_t Sources = 70;
constexpr int32_t Weight = -70000;

/// Sums one by one, beside those of `deliver`; behind them nothing may change.
template <typename Deliver>
void expectSums(const std::vector<Edge> &edges, uint32_t targets,
                bool isWeighted, std::mt19937 &random, Deliver deliver) {
  for (uint32_t count : {0, 1, 2, 3, 8, 9, 24, 55, 56, 57, 64, 200}) {
    Buffer<uint32_t> spikes;
    std::vector<uint32_t> times(Sources);
    for (uint32_t i = 0; i < count; ++i) {
      auto source = static_cast<uint32_t>(random() % Sources);
      ASSERT_TRUE(spikes.push(source));
      ++times[source];
    }
    std::vector<int32_t> expected(targets + 1000, 5), sums = expected;
    for (const Edge &edge : edges)
      expected[edge.target] += static_cast<int32_t>(times[edge.source]) *
                               (isWeighted ? edge.weight : Weight);
    deliver(spikes, sums.data());
    EXPECT_EQ(sums, expected) << count << " spikes, " << targets << " targets";
  }
}

void expectSameRun(TestModel model, const char *storage) {
  uint64_t hash = 0, events = 0;
  for (uint32_t threads : {0, 1, 2, 3, 5}) {
    for (snn_projection &projection : model.projections)
      projection.storage = threads ? SNN_STORED : SNN_ROWS;
    snn_model compiled = model.get();
    Instance instance = create(compiled, options(threads ? threads : 1));
    ASSERT_TRUE(instance);
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    snn_stats stats;
    snn_get_stats(instance.get(), &stats);
    if (!threads) {
      hash = snn_spike_hash(instance.get());
      events = stats.synaptic_events;
      ASSERT_GT(events, 1000u);
      continue;
    }
    EXPECT_EQ(snn_spike_hash(instance.get()), hash) << threads;
    EXPECT_EQ(stats.synaptic_events, events) << threads;
    EXPECT_EQ(DenseProjection::kindOf(compiled, model.projections[0]),
              std::string(storage) == "bits" ? DenseProjection::Kind::Bits
                                             : DenseProjection::Kind::Weights);
  }
}

void deliverNarrow(void *const *table, const void *, const uint32_t *targets,
                   const void *weights, int64_t weight, int64_t payload,
                   uint64_t count) {
  auto *sums = static_cast<int32_t *>(table[LIF_SUM]);
  auto *each = static_cast<const int32_t *>(weights);
  for (uint64_t i = 0; i < count; ++i)
    sums[targets[i]] +=
        static_cast<int32_t>((each ? each[i] : weight) * payload);
}

/// 60 sources that fire at random, with two projections onto 700 neurons.
TestModel dense(uint32_t rule, uint32_t flags, double number, uint64_t count,
                snn_value weight) {
  TestModel model;
  model.populations.push_back(narrowLifPopulation("E", 700));
  snn_population poisson = {};
  poisson.path = "P";
  poisson.size = 60;
  poisson.kind = SNN_POISSON_SOURCE;
  poisson.rate = [](double t) { return t < 5 ? 1.5 : 0.05; };
  model.populations.push_back(poisson);
  model.duration = 200;
  for (const char *path : {"P->E.syn#0", "P->E.syn#1"}) {
    snn_projection one = project(model, path, 1, 0, rule);
    one.flags = flags;
    one.number = number;
    one.count = count;
    one.weight = weight;
    one.deliver = deliverNarrow;
    one.axonal_delay = constant(model.projections.empty() ? 0.1 : 2.3);
    model.projections.push_back(one);
  }
  return model;
}

constexpr uint32_t Any = SNN_AUTAPSES | SNN_MULTAPSES;

} // namespace

TEST(Matrix, BitsAreCountedLikeAList) {
  std::mt19937 random(7);
  for (uint32_t targets : {1, 63, 64, 511, 512, 513, 1700, 17000}) {
    BitMatrix matrix;
    std::vector<Edge> edges = randomEdges(Sources, targets, 1, random);
    ASSERT_TRUE(matrix.create(Sources, targets));
    for (const Edge &edge : edges)
      ASSERT_TRUE(matrix.add(edge.source, edge.target));
    ASSERT_TRUE(matrix.finish());
    for (bool isBaseline : {false, true}) {
      if (isBaseline)
        matrix.useBaseline();
      expectSums(edges, targets, false, random, [&](auto &spikes, auto *sums) {
        matrix.deliver(spikes, Weight, sums);
      });
    }
  }
}

TEST(Matrix, WeightsAreAddedLikeAList) {
  std::mt19937 random(8);
  for (uint32_t targets : {1, 63, 64, 65, 700})
    for (bool isShort : {true, false}) {
      WeightMatrix matrix;
      std::vector<Edge> edges =
          randomEdges(Sources, targets, isShort ? 1000 : 100000, random);
      ASSERT_TRUE(matrix.create(Sources, targets, isShort));
      EXPECT_EQ(matrix.isShort(), isShort);
      for (const Edge &edge : edges)
        ASSERT_TRUE(matrix.add(edge.source, edge.target, edge.weight));
      for (bool isBaseline : {false, true}) {
        if (isBaseline)
          matrix.useBaseline();
        expectSums(edges, targets, true, random, [&](auto &spikes, auto *sums) {
          matrix.deliver(spikes, sums);
        });
      }
    }
}

TEST(Matrix, AShortWeightThatGrowsTooLargeIsToldApart) {
  WeightMatrix matrix;
  ASSERT_TRUE(matrix.create(1, 1, true));
  EXPECT_TRUE(matrix.add(0, 0, 30000));
  EXPECT_FALSE(matrix.add(0, 0, 30000));
}

TEST(Matrix, EachRuleRunsAsRowsDo) {
  expectSameRun(dense(SNN_ALL_TO_ALL, Any, 0, 0, constant(0.3)), "bits");
  expectSameRun(dense(SNN_PROBABILITY, Any, 0.2, 0, constant(0.7)), "bits");
  expectSameRun(dense(SNN_INDEGREE, Any, 0, 12, constant(0.7)), "bits");
  expectSameRun(dense(SNN_INDEGREE, SNN_AUTAPSES, 0, 12, constant(0.7)),
                "bits");
  expectSameRun(dense(SNN_OUTDEGREE, Any, 0, 900, constant(0.2)), "bits");
  expectSameRun(dense(SNN_TOTAL, Any, 0, 9000, constant(0.7)), "bits");
  snn_value drawn = value(SNN_NORMAL, 0.2, 0.4);
  expectSameRun(dense(SNN_ALL_TO_ALL, Any, 0, 0, drawn), "weights");
  expectSameRun(dense(SNN_PROBABILITY, Any, 0.7, 0, drawn), "weights");
  expectSameRun(dense(SNN_INDEGREE, SNN_AUTAPSES, 0, 40, drawn), "weights");
}

TEST(Matrix, SlicesRunAsRowsDo) {
  TestModel model = dense(SNN_ALL_TO_ALL, Any, 0, 0, constant(1));
  model.projections[0].source = {1, 0, 1, 20, 2};
  model.projections[0].target = {0, 0, 5, 300, 2};
  model.projections[1].target = {0, 0, 650, 50, 1};
  expectSameRun(model, "bits");
}

TEST(Matrix, WeightsThatTogetherAreNotShortRunAsRowsDo) {
  TestModel model =
      dense(SNN_OUTDEGREE, Any, 0, 2000, value(SNN_UNIFORM, -31, 31));
  for (snn_projection &projection : model.projections)
    projection.grid = LIF_GRID;
  expectSameRun(model, "weights");
}

TEST(Matrix, GivenWeightsRunAsRowsDo) {
  std::vector<double> weights(size_t{60} * 700);
  for (size_t i = 0; i < weights.size(); ++i)
    weights[i] = 0.001 * static_cast<double>(i % 600);
  snn_value given = value(SNN_DATA, 0);
  given.data = weights.data();
  given.count = weights.size();
  expectSameRun(dense(SNN_ALL_TO_ALL, Any, 0, 0, given), "weights");
  // One that 16 bits do not hold.
  weights[weights.size() / 2] = 0x1p16 * LIF_GRID;
  expectSameRun(dense(SNN_ALL_TO_ALL, Any, 0, 0, given), "weights");
}

TEST(Matrix, MemoryIsForeseen) {
  for (const TestModel &model :
       {dense(SNN_OUTDEGREE, Any, 0, 400, constant(0.2)),
        dense(SNN_ALL_TO_ALL, Any, 0, 0, value(SNN_NORMAL, 0.2, 0.4))}) {
    snn_model compiled = model.get();
    snn_options given = options(2);
    snn_error error;
    snn_memory memory;
    ASSERT_EQ(snn_estimate_memory(&compiled, &given, &memory, &error), SNN_OK);
    Instance instance = create(compiled, given);
    ASSERT_TRUE(instance);
    ASSERT_EQ(snn_run(instance.get(), 10), SNN_OK);
    snn_stats stats;
    snn_get_stats(instance.get(), &stats);
    EXPECT_NEAR(static_cast<double>(memory.synapses),
                static_cast<double>(stats.synapse_bytes),
                0.05 * static_cast<double>(stats.synapse_bytes));
  }
}
