//===- SynapsesTest.cpp - Tables of stored synapses -----------------------===//
//
// Whatever part of the targets a thread owns, its table holds their synapses,
// in the order that delivery counts on.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Synapses.h"
#include "runtime/lib/Connectivity/SynapseEstimate.h"
#include "tests/unit/Runtime/Connectivity/Cases.h"

#include <map>
#include <thread>

using namespace snn::runtime;
using namespace snn::test;

namespace {

snn_model modelOf(const snn_projection &projection) {
  snn_model model = {};
  model.step = Step;
  model.seeds.network = 1;
  model.num_projections = 1;
  model.projections = &projection;
  return model;
}

/// Checks the order of a table and returns its edges, row by row.
std::vector<Edge> edgesOf(const Synapses &table, const snn_projection &p) {
  std::vector<Edge> edges;
  EXPECT_EQ(table.rows.size(), p.source.count + 1);
  EXPECT_EQ(table.rows[p.source.count], table.size());
  EXPECT_EQ(table.segmentRows.size(),
            table.constantDelay ? 0 : p.source.count + 1);
  auto add = [&](uint64_t source, uint64_t j, uint32_t delay) {
    double weight =
        table.constantWeight ? double(table.weight) * p.grid
        : p.weight_element == SNN_I32
            ? reinterpret_cast<const int32_t *>(table.weights.data())[j] *
                  p.grid
            : reinterpret_cast<const double *>(table.weights.data())[j];
    edges.push_back(
        {static_cast<uint32_t>(source), table.targets[j], delay, weight});
  };
  for (uint64_t s = 0; s < p.source.count; ++s) {
    uint64_t j = table.rows[s];
    if (table.constantDelay) {
      for (; j < table.rows[s + 1]; ++j)
        add(s, j, table.delay);
      continue;
    }
    uint32_t last = 0;
    for (uint64_t k = table.segmentRows[s]; k < table.segmentRows[s + 1]; ++k) {
      EXPECT_GT(table.segments[k].delay, last);
      EXPECT_GT(table.segments[k].count, 0u);
      last = table.segments[k].delay;
      for (uint32_t i = 0; i < table.segments[k].count; ++i)
        add(s, j++, last);
    }
    EXPECT_EQ(j, table.rows[s + 1]);
  }
  return edges;
}

/// The edges onto each target, in the order of the table.
std::map<uint32_t, std::vector<Edge>> byTarget(const std::vector<Edge> &edges) {
  std::map<uint32_t, std::vector<Edge>> result;
  for (const Edge &edge : edges)
    result[edge.target].push_back(edge);
  return result;
}

TEST(Synapses, OwnersTogetherHaveTheWholeNetworkInOneOrder) {
  for (Case &test : cases()) {
    test.projection.sum_field =
        test.projection.weight_element == SNN_F64 ? SNN_NONE : 0;
    snn_model model = modelOf(test.projection);
    Error error = {};
    Synapses all;
    ASSERT_TRUE(buildSynapses(model, 0, {0, 20000}, shelf, all, error))
        << error.message;
    std::vector<Edge> whole = edgesOf(all, test.projection);
    auto targets = byTarget(whole);
    std::sort(whole.begin(), whole.end());
    std::vector<Edge> expected = snn::test::edgesOf(test.projection);
    std::sort(expected.begin(), expected.end());
    ASSERT_EQ(whole, expected) << test.name;

    // As threads do: at once, each for its own; the last reaches into padding.
    constexpr int threads = 3;
    Synapses tables[threads];
    Error errors[threads] = {};
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t)
      workers.emplace_back([&, t] {
        uint64_t begin = 6672 * t;
        EXPECT_TRUE(buildSynapses(model, 0, {begin, begin + 6672}, shelf,
                                  tables[t], errors[t]));
      });
    uint64_t total = 0;
    for (int t = 0; t < threads; ++t) {
      workers[t].join();
      total += tables[t].size();
      for (auto &[target, edges] :
           byTarget(edgesOf(tables[t], test.projection))) {
        ASSERT_EQ(target / 6672, static_cast<uint32_t>(t));
        ASSERT_EQ(edges, targets[target]) << test.name;
      }
    }
    EXPECT_EQ(total, all.size());
  }
}

