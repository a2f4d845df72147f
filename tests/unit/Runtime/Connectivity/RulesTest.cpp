//===- RulesTest.cpp - Who is connected to whom ---------------------------===//
//
// What a rule promises exactly holds exactly; what it leaves to chance follows
// the law.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Connectivity/Edges.h"
#include "tests/unit/Runtime/Random/Statistics.h"

#include <map>
#include <set>

using namespace snn::test;

namespace {

constexpr uint32_t Both = SNN_AUTAPSES | SNN_MULTAPSES;

/// Whether all pairs (but excluded ones) are hit as by independent throws:
/// chi-square over pairs of small populations, summed over seeds.
double uniformityOfPairs(snn_projection p, bool self, uint64_t seeds) {
  uint64_t n = p.source.count, m = p.target.count;
  std::vector<double> observed(n * m), expected(n * m);
  double total = 0;
  for (uint64_t seed = 0; seed < seeds; ++seed)
    for (const Edge &edge : edgesOf(p, seed)) {
      observed[edge.source * m + edge.target] += 1;
      ++total;
    }
  double pairs = static_cast<double>(n * m - (self ? 0 : std::min(n, m)));
  for (uint64_t s = 0; s < n; ++s)
    for (uint64_t t = 0; t < m; ++t) {
      bool excluded = !self && s == t;
      if (excluded && observed[s * m + t] != 0)
        return HUGE_VAL;
      expected[s * m + t] = excluded ? 0 : total / pairs;
    }
  return chiSquare(observed, expected);
}

TEST(Rules, OneToOneJoinsEqualIndices) {
  std::vector<Edge> edges =
      edgesOf(projectionOf(SNN_ONE_TO_ONE, 100, 100, 0, 0));
  ASSERT_EQ(edges.size(), 100u);
  for (uint32_t i = 0; i < 100; ++i)
    EXPECT_EQ(edges[i], (Edge{i, i, 15, 1.5}));
}

TEST(Rules, AllToAllJoinsEveryPairOnce) {
  for (bool self : {true, false}) {
    std::vector<Edge> edges = edgesOf(
        projectionOf(SNN_ALL_TO_ALL, 50, 70, 0, self ? SNN_AUTAPSES : 0, true));
    EXPECT_EQ(edges.size(), 50u * 70 - (self ? 0 : 50));
    EXPECT_EQ(hasSelfEdge(edges), self);
    EXPECT_FALSE(hasMultipleEdge(edges));
  }
}

TEST(Rules, InDegreeIsExactForEveryFlag) {
  for (uint32_t flags : {0u, 1u, 2u, 3u})
    for (bool recurrent : {false, true}) {
      // Two tiles.
      snn_projection p =
          projectionOf(SNN_INDEGREE, 300, 17000, 20, flags, recurrent);
      std::vector<Edge> edges = edgesOf(p);
      ASSERT_EQ(edges.size(), 17000u * 20);
      for (double degree : degrees(edges, &Edge::target, 17000))
        ASSERT_EQ(degree, 20);
      EXPECT_EQ(hasMultipleEdge(edges), (flags & SNN_MULTAPSES) != 0);
      if (recurrent) {
        EXPECT_EQ(hasSelfEdge(edges), (flags & SNN_AUTAPSES) != 0);
      }
    }
}

TEST(Rules, SourcesOfAnInDegreeAreIndependentAndUniform) {
  for (uint32_t flags : {0u, 1u, 2u, 3u}) {
    snn_projection p = projectionOf(SNN_INDEGREE, 12, 12, 5, flags, true);
    EXPECT_LT(uniformityOfPairs(p, flags & SNN_AUTAPSES, 3000), 4.75) << flags;
  }
  // Out-degrees are binomial: every edge picks its source by itself.
  for (uint32_t flags : {uint32_t{Both}, uint32_t{SNN_MULTAPSES}}) {
    snn_projection p = projectionOf(SNN_INDEGREE, 5000, 5000, 100, flags, true);
    double chance = flags == Both ? 100 / 5000.0 : 100 / 4999.0;
    double trials = flags == Both ? 5000 : 4999;
    EXPECT_LT(chiSquare(degrees(edgesOf(p), &Edge::source, 5000), 30, 180,
                        [&](double k) {
                          return binomialProbability(100 * trials, chance / 100,
                                                     k);
                        }),
              4.75);
  }
}

TEST(Rules, OutDegreeIsExactForEveryFlag) {
  for (uint32_t flags : {0u, 1u, 2u, 3u}) {
    snn_projection p =
        projectionOf(SNN_OUTDEGREE, 200, 40000, 500, flags, true);
    std::vector<Edge> edges = edgesOf(p);
    for (double degree : degrees(edges, &Edge::source, 200))
      ASSERT_EQ(degree, 500);
    EXPECT_EQ(hasMultipleEdge(edges), (flags & SNN_MULTAPSES) != 0);
    EXPECT_FALSE(!(flags & SNN_AUTAPSES) && hasSelfEdge(edges));
  }
}

TEST(Rules, TargetsOfAnOutDegreeAreUniform) {
  for (uint32_t flags : {0u, 1u, 2u, 3u}) {
    snn_projection p = projectionOf(SNN_OUTDEGREE, 12, 12, 5, flags, true);
    EXPECT_LT(uniformityOfPairs(p, flags & SNN_AUTAPSES, 3000), 4.75) << flags;
  }
  snn_projection p = projectionOf(SNN_OUTDEGREE, 1000, 40000, 2000, Both);
  EXPECT_LT(chiSquare(degrees(edgesOf(p), &Edge::target, 40000), 0, 120,
                      [](double k) {
                        return binomialProbability(2e6, 1 / 40000.0, k);
                      }),
            4.75);
}

TEST(Rules, TotalIsExactAndUniform) {
  for (uint32_t flags : {0u, 1u, 2u, 3u}) {
    snn_projection p = projectionOf(SNN_TOTAL, 12, 12, 60, flags, true);
    EXPECT_EQ(edgesOf(p).size(), 60u);
    EXPECT_LT(uniformityOfPairs(p, flags & SNN_AUTAPSES, 3000), 4.75) << flags;
    snn_projection large =
        projectionOf(SNN_TOTAL, 3000, 20000, 1000000, flags, true);
    std::vector<Edge> edges = edgesOf(large);
    EXPECT_EQ(edges.size(), 1000000u);
    EXPECT_EQ(hasMultipleEdge(edges), (flags & SNN_MULTAPSES) != 0);
    EXPECT_FALSE(!(flags & SNN_AUTAPSES) && hasSelfEdge(edges));
    EXPECT_LT(chiSquare(degrees(edges, &Edge::target, 20000), 0, 120,
                        [](double k) { return poissonProbability(50, k); }),
              4.75);
  }
}

TEST(Rules, AllDistinctPairsOfATotalAreAllPairs) {
  snn_projection p = projectionOf(SNN_TOTAL, 30, 30, 30 * 29, 0, true);
  std::vector<Edge> edges = edgesOf(p);
  EXPECT_EQ(edges.size(), 30u * 29);
  EXPECT_FALSE(hasMultipleEdge(edges));
  EXPECT_FALSE(hasSelfEdge(edges));
}

TEST(Rules, ProbabilityJoinsEveryPairByItsOwnChance) {
  for (bool self : {true, false}) {
    snn_projection p =
        projectionOf(SNN_PROBABILITY, 40, 40, 0, self ? SNN_AUTAPSES : 0, true);
    p.number = 0.3;
    EXPECT_LT(uniformityOfPairs(p, self, 500), 4.75);
  }
  snn_projection p = projectionOf(SNN_PROBABILITY, 2000, 20000, 0, 0);
  p.number = 0.02;
  std::vector<Edge> edges = edgesOf(p);
  EXPECT_FALSE(hasMultipleEdge(edges));
  EXPECT_LT(
      chiSquare(degrees(edges, &Edge::source, 2000), 250, 550,
                [](double k) { return binomialProbability(20000, 0.02, k); }),
      4.75);
  EXPECT_LT(
      chiSquare(degrees(edges, &Edge::target, 20000), 0, 100,
                [](double k) { return binomialProbability(2000, 0.02, k); }),
      4.75);
}

TEST(Rules, CertainAndImpossibleProbabilities) {
  snn_projection p = projectionOf(SNN_PROBABILITY, 300, 17000, 0, 0, true);
  p.number = 1;
  std::vector<Edge> edges = edgesOf(p);
  EXPECT_EQ(edges.size(), 300u * 17000 - 300);
  EXPECT_FALSE(hasMultipleEdge(edges));
  p.number = 0;
  EXPECT_TRUE(edgesOf(p).empty());
}

TEST(Rules, CommonTargetsOfTwoSourcesAreNoMoreThanChance) {
  // Rows that were not independent would show here: pairs of sources share
  // p^2 of the targets.
  constexpr uint32_t Sources = 4000;
  snn_projection p = projectionOf(SNN_PROBABILITY, Sources, 3000, 0, 0);
  p.number = 0.1;
  std::vector<std::set<uint32_t>> rows(Sources);
  for (const Edge &edge : edgesOf(p))
    rows[edge.source].insert(edge.target);
  // Pairs of different sources, so that they are independent themselves.
  std::vector<double> common;
  for (uint32_t a = 0; a < Sources; a += 2) {
    double count = 0;
    for (uint32_t target : rows[a])
      count += rows[a + 1].count(target);
    common.push_back(count);
  }
  EXPECT_LT(
      chiSquare(common, 5, 70,
                [](double k) { return binomialProbability(3000, 0.01, k); }),
      4.75);
}

TEST(Rules, SlicesNameNeuronsOfTheirPopulations) {
  for (uint32_t rule : {SNN_ALL_TO_ALL, SNN_PROBABILITY, SNN_INDEGREE,
                        SNN_OUTDEGREE, SNN_TOTAL}) {
    snn_projection p = projectionOf(rule, 40, 60, 30, 0, true);
    p.number = 0.5;
    p.source = {0, 0, 10, 40, 3}; // 10, 13, ..., 127
    p.target = {0, 0, 7, 60, 2};  // 7, 9, ..., 125
    std::vector<Edge> edges = edgesOf(p);
    EXPECT_GT(edges.size(), 0u);
    for (const Edge &edge : edges) {
      EXPECT_TRUE(edge.source >= 10 && edge.source <= 127 &&
                  edge.source % 3 == 1);
      EXPECT_TRUE(edge.target >= 7 && edge.target <= 125 &&
                  edge.target % 2 == 1);
    }
    EXPECT_FALSE(hasSelfEdge(edges)) << rule;
    EXPECT_FALSE(hasMultipleEdge(edges)) << rule;
    // Pairs with the same neuron at both ends exist, so leaving them out meant
    // something.
    if (rule == SNN_ALL_TO_ALL) {
      p.flags = SNN_AUTAPSES;
      EXPECT_TRUE(hasSelfEdge(edgesOf(p)));
    }
  }
}

TEST(Rules, ListsAreKeptInTheirOrder) {
  const uint32_t sources[] = {2, 0, 2, 1, 2}, targets[] = {5, 1, 0, 3, 5};
  const double weights[] = {1, 2, 3, 4, 5}, delays[] = {2, 1, 1, 1, 1.5};
  snn_projection p = projectionOf(SNN_LIST, 3, 6, 5, 0);
  p.list_sources = sources;
  p.list_targets = targets;
  p.weight = valueOf(SNN_DATA, 0);
  p.weight.data = weights;
  p.weight.count = 5;
  p.axonal_delay = valueOf(SNN_DATA, 0);
  p.axonal_delay.data = delays;
  p.axonal_delay.count = 5;
  std::vector<Edge> expected = {{0, 1, 10, 2},
                                {1, 3, 10, 4},
                                {2, 0, 10, 3},
                                {2, 5, 15, 5},
                                {2, 5, 20, 1}};
  EXPECT_EQ(edgesOf(p), expected);
}

TEST(Rules, WeightMatricesAreGivenRowByRow) {
  std::vector<double> matrix(30);
  for (size_t i = 0; i < 30; ++i)
    matrix[i] = static_cast<double>(i) / 4;
  snn_projection p = projectionOf(SNN_ALL_TO_ALL, 5, 6, 0, SNN_AUTAPSES);
  p.weight = valueOf(SNN_DATA, 0);
  p.weight.data = matrix.data();
  p.weight.count = 30;
  for (const Edge &edge : edgesOf(p))
    EXPECT_EQ(edge.weight, matrix[edge.source * 6 + edge.target]);
}

TEST(Rules, KernelsMoveOverMaps) {
  // [1, 3, 4] -> [2, 2, 2], 2 x 2, stride 2 across, a place of padding above.
  const snn_convolution shape = {{1, 3, 4}, {2, 2, 2}, {2, 2}, {2, 2},
                                 {1, 0},    {1, 1},    1};
  const double weights[] = {1, 2, 3, 4, 5, 0, 7, 8};
  snn_projection p = projectionOf(SNN_CONVOLUTION, 12, 8, 0, SNN_AUTAPSES);
  p.convolution = &shape;
  p.weight = valueOf(SNN_DATA, 0);
  p.weight.data = weights;
  p.weight.count = 8;
  std::vector<Edge> edges = edgesOf(p);
  std::sort(edges.begin(), edges.end());
  // Of the upper targets, the upper row of the kernel lies in the padding; the
  // entry that is 0 joins nobody.
  std::vector<Edge> expected = {
      {0, 0, 15, 3},  {0, 4, 15, 7}, {1, 0, 15, 4},  {1, 4, 15, 8},
      {2, 1, 15, 3},  {2, 5, 15, 7}, {3, 1, 15, 4},  {3, 5, 15, 8},
      {4, 2, 15, 1},  {4, 6, 15, 5}, {5, 2, 15, 2},  {6, 3, 15, 1},
      {6, 7, 15, 5},  {7, 3, 15, 2}, {8, 2, 15, 3},  {8, 6, 15, 7},
      {9, 2, 15, 4},  {9, 6, 15, 8}, {10, 3, 15, 3}, {10, 7, 15, 7},
      {11, 3, 15, 4}, {11, 7, 15, 8}};
  EXPECT_EQ(edges, expected);
  double count = 0;
  ASSERT_EQ(snn_count_edges(&p, Step, 1, &count, nullptr), 0);
  EXPECT_EQ(count, 22);
  // Of weights that change, each has its synapses.
  const snn_plasticity rule = {};
  p.plasticity = &rule;
  EXPECT_EQ(edgesOf(p).size(), 24u);
}

TEST(Rules, EntriesOfAKernelShareWhatTheyDraw) {
  const snn_convolution shape = {{2, 9, 9}, {3, 9, 9}, {3, 3}, {1, 1},
                                 {1, 1},    {1, 1},    1};
  snn_projection p =
      drawn(projectionOf(SNN_CONVOLUTION, 162, 243, 0, SNN_AUTAPSES));
  p.convolution = &shape;
  std::map<std::tuple<uint32_t, uint32_t, int, int>, std::set<double>> weights;
  std::map<std::tuple<uint32_t, uint32_t, int, int>, std::set<uint32_t>> delays;
  for (const Edge &edge : edgesOf(p)) {
    auto row = [](uint32_t neuron) { return static_cast<int>(neuron / 9 % 9); };
    auto column = [](uint32_t neuron) { return static_cast<int>(neuron % 9); };
    std::tuple entry = {edge.source / 81, edge.target / 81,
                        row(edge.source) - row(edge.target),
                        column(edge.source) - column(edge.target)};
    weights[entry].insert(edge.weight);
    delays[entry].insert(edge.delay);
  }
  EXPECT_EQ(weights.size(), 54u);
  std::set<double> all;
  for (const auto &[entry, one] : weights) {
    EXPECT_EQ(one.size(), 1u);
    all.insert(*one.begin());
  }
  EXPECT_GT(all.size(), 50u);
  for (const auto &[entry, one] : delays)
    EXPECT_EQ(one.size(), 1u);
}

TEST(Rules, EmptyProjectionsHaveNoEdges) {
  for (uint32_t rule = SNN_ONE_TO_ONE; rule <= SNN_LIST; ++rule)
    EXPECT_TRUE(edgesOf(projectionOf(rule, 0, 0, 0, 0)).empty());
  EXPECT_TRUE(edgesOf(projectionOf(SNN_INDEGREE, 5, 0, 3, 0)).empty());
  EXPECT_TRUE(edgesOf(projectionOf(SNN_OUTDEGREE, 0, 5, 3, 0)).empty());
  EXPECT_TRUE(edgesOf(projectionOf(SNN_TOTAL, 5, 5, 0, 0)).empty());
}

} // namespace
