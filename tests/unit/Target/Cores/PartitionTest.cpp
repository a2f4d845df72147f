//===- PartitionTest.cpp - Which neuron goes to which core ------*- C++ -*-===//
//
// Limits are kept, objectives are those from scratch, small optima are found,
// bounds are bounds, and the result is a function of the seed.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Partition.h"
#include "tests/unit/Target/Cores/Networks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

using namespace snn::target::cores;

static void expectValid(const Hypergraph &network, const Limits &limits,
                        const Partition &found) {
  ASSERT_EQ(found.core.size(), network.numVertices());
  std::vector<uint32_t> size(found.numCores, 0);
  for (Core core : found.core) {
    ASSERT_LT(core, found.numCores);
    ++size[core];
  }
  EXPECT_EQ(std::ranges::count(size, 0u), 0) << "no core is empty";
  std::vector<CoreUse> use =
      countUse(network, limits, found.core, found.numCores);
  EXPECT_TRUE(isWithin(limits, use));
  if (limits.numCores) {
    EXPECT_LE(found.numCores, limits.numCores);
  }
  EXPECT_DOUBLE_EQ(found.messages, countMessages(network, found.core));
  EXPECT_GE(found.numCores, coreBounds(network, limits).cores);
  EXPECT_GE(found.messages,
            messageBound(network, limits) - 1e-9 * found.spikes);
}

static Partition expectPartition(const Hypergraph &network,
                                 const Limits &limits,
                                 const PartitionOptions &options = {}) {
  auto result = partition(network, limits, options);
  EXPECT_TRUE(std::holds_alternative<Partition>(result));
  if (auto *found = std::get_if<Partition>(&result)) {
    expectValid(network, limits, *found);
    return *found;
  }
  return {};
}

TEST(Partition, KeepsEveryAdditiveLimitOfRandomNetworks) {
  for (uint64_t seed = 0; seed < 12; ++seed) {
    Hypergraph network = makeNetwork({.numVertices = 120,
                                      .numResources = 3,
                                      .mostNeed = 6,
                                      .window = seed % 2 ? 20u : 0u,
                                      .withInputs = seed % 3 == 0},
                                     seed);
    expectPartition(network, {.capacities = {40, 60, 50}}, {.seed = seed});
  }
}

TEST(Partition, KeepsLimitsOfAxonsWhateverTheirCost) {
  // As memory in words of 4 synapses with a header, as on Loihi.
  auto words = [](uint32_t n) { return 1 + (n + uint64_t{3}) / 4; };
  int numBinding = 0;
  for (uint64_t seed = 0; seed < 12; ++seed) {
    Hypergraph network = makeNetwork({.numVertices = 120,
                                      .window = seed % 2 ? 20u : 0u,
                                      .withInputs = seed % 3 == 0},
                                     seed);
    Limits limits{
        .capacities = {16},
        .axons = {{"axons", 32, AxonLimit::oneEach}, {"words", 75, words}},
        .outAxons = 45};
    expectPartition(network, limits, {.seed = seed});
    Partition free = expectPartition(network, {.capacities = {16}});
    numBinding +=
        !isWithin(limits, countUse(network, limits, free.core, free.numCores));
  }
  EXPECT_GE(numBinding, 6) << "the limits forbid what would be best without";
}

TEST(Partition, KeepsRoomForTheCopiesOfNeurons) {
  int numBinding = 0;
  for (uint64_t seed = 0; seed < 12; ++seed) {
    Hypergraph network = makeNetwork({.numVertices = 120,
                                      .window = seed % 2 ? 20u : 0u,
                                      .withInputs = seed % 3 == 0},
                                     seed);
    Limits limits{.capacities = {24}, .slots = SlotLimit{24, 1 + seed % 2}};
    expectPartition(network, limits, {.seed = seed});
    Partition free = expectPartition(network, {.capacities = {24}});
    numBinding +=
        !isWithin(limits, countUse(network, limits, free.core, free.numCores));
  }
  EXPECT_GE(numBinding, 6) << "copies forbid what would be best without";
}

