//===- BlocksTest.cpp - An assignment that is being improved ----*- C++ -*-===//
//
// After any moves, all that is kept up to date equals what is computed anew.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Multilevel.h"
#include "compiler/Target/Cores/Partition/Partition.h"
#include "tests/unit/Target/Cores/Networks.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace snn::target::cores;

static int64_t objectiveOf(const Hypergraph &network,
                           std::span<const Block> block) {
  int64_t sum = 0;
  for (Net net = 0; net < network.numNets(); ++net) {
    std::vector<Block> reached;
    for (Vertex pin : network.pins(net))
      reached.push_back(block[pin]);
    std::ranges::sort(reached);
    auto end = std::unique(reached.begin(), reached.end());
    if (!reached.empty())
      sum += network.weight(net) * (end - reached.begin() - 1);
  }
  return sum;
}

static std::vector<Block> randomBlocks(const Hypergraph &network,
                                       uint32_t numBlocks, Random &random) {
  std::vector<Block> block(network.numVertices());
  for (Block &one : block)
    one = random.below(numBlocks);
  return block;
}

TEST(Blocks, KeepObjectiveAndGainsThroughMoves) {
  constexpr uint32_t NumBlocks = 5;
  for (uint64_t seed = 0; seed < 10; ++seed) {
    Hypergraph network =
        makeNetwork({.numVertices = 40, .withInputs = seed % 2 == 0}, seed);
    Random random(seed);
    std::vector<uint64_t> capacities(NumBlocks, 1000);
    Blocks kept(network, capacities);
    Blocks counted(network, capacities, nullptr, Gains::Counted);
    std::vector<Block> start = randomBlocks(network, NumBlocks, random);
    kept.assign(start);
    counted.assign(start);
    for (int i = 0; i < 200; ++i) {
      Vertex v = random.below(network.numVertices());
      Block to = random.below(NumBlocks);
      if (to == kept.block(v))
        continue;
      int64_t before = kept.objective();
      int32_t gain = kept.gain(v, to);
      EXPECT_EQ(counted.gain(v, to), gain);
      kept.move(v, to);
      counted.move(v, to);
      EXPECT_EQ(kept.objective(), before - gain);
      EXPECT_EQ(counted.objective(), kept.objective());
    }
    EXPECT_EQ(kept.objective(), objectiveOf(network, kept.assignment()));
    Blocks fresh(network, capacities);
    fresh.assign(kept.assignment());
    counted.computeGains();
    for (Vertex v = 0; v < network.numVertices(); ++v)
      for (Block b = 0; b < NumBlocks; ++b) {
        EXPECT_EQ(kept.gain(v, b), fresh.gain(v, b));
        EXPECT_EQ(counted.lastGain(v, b), fresh.gain(v, b));
      }
  }
}

TEST(Blocks, KnowTheUseOfAxonsAndWhatWouldExceedIt) {
  constexpr uint32_t NumBlocks = 4;
  auto words = [](uint32_t n) { return 2 + (n + uint64_t{1}) / 2; };
  for (uint64_t seed = 0; seed < 10; ++seed) {
    Hypergraph network =
        makeNetwork({.numVertices = 40, .withInputs = seed % 2 == 0}, seed);
    Random random(seed);
    Limits limits{
        .capacities = {14},
        .axons = {{"axons", 45, AxonLimit::oneEach}, {"words", 150, words}},
        .outAxons = 20};
    Blocks blocks(network, std::vector<uint64_t>(NumBlocks, 14), &limits);
    blocks.assign(randomBlocks(network, NumBlocks, random));
    int numFitting = 0, numTried = 0;
    for (int i = 0; i < 300; ++i) {
      Vertex v = random.below(network.numVertices());
      Block to = random.below(NumBlocks);
      if (to == blocks.block(v))
        continue;
      std::vector<Block> after = blocks.assignment();
      std::vector<CoreUse> old = countUse(network, limits, after, NumBlocks);
      after[v] = to;
      std::vector<CoreUse> use = countUse(network, limits, after, NumBlocks);
      bool expected = use[to].resources[0] <= 14 && use[to].axons[0] <= 45 &&
                      use[to].axons[1] <= 150;
      for (Block b = 0; b < NumBlocks; ++b)
        expected &= use[b].outAxons <= 20 || use[b].outAxons <= old[b].outAxons;
      EXPECT_EQ(blocks.fits(v, to), expected);
      numFitting += expected;
      ++numTried;
      blocks.move(v, to);
      for (Block b = 0; b < NumBlocks; ++b) {
        EXPECT_EQ(blocks.axonUse(0, b), use[b].axons[0]);
        EXPECT_EQ(blocks.axonUse(1, b), use[b].axons[1]);
        EXPECT_EQ(blocks.outAxonUse(b), use[b].outAxons);
      }
    }
    EXPECT_GT(numFitting, 0);
    EXPECT_LT(numFitting, numTried);
  }
}

