//===- PartitionTest.cpp - The network does not depend on who makes it ----===//
//
// Every rule, in one piece and in many: the same edges, with the same weights
// and delays. Pinned hashes say that they are still the same tomorrow.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Connectivity.h"
#include "tests/unit/Runtime/Connectivity/Cases.h"

#include <bit>

using namespace snn::runtime;
using namespace snn::test;

namespace {

struct Collector {
  const Connectivity &connectivity;
  std::vector<Edge> edges;
};

bool collect(void *context, const Row &row) {
  auto &to = *static_cast<Collector *>(context);
  EXPECT_GT(row.count, 0u);
  uint32_t j = 0, last = 0;
  for (uint32_t s = 0; s < row.numSegments; ++s) {
    EXPECT_GT(row.segments[s].steps, last); // delays ascend
    EXPECT_GT(row.segments[s].end, j);
    last = row.segments[s].steps;
    for (; j < row.segments[s].end; ++j) {
      double weight =
          to.connectivity.projection().weight_element == SNN_I32
              ? static_cast<const int32_t *>(row.weights)[j] / 1024.0
              : static_cast<const double *>(row.weights)[j];
      to.edges.push_back({row.source, row.targets[j], last, weight});
    }
  }
  EXPECT_EQ(j, row.count);
  return true;
}

TEST(Partition, AnyDivisionGivesTheSameEdges) {
  for (const Case &test : cases()) {
    std::vector<Edge> expected = edgesOf(test.projection);
    std::sort(expected.begin(), expected.end());
    ASSERT_GT(expected.size(), 10000u) << test.name;
    Connectivity connectivity;
    Error error = {};
    ASSERT_TRUE(connectivity.create(test.projection, Step, 1, shelf, error))
        << error.message;
    uint64_t sources = connectivity.numSources(), targets = 20000;
    for (auto [sourceStep, targetStep] :
         {std::pair<uint64_t, uint64_t>{sources, 10000},
          {sources, 7013},
          {sources / 3 + 1, targets},
          {sources / 2 + 1, 9999}}) {
      Collector collector = {connectivity, {}};
      for (uint64_t s = 0; s < sources; s += sourceStep)
        for (uint64_t t = 0; t < targets; t += targetStep)
          ASSERT_TRUE(connectivity.forEachRow({s, s + sourceStep},
                                              {t, t + targetStep}, collect,
                                              &collector, error))
              << error.message;
      std::sort(collector.edges.begin(), collector.edges.end());
      ASSERT_EQ(collector.edges, expected)
          << test.name << " " << sourceStep << " " << targetStep;
    }
  }
}

TEST(Partition, NetworksArePinned) {
  for (const Case &test : cases()) {
    std::vector<Edge> edges = edgesOf(test.projection);
    std::sort(edges.begin(), edges.end());
    uint64_t hash = 0;
    for (const Edge &edge : edges)
      hash = mix64(mix64(hash, uint64_t{edge.source} << 32 | edge.target),
                   mix64(edge.delay, std::bit_cast<uint64_t>(edge.weight)));
    EXPECT_EQ(hash, test.pinned) << test.name;
  }
}

TEST(Partition, SeedsAndPathsGiveOtherNetworks) {
  snn_projection p = projectionOf(SNN_INDEGREE, 100, 100, 10, 3);
  std::vector<Edge> edges = edgesOf(p, 1);
  EXPECT_NE(edges, edgesOf(p, 2));
  p.path = "E->I.syn#1";
  EXPECT_NE(edges, edgesOf(p, 1));
}

TEST(Partition, WeightsLeaveTargetsAndDelaysAlone) {
  snn_projection p = drawn(projectionOf(SNN_PROBABILITY, 50, 500, 0, 0));
  p.number = 0.2;
  std::vector<Edge> edges = edgesOf(p);
  p.weight = valueOf(SNN_CONSTANT, 3);
  std::vector<Edge> constant = edgesOf(p);
  ASSERT_EQ(edges.size(), constant.size());
  for (size_t i = 0; i < edges.size(); ++i) {
    EXPECT_EQ(edges[i].target, constant[i].target);
    EXPECT_EQ(edges[i].delay, constant[i].delay);
  }
}

} // namespace