TEST(Partition, SaysWhoseCopiesNoCoreHolds) {
  // One vertex reaches twelve others, of which no two share a core.
  Hypergraph network(13, 1);
  std::vector<Vertex> targets;
  for (Vertex v = 0; v < 13; ++v) {
    network.setNeed(v, 0, v ? 3 : 1);
    if (v)
      targets.push_back(v);
  }
  network.addNet(0, 1, targets);
  network.finish();
  auto made = partition(network, {.capacities = {5}, .slots = SlotLimit{5, 1}});
  const Misfit *misfit = std::get_if<Misfit>(&made);
  ASSERT_TRUE(misfit);
  EXPECT_EQ(misfit->kind, Misfit::Kind::Slots);
  EXPECT_EQ(misfit->vertex, 0u);
  EXPECT_GT(misfit->need, 5u);
  EXPECT_EQ(misfit->capacity, 5u);
}

TEST(Partition, IsNeverWorseThanTheOrderOfTheNeurons) {
  for (uint64_t seed = 0; seed < 6; ++seed) {
    Hypergraph network = makeNetwork({.numVertices = 150, .window = 15}, seed);
    Partition found = expectPartition(network, {.capacities = {16}});
    ASSERT_FALSE(found.attempts.empty());
    EXPECT_EQ(found.attempts[0].seed, "sequential");
    for (const Attempt &attempt : found.attempts) {
      EXPECT_LE(attempt.refined, attempt.start);
      EXPECT_LE(found.messages, attempt.refined);
    }
  }
}

/// The fewest messages of any assignment to so many cores of 3 slots.
static double leastMessages(const Hypergraph &network, uint32_t numCores) {
  std::vector<Core> core(network.numVertices(), 0);
  double least = 1e300;
  for (;;) {
    std::vector<uint32_t> size(numCores, 0);
    for (Core one : core)
      ++size[one];
    if (std::ranges::max(size) <= 3)
      least = std::min(least, countMessages(network, core));
    Vertex v = 0;
    while (v < core.size() && ++core[v] == numCores)
      core[v++] = 0;
    if (v == core.size())
      return least;
  }
}

TEST(Partition, FindsTheOptimumOfSmallNetworks) {
  for (uint64_t seed = 0; seed < 30; ++seed) {
    Hypergraph network = makeNetwork(
        {.numVertices = 8, .mostTargets = 3, .withInputs = seed % 2 == 0},
        seed);
    Partition found = expectPartition(network, {.capacities = {3}},
                                      {.seed = seed, .effort = 4});
    EXPECT_EQ(found.numCores, 3u);
    double least = leastMessages(network, 3);
    EXPECT_NEAR(found.messages, least, 1e-4 * found.spikes) << "seed " << seed;
    EXPECT_LE(messageBound(network, {.capacities = {3}}),
              least + 1e-9 * found.spikes);
  }
}

