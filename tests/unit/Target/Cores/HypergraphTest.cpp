//===- HypergraphTest.cpp - Who a spike must reach --------------*- C++ -*-===//
//
// Pins, their transposed lists, weights, and networks made of others.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Target/Cores/Networks.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace snn::target::cores;

static std::vector<Vertex> listOf(std::span<const Vertex> pins) {
  return {pins.begin(), pins.end()};
}

TEST(Hypergraph, JoinsASourceToItsDistinctTargets) {
  Hypergraph network(5, 1);
  network.addNet(2, 1, std::vector<Vertex>{4, 0, 4});
  network.addNet(1, 1, std::vector<Vertex>{3, 1});
  network.addNet(OffChip, 1, std::vector<Vertex>{3, 0});
  network.addNet(4, 1, {});
  network.finish();

  EXPECT_EQ(listOf(network.pins(0)), (std::vector<Vertex>{0, 2, 4}));
  EXPECT_EQ(listOf(network.pins(1)), (std::vector<Vertex>{1, 3}));
  EXPECT_EQ(listOf(network.pins(2)), (std::vector<Vertex>{0, 3}));
  EXPECT_EQ(listOf(network.pins(3)), (std::vector<Vertex>{4}));
  EXPECT_EQ(network.numTargets(0), 2u);
  EXPECT_EQ(network.numTargets(1), 2u);
  EXPECT_EQ(network.numTargets(2), 2u);
  EXPECT_EQ(network.numTargets(3), 0u);
  EXPECT_EQ(listOf(network.nets(0)), (std::vector<Net>{0, 2}));
  EXPECT_EQ(listOf(network.nets(4)), (std::vector<Net>{0, 3}));
  EXPECT_EQ(network.numPins(), 8u);
}

TEST(Hypergraph, WeightsAreInProportionToRatesAndNeverZero) {
  Hypergraph network(4, 1);
  for (Vertex v = 0; v < 4; ++v)
    network.addNet(v, v == 0 ? 0 : 1e-3 * v, std::vector<Vertex>{0});
  network.finish();
  EXPECT_EQ(network.weight(0), 1);
  EXPECT_NEAR(network.weight(2), 2.0 * network.weight(1), 2);
  EXPECT_NEAR(network.weight(3), 3.0 * network.weight(1), 3);
  int64_t sum = 0;
  for (Net net = 0; net < 4; ++net)
    sum += network.weight(net);
  EXPECT_LE(sum, Hypergraph::LargestSum);
}

TEST(Hypergraph, ContractedNetsKeepTheirWeightUnlessWithinACluster) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Hypergraph network = makeNetwork({.numResources = 2, .mostNeed = 5}, seed);
    std::vector<Vertex> cluster(network.numVertices());
    for (Vertex v = 0; v < cluster.size(); ++v)
      cluster[v] = v / 3;
    Hypergraph coarse = network.contract(cluster, 34);

    int64_t expected = 0, found = 0;
    for (Net net = 0; net < network.numNets(); ++net)
      if (std::ranges::any_of(network.pins(net), [&](Vertex pin) {
            return cluster[pin] != cluster[network.pins(net)[0]];
          }))
        expected += network.weight(net);
    for (Net net = 0; net < coarse.numNets(); ++net) {
      found += coarse.weight(net);
      EXPECT_GE(coarse.pins(net).size(), 2u);
      EXPECT_TRUE(std::ranges::is_sorted(coarse.pins(net)));
    }
    EXPECT_EQ(found, expected);
    EXPECT_EQ(coarse.need(0)[1],
              network.need(0)[1] + network.need(1)[1] + network.need(2)[1]);
  }
}

TEST(Hypergraph, ARestrictionKeepsPinsAmongItsVertices) {
  Hypergraph network(5, 1);
  network.setNeed(3, 0, 7);
  network.addNet(0, 1, std::vector<Vertex>{1, 2, 3});
  network.addNet(1, 1, std::vector<Vertex>{2});
  network.addNet(3, 1, std::vector<Vertex>{4, 0});
  network.finish();
  std::vector<Vertex> some{1, 3, 4};
  Hypergraph part = network.restrictTo(some);
  ASSERT_EQ(part.numNets(), 2u);
  EXPECT_EQ(listOf(part.pins(0)), (std::vector<Vertex>{0, 1}));
  EXPECT_EQ(listOf(part.pins(1)), (std::vector<Vertex>{1, 2}));
  EXPECT_EQ(part.weight(0), network.weight(0));
  EXPECT_EQ(part.need(1)[0], 7u);
}
