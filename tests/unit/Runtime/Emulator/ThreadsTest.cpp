//===- ThreadsTest.cpp - Threads of the fast engine change nothing --------===//
//
// Networks of enough neurons that the engine uses all threads it may: one whose
// cores add up what arrives, with weights that round, and one that takes each
// event.
//
//===----------------------------------------------------------------------===//
#include "Chips.h"

#include "runtime/emulator/FastEmulator.h"

#include <random>

using namespace chips;

namespace {

constexpr uint32_t Columns = 9, Rows = 5, Cores = Columns * Rows;
constexpr uint32_t NeuronsEach = 500, AxonsEach = 20;
constexpr uint32_t Lines = 60, Ticks = 25;

/// Cores on a grid, with random rows and random routes.
Builder randomNetwork(std::mt19937 &draw, std::vector<int32_t> parameters,
                      std::vector<int32_t> initial, bool rounding,
                      std::vector<int16_t> table) {
  auto below = [&](uint32_t bound) {
    return static_cast<uint32_t>(draw() % bound);
  };
  auto route = [&] {
    return Route{below(Cores), static_cast<uint16_t>(below(AxonsEach)),
                 static_cast<uint16_t>(below(3))};
  };
  Builder net;
  for (uint32_t core = 0; core < Cores; ++core) {
    net.places.push_back(core);
    for (uint32_t i = 0; i < NeuronsEach; ++i)
      net.neurons.push_back({core, parameters, initial, table, {route()}});
    for (uint32_t axon = 0; axon < AxonsEach; ++axon) {
      std::vector<Synapse> synapses;
      for (uint32_t i = 0; i < 60; ++i)
        synapses.push_back(
            {static_cast<uint16_t>(below(NeuronsEach)),
             static_cast<int16_t>(static_cast<int>(below(41)) - 12), 0});
      auto group = static_cast<int8_t>(
          rounding ? static_cast<int>(axon) / 10 - 1 : below(4));
      net.axons.push_back({core, group, synapses});
    }
  }
  for (uint32_t line = 0; line < Lines; ++line)
    net.inputs.push_back({NoCore, {route(), route()}});
  return net;
}

void compare(const Image &image, std::mt19937 &draw) {
  Emulator reference;
  FastEmulator one, three;
  Error error = {};
  ASSERT_TRUE(reference.create(image, error)) << error.message;
  ASSERT_TRUE(one.create(image, error, {}, 1));
  ASSERT_TRUE(three.create(image, error, {}, 3));
  ASSERT_EQ(three.threads(), 3u);
  for (uint32_t tick = 0; tick < Ticks; ++tick) {
    std::vector<uint32_t> lines;
    for (uint32_t line = 0; line < Lines; ++line)
      if (draw() % 2)
        lines.push_back(line);
    ASSERT_TRUE(reference.step(lines.data(), lines.size(), error));
    for (FastEmulator *fast : {&one, &three}) {
      ASSERT_TRUE(fast->step(lines.data(), lines.size(), error));
      ASSERT_TRUE(std::ranges::equal(reference.spikes(), fast->spikes()));
      ASSERT_TRUE(reference.counters() == fast->counters());
    }
  }
  for (uint32_t neuron = 0; neuron < image.neurons(); ++neuron)
    for (uint32_t state = 0; state < image.chip.registers; ++state)
      ASSERT_EQ(three.state(neuron, state), reference.state(neuron, state));
  EXPECT_TRUE(
      std::ranges::equal(reference.mesh().links(), three.mesh().links()));
  EXPECT_GT(reference.counters().spikes, 1000u);
}

TEST(Threads, AddUpWhatArrivesAsOneDoes) {
  std::mt19937 draw(7);
  Image image;
  loihi(image);
  image.chip.columns = Columns;
  image.chip.rows = Rows;
  randomNetwork(draw, {2048, 400, 3, 6}, {0, 0}, /*rounding=*/true, {})
      .pack(image);
  compare(image, draw);
}

TEST(Threads, TakeEachEventAsOneDoes) {
  std::mt19937 draw(8);
  Image image;
  ranc(image, {"v", -256, 255, Overflow::Wrap, 0});
  image.chip.columns = Columns;
  image.chip.rows = Rows;
  randomNetwork(draw, {-1, 5, -100, 0, 0}, {0}, /*rounding=*/false,
                {4, 6, -3, 2})
      .pack(image);
  compare(image, draw);
}

} // namespace
