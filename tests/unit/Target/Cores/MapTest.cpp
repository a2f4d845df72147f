//===- MapTest.cpp - A mapped network does what the unmapped one does -----===//
//
// The contract of mapping: random networks in a chip's codes, interpreted
// without cores, and the emulator on the image that the mapper made of them,
// show the same spikes and potentials, tick by tick. And the verifier, which
// shares no code with the mapper, finds nothing.
//
//===----------------------------------------------------------------------===//
#include "Contract.h"
#include "Declared.h"
#include "RandomNetwork.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

using namespace snn;
using namespace snn::target::cores;

namespace {

struct Case {
  const char *chip;
  Taste taste;
  uint32_t networks = 20;
};

std::ostream &operator<<(std::ostream &out, const Case &one) {
  return out << one.chip;
}

class Contract : public testing::TestWithParam<Case> {};

TEST_P(Contract, MappedIsUnmappedSpikeForSpike) {
  const Case &given = GetParam();
  lang::checked::Chip chip = declared(given.chip);
  ASSERT_EQ(chip.name, given.chip);
  Shown shown;
  for (uint32_t seed = 0; seed < given.networks; ++seed) {
    SCOPED_TRACE("network " + std::to_string(seed));
    Mapped mapped = mapNetwork(chip, drawNetwork(given.taste, seed));
    ASSERT_EQ(mapped.refused, "");
    holdContract(chip, mapped, seed, shown);
    ASSERT_FALSE(HasFatalFailure());
  }
  EXPECT_GT(shown.spikes, 1000u);
  EXPECT_GT(shown.silent, shown.spikes / 16);
}

constexpr Taste Jumps{.biased = true, .latest = 5};
constexpr Taste Small{
    .populations = 1, .neurons = 60, .lines = 40, .weight = 2};
INSTANTIATE_TEST_SUITE_P(
    All, Contract,
    testing::Values(
        Case{"ranc_256", Jumps},
        Case{"ranc_256", {.subtracts = true, .neurons = 150, .weight = 2}, 10},
        Case{"truenorth", {.subtracts = true, .neurons = 200, .latest = 3}, 10},
        Case{"tinyodin", Small},
        Case{"loihi2_class", {.leaks = true, .currents = true, .latest = 20}},
        Case{"loihi2_class", {.leaks = true, .refractory = true}},
        Case{"loihi1",
             {.leaks = true,
              .biased = true,
              .neurons = 700,
              .fanIn = 40,
              .latest = 9},
             4},
        Case{"generic_mesh",
             {.leaks = true,
              .currents = true,
              .biased = true,
              .neurons = 600,
              .latest = 30},
             4},
        Case{"generic_mesh", {.biased = true, .subtracts = true}},
        // More sources of one core than 16 bits count.
        Case{"loihi2_class",
             {.recurrent = false,
              .populations = 1,
              .neurons = 700,
              .lines = 90'000,
              .fanIn = 200,
              .threshold = 150},
             1}));

/// Any network that the chip's neuron could compute.
Taste drawTaste(const lang::checked::Chip &chip, std::mt19937 &random) {
  auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  auto maybe = [&](const char *parameter) {
    return below(2) && findParameter(chip, parameter) >= 0;
  };
  bool events = chip.words.at("timing") == "events";
  Taste taste;
  taste.leaks = maybe("decay_v");
  taste.currents = maybe("decay_u");
  taste.twoCurrents = maybe("decay_u_1");
  taste.biased = maybe("bias");
  taste.refractory = maybe("refractory");
  taste.subtracts = !taste.refractory && maybe("reset_mode");
  taste.recurrent = below(4) > 0;
  taste.populations = 1 + below(3);
  taste.neurons = 1 + below(events ? 60 : 150);
  taste.lines = 1 + below(40);
  // Where spikes act at once, strong ones would excite each other without end.
  taste.fanIn = 1 + below(events ? 8 : 16);
  taste.latest = events || below(2) ? 0 : below(14);
  taste.weight = 1 + below(events ? 2 : 4);
  taste.threshold = (events ? 8 : 3) + below(14);
  return taste;
}

/// SNN_CONTRACT_NETWORKS says how many; tests/contract/run does.
TEST(Contract, HoldsForAnyNetworkThatFits) {
  const char *asked = std::getenv("SNN_CONTRACT_NETWORKS");
  auto networks = static_cast<uint32_t>(asked ? std::atoi(asked) : 60);
  std::mt19937 random(11);
  Shown shown;
  std::map<std::string, uint32_t> held, refused;
  for (uint32_t i = 0; i < networks; ++i) {
    static const char *const names[] = {"ranc_256", "truenorth",
                                        "loihi1",   "loihi2_class",
                                        "tinyodin", "generic_mesh"};
    lang::checked::Chip chip = declared(names[i % std::size(names)]);
    SCOPED_TRACE(chip.name + ", network " + std::to_string(i));
    Taste taste = drawTaste(chip, random);
    Mapped mapped = mapNetwork(chip, drawNetwork(taste, i));
    if (!mapped.refused.empty()) {
      // Four weights are too few for some, a table of no use to others.
      ASSERT_TRUE(mapped.code == "E0821" || mapped.code == "E0822")
          << mapped.refused;
      ++refused[chip.name];
      continue;
    }
    ++held[chip.name];
    holdContract(chip, mapped, i, shown);
    ASSERT_FALSE(HasFatalFailure());
  }
  for (const auto &[chip, count] : held) {
    std::cout << chip << ": " << count << " networks equal, " << refused[chip]
              << " refused\n";
    EXPECT_GT(count, 4 * refused[chip]) << chip;
  }
  EXPECT_EQ(held.size(), 6u);
  EXPECT_GT(shown.spikes, 20u * networks);
  std::cout << shown.spikes << " spikes\n";
}

TEST(Network, EdgesThatAgreeAreOneWithTheSumOfTheirWeights) {
  Rows<Edge> rows =
      inRows(3, std::vector<std::pair<uint32_t, Edge>>{{2, {1.5, 7, 0}},
                                                       {0, {4, 9, 1}},
                                                       {2, {2, 3, 5}},
                                                       {2, {-1, 7, 0}},
                                                       {2, {8, 7, 0, 1}},
                                                       {2, {16, 7, 2}}});
  ASSERT_EQ(rows.numRows(), 3u);
  EXPECT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[0].size(), 1u);
  EXPECT_TRUE(rows[1].empty());
  const double weights[] = {2, 0.5, 8, 16};
  const uint32_t targets[] = {3, 7, 7, 7};
  ASSERT_EQ(rows[2].size(), std::size(weights));
  for (size_t i = 0; i < std::size(weights); ++i) {
    EXPECT_EQ(rows[2][i].weight, weights[i]) << i;
    EXPECT_EQ(rows[2][i].target, targets[i]) << i;
  }
}