TEST(Partition, IsTheSameOnEveryThread) {
  Hypergraph network = makeNetwork({.numVertices = 300, .window = 30}, 3);
  Limits limits{.capacities = {20}};
  std::vector<Partition> found(3);
  std::vector<std::thread> threads;
  for (Partition &one : found)
    threads.emplace_back([&] {
      one = std::get<Partition>(partition(network, limits, {.seed = 9}));
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(found[0].core, found[1].core);
  EXPECT_EQ(found[0].core, found[2].core);
}

TEST(Partition, KeepsDenseLayersWhole) {
  // 24 -> 8 -> 8 on cores of 8: every neuron of a layer sends the same messages
  // wherever it is, so each layer wants a core of its own.
  Hypergraph network(40, 1);
  std::vector<Vertex> targets(8);
  for (Vertex v = 0; v < 40; ++v) {
    network.setNeed(v, 0, 1);
    targets.resize(v < 32 ? 8 : 0);
    for (Vertex i = 0; i < targets.size(); ++i)
      targets[i] = (v < 24 ? 24 : 32) + i;
    network.addNet(v, 1, targets);
  }
  network.finish();
  Limits limits{.capacities = {8}};
  Partition found = expectPartition(network, limits);
  EXPECT_EQ(found.numCores, 5u);
  EXPECT_EQ(found.messages, 32);
  EXPECT_EQ(messageBound(network, limits), 32);
}

TEST(Partition, ShardsALocalNetworkThatComesInRandomOrder) {
  // A ring of 128 with names in random order, 4 neighbours on: an interval of
  // 16 sends from its last 4 only.
  std::vector<Vertex> name(128);
  for (Vertex v = 0; v < 128; ++v)
    name[v] = v;
  Random random(2);
  random.shuffle(name);
  Hypergraph network(128, 1);
  for (Vertex v = 0; v < 128; ++v) {
    network.setNeed(v, 0, 1);
    std::vector<Vertex> targets;
    for (Vertex i = 1; i <= 4; ++i)
      targets.push_back(name[(v + i) % 128]);
    network.addNet(name[v], 1, targets);
  }
  network.finish();
  Partition found = expectPartition(network, {.capacities = {16}});
  EXPECT_EQ(found.numCores, 8u);
  EXPECT_LE(found.messages, 8 * 4 * 1.25);
}

TEST(Partition, SaysWhichVertexFitsNoCore) {
  Hypergraph network(3, 2);
  network.setNeed(1, 1, 9);
  network.addNet(0, 1, std::vector<Vertex>{2});
  network.addNet(1, 1, std::vector<Vertex>{2});
  network.addNet(2, 1, std::vector<Vertex>{0, 1});
  network.finish();

  auto result = partition(network, {.capacities = {1, 8}});
  auto *misfit = std::get_if<Misfit>(&result);
  ASSERT_TRUE(misfit);
  EXPECT_EQ(misfit->kind, Misfit::Kind::Resource);
  EXPECT_EQ(misfit->index, 1u);
  EXPECT_EQ(misfit->vertex, 1u);
  EXPECT_EQ(misfit->need, 9u);
  EXPECT_EQ(misfit->capacity, 8u);

  result = partition(network, {.capacities = {1, 9},
                               .axons = {{"axons", 1, AxonLimit::oneEach}}});
  misfit = std::get_if<Misfit>(&result);
  ASSERT_TRUE(misfit);
  EXPECT_EQ(misfit->kind, Misfit::Kind::Axons);
  EXPECT_EQ(misfit->vertex, 2u);
  EXPECT_EQ(misfit->need, 2u);
}

TEST(Partition, SaysHowManyCoresAreMissing) {
  Hypergraph network = makeNetwork({.numVertices = 50}, 1);
  auto result = partition(network, {.capacities = {10}, .numCores = 4});
  auto *misfit = std::get_if<Misfit>(&result);
  ASSERT_TRUE(misfit);
  EXPECT_EQ(misfit->kind, Misfit::Kind::TooFewCores);
  EXPECT_EQ(misfit->need, 5u);
  EXPECT_EQ(misfit->capacity, 4u);
  expectPartition(network, {.capacities = {10}, .numCores = 5});
}

TEST(Bounds, PackingSeesThatTwoLargeOnesDoNotShare) {
  Hypergraph network(6, 1);
  for (Vertex v = 0; v < 6; ++v)
    network.setNeed(v, 0, v < 4 ? 6 : 3);
  network.finish();
  // 30/10 = 3 by counting.
  EXPECT_EQ(coreBounds(network, {.capacities = {10}}).cores, 4u);
}

TEST(Bounds, AxonsAreCountedForEachSourceWithTargets) {
  Hypergraph network(10, 1);
  for (Vertex v = 0; v < 10; ++v)
    network.addNet(v, 1, std::vector<Vertex>(v % 5 ? 3 : 0, (v + 1) % 10));
  network.finish();
  CoreBounds bounds = coreBounds(
      network, {.capacities = {1}, .axons = {{"a", 3, AxonLimit::oneEach}}});
  EXPECT_EQ(bounds.byResource[0], 0u) << "nothing is needed";
  EXPECT_EQ(bounds.byAxons[0], 3u) << "8 sources on cores of 3";
  EXPECT_EQ(bounds.cores, 3u);
}
