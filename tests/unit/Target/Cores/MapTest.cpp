//===- MapTest.cpp - A mapped network does what the unmapped one does -----===//
//
// The contract of mapping: random networks in a chip's codes, interpreted
// without cores, and the emulator on the image that the mapper made of them,
// show the same spikes and potentials, tick by tick. And the verifier, which
// shares no code with the mapper, finds nothing.
//
//===----------------------------------------------------------------------===//
#include "Declared.h"
#include "RandomNetwork.h"
#include "Unmapped.h"

#include "compiler/Target/Cores/Map/Allocate.h"
#include "compiler/Target/Cores/Verify/Verify.h"
#include "runtime/emulator/Emulator.h"

#include <gtest/gtest.h>

#include <cmath>

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
  uint64_t spikes = 0, silent = 0;
  for (uint32_t seed = 0; seed < given.networks; ++seed) {
    Network network = drawNetwork(given.taste, seed);
    auto quantized = quantize(network, chip);
    ASSERT_TRUE(std::holds_alternative<CodedNetwork>(quantized))
        << std::get<Refusal>(quantized).message;
    auto &coded = std::get<CodedNetwork>(quantized);
    emulator::Image image;
    declare(chip, image);
    std::vector<double> rates(network.numNeurons + network.numLines, 1);
    auto made = allocate(network, coded, rates, chip, image, 0);
    ASSERT_TRUE(std::holds_alternative<Mapping>(made))
        << std::get<Refusal>(made).message;
    const Mapping &mapping = std::get<Mapping>(made);
    emulator::Error error = {};
    ASSERT_TRUE(image.check(error)) << error.message;
    std::vector<std::string> broken = verifyImage(image, chip);
    ASSERT_TRUE(broken.empty()) << broken.front();
    std::map<uint32_t, uint32_t> meaning;
    for (uint32_t n = 0; n < network.numNeurons; ++n)
      meaning[mapping.place[n]] = n;

    emulator::Emulator engine;
    ASSERT_TRUE(engine.create(image, error));
    Unmapped reference(coded, chip);
    std::mt19937 random(seed + 1000);
    for (int t = 0; t < 60; ++t) {
      std::vector<uint32_t> lines, got;
      for (uint32_t line = 0; line < network.numLines; ++line)
        if (random() % 4 == 0)
          lines.push_back(line);
      ASSERT_TRUE(engine.step(lines.data(), lines.size(), error));
      for (uint32_t neuron : engine.spikes())
        if (meaning.contains(neuron))
          got.push_back(meaning[neuron]);
      std::vector<uint32_t> want = reference.step(lines);
      // Cores fire in the order of their numbers; on one core order counts.
      if (chip.words["timing"] != "events")
        std::sort(got.begin(), got.end());
      ASSERT_EQ(got, want) << given.chip << " net " << seed << " tick " << t;
      for (uint32_t n = 0; n < network.numNeurons; ++n) {
        auto v = static_cast<uint32_t>(findRegister(chip, "v"));
        ASSERT_EQ(engine.state(mapping.place[n], v), reference.potential(n))
            << given.chip << " net " << seed << " tick " << t << " n " << n;
      }
      spikes += got.size();
      silent += network.numNeurons - got.size();
    }
  }
  EXPECT_GT(spikes, 1000u);
  EXPECT_GT(silent, spikes / 16);
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
        Case{"generic_mesh", {.biased = true, .subtracts = true}}));

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
    lang::checked::Chip chip = declared(name);
    Network network = drawNetwork(taste, 1);
    auto quantized = quantize(network, chip);
    const auto *coded = std::get_if<CodedNetwork>(&quantized);
    if (!coded)
      return std::string();
    emulator::Image image;
    declare(chip, image);
    std::vector<double> rates(network.numNeurons + network.numLines, 1);
    auto made = allocate(network, *coded, rates, chip, image, 0);
    const auto *refusal = std::get_if<Refusal>(&made);
    if (!refusal)
      return std::string();
    // Too much of something, or a delay that is never had.
    EXPECT_EQ(refusal->code, taste.latest ? "E0821" : "E0822");
    return refusal->message;
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
