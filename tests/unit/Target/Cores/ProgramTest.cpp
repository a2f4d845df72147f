//===- ProgramTest.cpp - What the statements of a chip's program do -------===//
//
// Declarations run on one neuron, which shows the value of each register.
//
//===----------------------------------------------------------------------===//
#include "Declared.h"

#include "compiler/Target/Cores/Map/Chip.h"
#include "runtime/emulator/Emulator.h"

#include <gtest/gtest.h>

using namespace snn;
using namespace snn::target::cores;

namespace {

/// Registers of one neuron after a tick of this program.
std::vector<int64_t> tick(const std::string &registers,
                          const std::string &program) {
  lang::checked::Chip chip = declaredBy(R"(chip Small {
  timing = synchronous; delivery = sum; weights = direct
  columns = 1; rows = 1; neurons = 8; axons = 16; routes = 4; core_routes = 32
  synapses = 64; synapse_bits = unknown; weight_low = -8; weight_high = 7
  route_delay = 0; synapse_delay = 0
)" + registers + "\n  on tick {\n" + program +
                                        "\n  }\n}\n");
  if (chip.registers.empty())
    return {};
  emulator::Image image;
  declare(chip, image);
  EXPECT_TRUE(image.cores.push({0, 0, 0, 0}) && image.firstRoute.push(0) &&
              image.firstRoute.push(0) && image.firstSynapse.push(0));
  for (uint32_t i = 0; i < image.chip.registers; ++i)
    EXPECT_TRUE(image.initial.push(1));
  emulator::Error error = {};
  EXPECT_TRUE(image.check(error)) << error.message;
  emulator::Emulator engine;
  if (!engine.create(image, error) || !engine.step(nullptr, 0, error))
    return {};
  std::vector<int64_t> values;
  for (uint32_t i = 0; i < image.chip.registers; ++i)
    values.push_back(engine.state(0, i));
  return values;
}

TEST(ChipProgram, WhatARegisterDecidedHoldsAfterItChanges) {
  const char *registers = "state v = wrap(-9, 9), w = wrap(-9, 9)";
  using Values = std::vector<int64_t>;
  EXPECT_EQ(tick(registers, "if v {\nv = 0\nw = 5\n} else {\nw = 7\n}"),
            (Values{0, 5}));
  EXPECT_EQ(tick(registers, "spike when v {\nv = 0\nw = 5\n}"), (Values{0, 5}));
  EXPECT_EQ(tick(registers, "let old = v\nv = 0\nw = old + 5"), (Values{0, 6}));
}

} // namespace