TEST(Synapses, EqualWeightsAndDelaysAreNotStored) {
  snn_projection p = projectionOf(SNN_INDEGREE, 100, 40000, 5, 3);
  snn_model model = modelOf(p);
  Synapses table;
  Error error = {};
  ASSERT_TRUE(buildSynapses(model, 0, {0, 40000}, shelf, table, error));
  EXPECT_TRUE(table.constantDelay && table.constantWeight);
  EXPECT_EQ(table.delay, 15u);
  EXPECT_EQ(table.weight, 1536);
  EXPECT_EQ(table.weights.size() + table.segments.size(), 0u);
  EXPECT_EQ(table.size(), 200000u);
}

TEST(Synapses, HandlersGetAWeightForEachSynapse) {
  snn_projection p = projectionOf(SNN_ALL_TO_ALL, 10, 20000, 0, 3);
  p.sum_field = SNN_NONE;
  p.weight_element = SNN_F64;
  snn_model model = modelOf(p);
  Synapses table;
  Error error = {};
  ASSERT_TRUE(buildSynapses(model, 0, {16, 19000}, shelf, table, error));
  EXPECT_FALSE(table.constantWeight);
  ASSERT_EQ(table.weights.size(), 8 * table.size());
  for (const Edge &edge : edgesOf(table, p))
    ASSERT_EQ(edge.weight, 1.5);
}

TEST(Synapses, OwningNothingIsAnEmptyTable) {
  for (uint32_t rule = SNN_ONE_TO_ONE; rule <= SNN_LIST; ++rule) {
    snn_projection p = projectionOf(rule, 10, 10, 0, 3);
    p.target.first = 100;
    snn_model model = modelOf(p);
    Synapses table;
    Error error = {};
    ASSERT_TRUE(buildSynapses(model, 0, {0, 96}, shelf, table, error));
    EXPECT_EQ(table.size(), 0u);
    EXPECT_EQ(table.rows.size(), 11u);
  }
}

TEST(Synapses, EstimatesAreNearWhatIsBuilt) {
  for (Case &test : cases()) {
    test.projection.sum_field =
        test.projection.weight_element == SNN_F64 ? SNN_NONE : 0;
    snn_model model = modelOf(test.projection);
    Error error = {};
    SynapseEstimate estimate;
    ASSERT_TRUE(estimateSynapses(model, 0, 2, shelf, estimate, error));
    double bytes = 0, synapses = 0;
    uint32_t longest = 0;
    for (uint64_t begin : {0, 10000}) {
      Synapses table;
      ASSERT_TRUE(
          buildSynapses(model, 0, {begin, begin + 10000}, shelf, table, error));
      synapses += static_cast<double>(table.size());
      bytes += static_cast<double>(
          8 * table.rows.size() + 8 * table.segmentRows.size() +
          8 * table.segments.size() + 4 * table.size() + table.weights.size());
      for (const Segment &segment : table.segments)
        longest = std::max(longest, segment.delay);
    }
    EXPECT_NEAR(estimate.synapses / synapses, 1, 0.02) << test.name;
    // The sources of a kernel have their few delays in common, whatever these
    // are.
    bool isKernel = test.projection.rule == SNN_CONVOLUTION;
    EXPECT_NEAR(static_cast<double>(estimate.bytes) / bytes, 1,
                isKernel ? 0.15 : 0.05)
        << test.name;
    EXPECT_GE(estimate.longestDelay, longest) << test.name;
    EXPECT_LE(estimate.longestDelay, 1000u) << test.name;
  }
}

TEST(Synapses, LongestDelaysAreBounds) {
  auto longest = [](snn_value axonal) {
    snn_projection p = projectionOf(SNN_TOTAL, 10, 10, 100, 3);
    p.axonal_delay = axonal;
    snn_model model = modelOf(p);
    SynapseEstimate estimate;
    Error error = {};
    EXPECT_TRUE(estimateSynapses(model, 0, 1, shelf, estimate, error));
    return estimate.longestDelay;
  };
  EXPECT_EQ(longest(valueOf(SNN_CONSTANT, 2)), 20u);
  EXPECT_EQ(longest(valueOf(SNN_UNIFORM, 1, 4)), 40u);
  EXPECT_EQ(longest(valueOf(SNN_GAMMA, 2, 1)), 65535u); // none
  snn_value bounded = valueOf(SNN_GAMMA, 2, 1);
  bounded.clip_high = 3;
  EXPECT_EQ(longest(bounded), 30u);
}

} // namespace
