//===- PlaceTest.cpp - Which core goes where --------------------*- C++ -*-===//
//
// Starts, the cost that annealing keeps, and the optimum of small meshes.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Place/Anneal.h"
#include "compiler/Target/Cores/Place/Starts.h"
#include "tests/unit/Target/Cores/Networks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

using namespace snn::target::cores;

static Traffic makeTraffic(uint32_t numCores, uint64_t seed,
                           uint32_t window = 0) {
  Vertex numVertices = 8 * numCores;
  Hypergraph network = makeNetwork(
      {.numVertices = numVertices, .mostTargets = 4, .window = window}, seed);
  std::vector<uint32_t> core(numVertices);
  for (Vertex v = 0; v < numVertices; ++v)
    core[v] = v / 8;
  return Traffic(network, core, numCores);
}

static void expectValid(const Mesh &mesh, const std::vector<Router> &router) {
  std::vector<uint32_t> seats(mesh.numRouters(), 0);
  for (Router one : router) {
    ASSERT_LT(one, mesh.numRouters());
    EXPECT_LE(++seats[one], mesh.coresPerRouter);
  }
}

TEST(Place, StartsGiveEachCoreASeatOfItsOwn) {
  for (Mesh mesh : {Mesh{4, 4}, Mesh{7, 3}, Mesh{3, 9}, Mesh{3, 3, 2},
                    Mesh{64, 64}, Mesh{1, 20}}) {
    uint32_t numCores = std::min(mesh.numCores(), 14u);
    Traffic traffic = makeTraffic(numCores, 1);
    for (auto start : {startByRows, startByHilbert, startBySpectrum}) {
      std::vector<Router> router = start(mesh, traffic);
      ASSERT_EQ(router.size(), numCores);
      expectValid(mesh, router);
    }
  }
}

TEST(Place, NeighboursOnHilbertsCurveAreNeighboursOnTheMesh) {
  Mesh mesh{16, 16};
  std::vector<Router> router = startByHilbert(mesh, makeTraffic(256, 1));
  for (uint32_t core = 1; core < 256; ++core)
    EXPECT_EQ(countMulticast(mesh, router[core - 1], {&router[core], 1}), 1u);
}

TEST(Place, TheSpectrumLaysOutAChainInOrder) {
  // Cores send to the next two; a column of the mesh holds neighbours.
  Mesh mesh{4, 4};
  Hypergraph network(16, 1);
  for (Vertex v = 0; v + 1 < 16; ++v)
    network.addNet(v, 1, std::vector<Vertex>{v + 1});
  network.finish();
  std::vector<uint32_t> core(16);
  std::iota(core.begin(), core.end(), 0);
  std::vector<Router> router =
      startBySpectrum(mesh, Traffic(network, core, 16));
  std::vector<uint32_t> columns;
  for (Router one : router)
    columns.push_back(mesh.x(one));
  EXPECT_TRUE(std::ranges::is_sorted(columns) ||
              std::ranges::is_sorted(columns, std::greater{}));
}

TEST(Place, TheCostThatAnnealingKeepsIsTheCostFromScratch) {
  for (uint64_t seed = 0; seed < 12; ++seed) {
    Mesh mesh = seed % 3 == 0   ? Mesh{5, 4}
                : seed % 3 == 1 ? Mesh{3, 3, 2}
                                : Mesh{6, 6};
    Traffic traffic = makeTraffic(17, seed);
    PlaceOptions options{.cast = seed % 2 ? Cast::Unicast : Cast::Multicast,
                         .beta = static_cast<uint32_t>(seed % 4)};
    std::vector<Router> start = startByRows(mesh, traffic);
    int64_t atStart = placementCost(mesh, traffic, start, options);
    Annealer annealer(mesh, traffic, options, start);
    EXPECT_EQ(annealer.cost(), atStart);
    Random random(seed);
    annealer.run(random, 200'000);
    EXPECT_EQ(annealer.bestCost(),
              placementCost(mesh, traffic, annealer.best(), options));
    EXPECT_LT(annealer.bestCost(), atStart);
    expectValid(mesh, annealer.best());
  }
}

TEST(Place, FindsTheBestOfAllPlacementsOfSixCores) {
  Mesh mesh{3, 2};
  for (uint64_t seed = 0; seed < 5; ++seed) {
    Traffic traffic = makeTraffic(6, seed);
    for (Cast cast : {Cast::Unicast, Cast::Multicast}) {
      PlaceOptions options{.seed = seed, .cast = cast, .beta = 0};
      std::vector<Router> router(6);
      std::iota(router.begin(), router.end(), 0);
      int64_t least = INT64_MAX;
      do {
        least = std::min(least, placementCost(mesh, traffic, router, options));
      } while (std::next_permutation(router.begin(), router.end()));
      int64_t found = INT64_MAX;
      for (auto start : {startByRows, startByHilbert, startBySpectrum}) {
        Annealer annealer(mesh, traffic, options, start(mesh, traffic));
        Random random(seed);
        annealer.run(random, 500'000);
        found = std::min(found, annealer.bestCost());
      }
      EXPECT_EQ(found, least);
    }
  }
}

TEST(Place, IsAFunctionOfTheSeedAndNeverWorseThanAStart) {
  Mesh mesh{8, 8};
  Traffic traffic = makeTraffic(40, 4, 40);
  PlaceOptions options{.seed = 5};
  std::optional<Placement> first = place(mesh, traffic, options);
  std::optional<Placement> second = place(mesh, traffic, options);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->router, second->router);
  EXPECT_EQ(first->cost, placementCost(mesh, traffic, first->router, options));
  for (auto start : {startByRows, startByHilbert, startBySpectrum})
    EXPECT_LE(first->cost,
              placementCost(mesh, traffic, start(mesh, traffic), options));
}

TEST(Place, IsRefusedOnAMeshThatIsTooSmall) {
  EXPECT_FALSE(place(Mesh{2, 2}, makeTraffic(5, 1)));
  EXPECT_TRUE(place(Mesh{1, 1}, Traffic(makeNetwork({}, 1),
                                        std::vector<uint32_t>(100, 0), 1)));
}