TEST(Quantize, WholeNumbersLoseNothing) {
  for (const char *name :
       {"ranc_256", "truenorth", "tinyodin", "loihi2_class", "generic_mesh"}) {
    lang::checked::Chip chip = declared(name);
    // Sums of these have few values, as a table needs.
    Network network = drawNetwork({.populations = 1, .weight = 1}, 1);
    auto coded = quantize(network, chip);
    ASSERT_TRUE(std::holds_alternative<CodedNetwork>(coded)) << name;
    EXPECT_TRUE(std::get<CodedNetwork>(coded).losses[0].isExact()) << name;
  }
}

TEST(Quantize, WhatAChipCannotComputeIsRefusedByName) {
  auto refusalOf = [](const char *name, const Taste &taste) {
    lang::checked::Chip chip = declared(name);
    auto coded = quantize(drawNetwork(taste, 1), chip);
    const auto *refusal = std::get_if<Refusal>(&coded);
    if (!refusal)
      return std::string();
    EXPECT_EQ(refusal->code, "E0821");
    return refusal->message;
  };
  EXPECT_NE(refusalOf("ranc_256", {.leaks = true}).find("leaks"),
            std::string::npos);
  EXPECT_NE(refusalOf("ranc_256", {.currents = true}).find("currents"),
            std::string::npos);
  EXPECT_NE(refusalOf("tinyodin", {.biased = true}).find("added"),
            std::string::npos);
  EXPECT_NE(refusalOf("loihi1", {.subtracts = true}).find("threshold off"),
            std::string::npos);
  EXPECT_NE(refusalOf("ranc_256", {.refractory = true}).find("refractory"),
            std::string::npos);
  EXPECT_NE(refusalOf("tinyodin", {.threshold = 1e6}).find("no scale"),
            std::string::npos);
}

TEST(Allocate, WhatDoesNotFitSaysOfWhatThereIsTooLittle) {
  auto refusalOf = [](const char *name, const Taste &taste) {
    Mapped mapped = mapNetwork(declared(name), drawNetwork(taste, 1));
    if (mapped.refused.empty())
      return std::string();
    // Too much of something, or a delay that is never had.
    EXPECT_EQ(mapped.code, taste.latest ? "E0821" : "E0822");
    return mapped.refused;
  };
  // 300 sources onto one neuron; a core has 256 axons.
  std::string axons = refusalOf(
      "ranc_256",
      {.recurrent = false, .populations = 1, .lines = 900, .fanIn = 600});
  EXPECT_NE(axons.find("256"), std::string::npos) << axons;
  EXPECT_NE(axons.find("axons"), std::string::npos) << axons;
  std::string cores =
      refusalOf("tinyodin", {.populations = 1, .neurons = 300, .weight = 2});
  EXPECT_NE(cores.find("cores"), std::string::npos) << cores;
  std::string delays = refusalOf("ranc_256", {.latest = 40});
  EXPECT_NE(delays.find("ticks"), std::string::npos) << delays;
  EXPECT_NE(refusalOf("tinyodin", {.latest = 1, .weight = 2}).find("no delays"),
            std::string::npos);
}

} // namespace
