//===- Chip.cpp - From declarations to what images say of a chip ----------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Chip.h"

#include <cstdlib>

using namespace snn::emulator;
using snn::lang::checked::ChipOperation;

namespace snn::target::cores {

static void put(Buffer<Instruction> &code,
                const std::vector<lang::checked::ChipStep> &steps) {
  static_assert(static_cast<uint8_t>(Operation::Spike) ==
                    static_cast<uint8_t>(ChipOperation::Spike) &&
                static_cast<uint8_t>(Operation::Select) ==
                    static_cast<uint8_t>(ChipOperation::Select) &&
                Always == lang::checked::ChipAlways);
  code.clear();
  for (const lang::checked::ChipStep &step : steps)
    if (!code.push({static_cast<Operation>(step.operation),
                    static_cast<uint8_t>(step.slot),
                    static_cast<uint8_t>(step.a),
                    static_cast<uint8_t>(step.b),
                    static_cast<uint8_t>(step.c),
                    {},
                    step.value}))
      abort();
}

void declare(const lang::checked::Chip &from, Image &image) {
  auto word = [&](const char *name) { return from.words.at(name); };
  auto number = [&](const char *name) {
    auto found = from.numbers.find(name);
    return found == from.numbers.end() ? Unknown : found->second;
  };
  auto count = [&](const char *name) {
    return static_cast<uint32_t>(from.numbers.at(name));
  };
  auto cost = [&](const char *name) {
    auto found = from.costs.find(name);
    return found == from.costs.end() ? -1.0 : found->second;
  };
  ChipRecord chip = {};
  from.name.copy(chip.name, sizeof chip.name - 1);
  chip.timing =
      word("timing") == "events" ? Timing::Events : Timing::Synchronous;
  chip.delivery = word("delivery") == "sum" ? Delivery::Sum : Delivery::Each;
  chip.merge = word("merge") == "once" ? Merge::Or : Merge::Count;
  chip.weights = word("weights") == "table" ? Weights::Table : Weights::Direct;
  chip.order =
      word("routers") == "columns" ? RouterOrder::Columns : RouterOrder::Rows;
  chip.columns = count("columns");
  chip.rows = count("rows");
  chip.coresPerRouter = count("cores_per_router");
  chip.registers = static_cast<uint32_t>(from.registers.size());
  chip.parameters = static_cast<uint32_t>(from.parameters.size());
  chip.queue = count("queue");
  chip.receptors = count("receptors");
  chip.limits = {number("neurons"),          number("axons"),
                 number("routes"),           number("core_routes"),
                 number("synapses"),         number("synapse_bits"),
                 number("bits_per_synapse"), number("bits_per_axon"),
                 number("weight_low"),       number("weight_high"),
                 number("weight_step"),      number("weight_types"),
                 number("exponent_low"),     number("exponent_high"),
                 number("route_delay"),      number("synapse_delay")};
  chip.costs = {cost("cost_synapse"), cost("cost_access"),  cost("cost_update"),
                cost("cost_spike"),   cost("cost_message"), cost("cost_hop_x"),
                cost("cost_hop_y")};
  image.chip = chip;
  image.registers.clear();
  for (const lang::checked::ChipNumber &one : from.registers) {
    Register to = {};
    one.name.copy(to.name, sizeof to.name - 1);
    to.low = one.low;
    to.high = one.high;
    to.overflow = one.wraps ? Overflow::Wrap : Overflow::Saturate;
    if (!image.registers.push(to))
      abort();
  }
  put(image.synapseCode, from.onSynapse);
  put(image.tickCode, from.onTick);
}

emulator::Times timesOf(const lang::checked::Chip &chip) {
  auto time = [&](const char *name) {
    auto found = chip.times.find(name);
    return found == chip.times.end() ? 0 : found->second;
  };
  return {time("time_synapse"), time("time_access"),  time("time_update"),
          time("time_spike"),   time("time_message"), time("time_hop_x"),
          time("time_hop_y"),   time("time_barrier")};
}

static int find(const std::vector<lang::checked::ChipNumber> &list,
                std::string_view name) {
  for (size_t i = 0; i < list.size(); ++i)
    if (list[i].name == name)
      return static_cast<int>(i);
  return -1;
}

int findParameter(const lang::checked::Chip &chip, std::string_view name) {
  return find(chip.parameters, name);
}
int findRegister(const lang::checked::Chip &chip, std::string_view name) {
  return find(chip.registers, name);
}

std::string currentName(unsigned receptor) {
  return receptor ? "u_" + std::to_string(receptor) : "u";
}

unsigned countCurrents(const lang::checked::Chip &chip) {
  unsigned count = 0;
  while (count < chip.receptors() &&
         findRegister(chip, currentName(count)) >= 0 &&
         findParameter(chip, "decay_" + currentName(count)) >= 0)
    ++count;
  return count;
}

} // namespace snn::target::cores