TEST(Blocks, KnowTheSlotsOfCopiesAndWhatWouldExceedThem) {
  constexpr uint32_t NumBlocks = 4;
  for (uint64_t seed = 0; seed < 12; ++seed) {
    // Some vertices have two nets.
    Hypergraph network(40, 1);
    Random random(seed);
    std::vector<Vertex> targets;
    for (uint32_t i = 0; i < 55; ++i) {
      targets.clear();
      for (uint32_t k = random.below(6); k > 0; --k)
        targets.push_back(random.below(40));
      network.addNet(i < 50 ? i % 40 : OffChip, 1, targets);
    }
    network.finish();
    Limits limits{.capacities = {40}, .slots = SlotLimit{30, 1 + seed % 3}};
    Blocks blocks(network, std::vector<uint64_t>(NumBlocks, 40), &limits);
    blocks.assign(randomBlocks(network, NumBlocks, random));
    int numFitting = 0, numTried = 0;
    for (int i = 0; i < 300; ++i) {
      Vertex v = random.below(network.numVertices());
      Block to = random.below(NumBlocks);
      if (to == blocks.block(v))
        continue;
      std::vector<Block> after = blocks.assignment();
      std::vector<CoreUse> old = countUse(network, limits, after, NumBlocks);
      after[v] = to;
      std::vector<CoreUse> use = countUse(network, limits, after, NumBlocks);
      bool expected = true;
      for (Block b = 0; b < NumBlocks; ++b) {
        EXPECT_EQ(blocks.slotUse(b), old[b].slots);
        expected &= use[b].slots <= 30 || use[b].slots <= old[b].slots;
      }
      EXPECT_EQ(blocks.fits(v, to), expected);
      numFitting += expected;
      ++numTried;
      blocks.move(v, to);
    }
    EXPECT_GT(numFitting, 0);
    if (seed % 3 == 0)
      EXPECT_LT(numFitting, numTried);
  }
}

TEST(Refine, NeverMakesWorseAndStaysWithinCapacities) {
  constexpr uint32_t NumBlocks = 6;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Hypergraph network = makeNetwork(
        {.numVertices = 60, .mostNeed = 1 + static_cast<uint32_t>(seed % 3)},
        seed);
    std::vector<uint64_t> capacities(NumBlocks, 10 + 12 * (seed % 3));
    Random random(seed);
    std::vector<Block> start(network.numVertices());
    for (Vertex v = 0; v < start.size(); ++v)
      start[v] = v % NumBlocks;
    Blocks blocks(network, capacities);
    blocks.assign(start);
    Refiner refiner(blocks);
    ASSERT_TRUE(refiner.relieve());
    int64_t before = blocks.objective();
    refiner.run(random, {});
    EXPECT_LT(blocks.objective(), before);
    EXPECT_EQ(blocks.objective(), objectiveOf(network, blocks.assignment()));
    for (Block b = 0; b < NumBlocks; ++b)
      EXPECT_FALSE(blocks.isOverfull(b));
  }
}

TEST(Refine, SwapsWhereEveryBlockIsFull) {
  // Two cliques of four, two of each in the wrong block, no room at all.
  Hypergraph network(8, 1);
  for (Vertex v = 0; v < 8; ++v) {
    network.setNeed(v, 0, 1);
    std::vector<Vertex> targets;
    for (Vertex u = v & 4; u < (v & 4) + 4; ++u)
      targets.push_back(u);
    network.addNet(v, 1, targets);
  }
  network.finish();
  std::vector<Block> crossed{0, 0, 1, 1, 0, 0, 1, 1};
  Blocks kept(network, {4, 4});
  kept.assign(crossed);
  Random random(1);
  Refiner(kept).run(random, {});
  EXPECT_EQ(kept.objective(), 0);

  Blocks counted(network, {4, 4}, nullptr, Gains::Counted);
  std::vector<Block> oneCrossed{0, 0, 0, 1, 0, 1, 1, 1};
  counted.assign(oneCrossed);
  refineByRounds(counted, 1'000'000);
  EXPECT_EQ(counted.objective(), 0);
}

TEST(Refine, ByRoundsNeverMakesWorseAndKeepsLimits) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Hypergraph network = makeNetwork({.numVertices = 60, .window = 8}, seed);
    Limits limits{.capacities = {11},
                  .axons = {{"axons", 60, AxonLimit::oneEach}},
                  .outAxons = 60};
    Random random(seed);
    std::vector<Vertex> order(60);
    for (Vertex v = 0; v < 60; ++v)
      order[v] = v;
    random.shuffle(order);
    std::vector<Block> start(60);
    for (Vertex v = 0; v < 60; ++v)
      start[order[v]] = v % 6;
    Blocks blocks(network, std::vector<uint64_t>(6, 11), &limits,
                  Gains::Counted);
    blocks.assign(start);
    ASSERT_TRUE(isWithin(limits, countUse(network, limits, start, 6)));
    int64_t before = blocks.objective();
    refineByRounds(blocks, 10'000'000);
    EXPECT_LT(blocks.objective(), before);
    EXPECT_TRUE(
        isWithin(limits, countUse(network, limits, blocks.assignment(), 6)));
  }
}

TEST(Multilevel, ClustersStayWithinBlocksAndSizes) {
  for (uint64_t seed = 0; seed < 10; ++seed) {
    Hypergraph network = makeNetwork(
        {.numVertices = 80, .numResources = 2, .mostNeed = 3}, seed);
    Random random(seed);
    std::vector<Block> within = randomBlocks(network, 4, random);
    std::vector<uint64_t> largest{7, 9};
    Clustering clustering = clusterBySharing(network, largest, within, random);
    EXPECT_LT(clustering.numClusters, 80u);
    std::vector<Block> blockOf(clustering.numClusters, UINT32_MAX);
    for (Vertex v = 0; v < 80; ++v) {
      ASSERT_LT(clustering.cluster[v], clustering.numClusters);
      Block &block = blockOf[clustering.cluster[v]];
      EXPECT_TRUE(block == UINT32_MAX || block == within[v]);
      block = within[v];
    }
    Hypergraph coarse =
        network.contract(clustering.cluster, clustering.numClusters);
    for (Vertex v = 0; v < coarse.numVertices(); ++v) {
      EXPECT_LE(coarse.need(v)[0], 7u);
      EXPECT_LE(coarse.need(v)[1], 9u);
    }
    EXPECT_EQ(objectiveOf(coarse, blockOf), objectiveOf(network, within));
  }
}
