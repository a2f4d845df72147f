//===- SplitTest.cpp - Neurons that send to more than one can -------------===//
//
// Small cores, hubs that reach more of them than their copies have room for:
// relays and replicas must show the spikes that the network has without cores.
//
//===----------------------------------------------------------------------===//
#include "Contract.h"
#include "Declared.h"
#include "RandomNetwork.h"

using namespace snn;
using namespace snn::target::cores;

namespace {

/// A chip of the library with cores of few neurons.
lang::checked::Chip withSmallCores(const char *name, int64_t neurons,
                                   int64_t axons) {
  lang::checked::Chip chip = declared(name);
  chip.numbers["neurons"] = neurons;
  chip.numbers["axons"] = axons;
  chip.numbers["core_routes"] = neurons;
  chip.numbers["columns"] = 32;
  chip.numbers["rows"] = 32;
  return chip;
}

/// Some neurons of a random network get targets everywhere.
Network withHubs(const Taste &taste, uint32_t seed, uint32_t numHubs,
                 uint32_t fanOut, uint16_t soonest) {
  Network network = drawNetwork(taste, seed);
  std::mt19937 random(seed + 77);
  std::vector<std::pair<uint32_t, Edge>> edges;
  for (uint32_t source = 0; source < network.edges.numRows(); ++source)
    for (const Edge &edge : network.edges[source])
      edges.emplace_back(source, edge);
  for (uint32_t hub = 0; hub < numHubs; ++hub)
    for (uint32_t i = 0; i < fanOut; ++i)
      edges.emplace_back(
          hub * 7, Edge{1, static_cast<uint32_t>(random() % network.numNeurons),
                        static_cast<uint16_t>(soonest + random() % 3)});
  network.edges = inRows(network.edges.numRows(), edges);
  return network;
}

struct Counts {
  uint32_t relays = 0, replicas = 0, latest = 0;
};

Counts countHelpers(const Mapped &mapped) {
  Counts counts;
  for (const Helper &helper : mapped.mapping.helpers) {
    ++(helper.isRelay ? counts.relays : counts.replicas);
    counts.latest = std::max(counts.latest, helper.late);
  }
  return counts;
}

class Helpers : public testing::TestWithParam<const char *> {};

TEST_P(Helpers, ShowTheSpikesOfTheNetworkWithoutThem) {
  lang::checked::Chip chip = withSmallCores(GetParam(), 8, 64);
  Shown shown;
  Counts all;
  for (uint32_t seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE("network " + std::to_string(seed));
    // Delays of one tick leave time for replicas alone.
    auto soonest = static_cast<uint16_t>(seed % 3);
    Mapped mapped =
        mapNetwork(chip, withHubs({.biased = true, .fanIn = 3, .weight = 1},
                                  seed, 1 + seed % 4, 60, soonest));
    ASSERT_EQ(mapped.refused, "");
    Counts counts = countHelpers(mapped);
    EXPECT_GT(counts.relays + counts.replicas, 0u);
    EXPECT_EQ(mapped.mapping.split.has_value(), true);
    all.relays += counts.relays;
    all.replicas += counts.replicas;
    all.latest = std::max(all.latest, counts.latest);
    holdContract(chip, mapped, seed, shown);
    ASSERT_FALSE(HasFatalFailure());
  }
  EXPECT_GT(all.relays, 0u);
  EXPECT_GT(all.replicas, 0u);
  EXPECT_GT(shown.spikes, 1000u);
}

INSTANTIATE_TEST_SUITE_P(All, Helpers,
                         testing::Values("ranc_256", "truenorth"));

TEST(Helpers, AreOfRelaysWhereDelaysLeaveTime) {
  lang::checked::Chip chip = withSmallCores("ranc_256", 8, 64);
  for (uint16_t soonest : {0, 1, 4}) {
    Mapped mapped = mapNetwork(
        chip, withHubs({.biased = true, .fanIn = 3, .latest = 0, .weight = 1},
                       5, 1, 60, soonest));
    ASSERT_EQ(mapped.refused, "");
    Counts counts = countHelpers(mapped);
    EXPECT_GT(counts.relays, 0u);
    // What is taken off delays is the least of them, in all; relays of relays
    // take a part each.
    EXPECT_GE(counts.latest, std::max<uint32_t>(soonest, 1));
    EXPECT_LE(counts.latest, soonest + 2u);
  }
}

TEST(Helpers, AreSeenToBeWrongByTheVerifier) {
  lang::checked::Chip chip = withSmallCores("ranc_256", 8, 64);
  Mapped mapped = mapNetwork(
      chip, withHubs({.biased = true, .fanIn = 3, .latest = 0, .weight = 1}, 5,
                     2, 60, 0));
  ASSERT_EQ(mapped.refused, "");
  std::vector<Stand> stands = standsIn(mapped);
  auto relay = std::ranges::find_if(stands, &Stand::isRelay),
       replica = std::ranges::find_if(
           stands, [](const Stand &one) { return !one.isRelay; });
  ASSERT_NE(relay, stands.end());
  ASSERT_NE(replica, stands.end());
  uint32_t same = replica->first + replica->count - 1;
  ASSERT_NE(same, replica->of);
  auto said = [&](const char *what) {
    std::vector<std::string> found = verifyStands(mapped.image, stands);
    return std::ranges::any_of(found, [&](const std::string &one) {
      return one.find(what) != std::string::npos;
    });
  };
  ASSERT_FALSE(said(""));
  auto index = static_cast<size_t>(findParameter(chip, "threshold"));
  int32_t &high =
      mapped.image.parameters[relay->first * chip.parameters.size() + index];
  high += 1;
  EXPECT_TRUE(said("does not pass each of its spikes on"));
  high -= 1;
  mapped.image.initial[same] += 1;
  EXPECT_TRUE(said("has other numbers"));
  mapped.image.initial[same] -= 1;
  // Another weight of whatever type arrives.
  size_t types = mapped.image.weightTable.size() / mapped.image.neurons();
  for (size_t i = 0; i < types; ++i)
    mapped.image.weightTable[same * types + i] += 1;
  EXPECT_TRUE(said("gets other spikes"));
  for (size_t i = 0; i < types; ++i)
    mapped.image.weightTable[same * types + i] -= 1;
  uint32_t of = std::exchange(relay->of, relay->of == 0 ? 1 : 0);
  EXPECT_TRUE(said("is no relay of its spikes alone"));
  relay->of = of;
  relay->first = mapped.image.neurons();
  EXPECT_TRUE(said("that is not there"));
}

TEST(Helpers, AreNoneWhereCopiesFit) {
  Mapped mapped = mapNetwork(
      declared("ranc_256"),
      withHubs({.biased = true, .fanIn = 3, .weight = 1}, 1, 2, 60, 1));
  ASSERT_EQ(mapped.refused, "");
  EXPECT_TRUE(mapped.mapping.helpers.empty());
  EXPECT_FALSE(mapped.mapping.split.has_value());
}

TEST(Helpers, EndWhereTheChipDoes) {
  lang::checked::Chip chip = withSmallCores("ranc_256", 4, 64);
  chip.numbers["columns"] = 4;
  chip.numbers["rows"] = 4;
  Mapped mapped = mapNetwork(
      chip, withHubs({.biased = true, .fanIn = 3, .weight = 1}, 1, 8, 60, 0));
  EXPECT_EQ(mapped.code, "E0822");
}

} // namespace
