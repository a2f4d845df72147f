//===- RoutesTest.cpp - Ways over the mesh ----------------------*- C++ -*-===//
//
// Trees against the union of ways, loads against messages that are walked.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Route/Routes.h"
#include "tests/unit/Target/Cores/Networks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using namespace snn::target::cores;

static Router endOf(const Mesh &mesh, Link link) {
  return mesh.next(link / 4, static_cast<Direction>(link % 4));
}

TEST(Routes, AWayGoesAlongTheRowFirstAndIsShortest) {
  Mesh mesh{7, 5};
  for (Router from = 0; from < mesh.numRouters(); ++from)
    for (Router to = 0; to < mesh.numRouters(); ++to) {
      std::vector<Link> links;
      appendUnicast(mesh, from, to, links);
      Router at = from;
      bool hasTurned = false;
      for (Link link : links) {
        EXPECT_TRUE(mesh.exists(link));
        EXPECT_EQ(link / 4, at);
        bool isVertical = link % 4 == South || link % 4 == North;
        EXPECT_TRUE(isVertical || !hasTurned);
        hasTurned |= isVertical;
        at = endOf(mesh, link);
      }
      EXPECT_EQ(at, to);
      auto distance = [](uint32_t a, uint32_t b) {
        return a > b ? a - b : b - a;
      };
      EXPECT_EQ(links.size(), distance(mesh.x(from), mesh.x(to)) +
                                  distance(mesh.y(from), mesh.y(to)));
    }
}

TEST(Routes, ATreeIsTheUnionOfTheWays) {
  Random random(3);
  for (int i = 0; i < 500; ++i) {
    Mesh mesh{1 + random.below(9), 1 + random.below(9)};
    Router from = random.below(mesh.numRouters());
    std::vector<Router> to(1 + random.below(8));
    for (Router &router : to)
      router = random.below(mesh.numRouters());
    std::set<Link> expected;
    for (Router router : to) {
      std::vector<Link> way;
      appendUnicast(mesh, from, router, way);
      expected.insert(way.begin(), way.end());
    }
    std::vector<Link> links;
    appendMulticast(mesh, from, to, links);
    EXPECT_EQ(std::set<Link>(links.begin(), links.end()), expected);
    EXPECT_EQ(links.size(), expected.size()) << "each link once";
    EXPECT_EQ(countMulticast(mesh, from, to), expected.size());

    std::set<Router> reached{from};
    for (Link link : links) {
      EXPECT_TRUE(reached.count(link / 4)) << "links follow each other";
      reached.insert(endOf(mesh, link));
    }
  }
}

TEST(Routes, TreesAreCountedOnMeshesThatAreWide) {
  Mesh mesh{300, 2};
  std::vector<Router> to{mesh.at(299, 1), mesh.at(0, 0), mesh.at(100, 1)};
  EXPECT_EQ(countMulticast(mesh, mesh.at(50, 0), to), 299u + 2);
}

TEST(Routes, FlowsCarryEachSpikeThatLeavesItsCore) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Hypergraph network = makeNetwork({.withInputs = true}, seed);
    Random random(seed);
    std::vector<uint32_t> core(network.numVertices());
    for (uint32_t &one : core)
      one = random.below(9);
    Traffic traffic(network, core, 9);

    double expected = 0, found = 0;
    for (Net net = 0; net < network.numNets(); ++net) {
      if (network.source(net) == OffChip)
        continue;
      std::set<uint32_t> reached;
      for (Vertex pin : network.pins(net))
        reached.insert(core[pin]);
      expected += network.rate(net) * static_cast<double>(reached.size() - 1);
    }
    for (uint32_t flow = 0; flow < traffic.numFlows(); ++flow) {
      std::span<const uint32_t> to = traffic.to(flow);
      ASSERT_FALSE(to.empty());
      EXPECT_TRUE(std::ranges::is_sorted(to));
      EXPECT_EQ(std::ranges::count(to, traffic.from(flow)), 0);
      found += traffic.rate(flow) * static_cast<double>(to.size());
    }
    EXPECT_NEAR(found, expected, 1e-9 * expected);
  }
}

TEST(Routes, LoadsAreThoseOfMessagesThatAreWalked) {
  Hypergraph network = makeNetwork({.numVertices = 200}, 1);
  Random random(1);
  for (Mesh mesh : {Mesh{3, 3}, Mesh{4, 3}, Mesh{2, 2, 3}}) {
    std::vector<uint32_t> core(network.numVertices());
    for (uint32_t &one : core)
      one = random.below(9);
    Traffic traffic(network, core, 9);
    std::vector<Router> router;
    for (uint32_t i = 0; i < 9; ++i)
      router.push_back(i / mesh.coresPerRouter);
    for (Cast cast : {Cast::Unicast, Cast::Multicast}) {
      std::vector<double> expected(mesh.numLinks());
      double hops = 0;
      for (Net net = 0; net < network.numNets(); ++net) {
        Router from = router[core[network.source(net)]];
        std::set<uint32_t> reached;
        for (Vertex pin : network.pins(net))
          reached.insert(core[pin]);
        std::vector<Link> all;
        for (uint32_t one : reached)
          appendUnicast(mesh, from, router[one], all);
        if (cast == Cast::Multicast) {
          std::sort(all.begin(), all.end());
          all.erase(std::unique(all.begin(), all.end()), all.end());
        }
        for (Link link : all) {
          expected[link] += network.rate(net);
          hops += network.rate(net);
        }
      }
      LinkLoads loads = routeAll(mesh, traffic, router, cast);
      for (Link link = 0; link < mesh.numLinks(); ++link)
        EXPECT_NEAR(loads.load[link], expected[link], 1e-9 * hops);
      EXPECT_NEAR(loads.hops, hops, 1e-9 * hops);
      EXPECT_NEAR(loads.largest, std::ranges::max(expected), 1e-9 * hops);
      EXPECT_LE(loads.hopsBound, loads.hops * (1 + 1e-9));
      EXPECT_LE(loads.largestBound, loads.largest);
      EXPECT_LE(loads.p99, loads.largest);
    }
  }
}
