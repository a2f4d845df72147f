//===- Probe.cpp - What a chip's program does to one neuron ---------------===//
//
// Codes are found by bisection: what is kept falls with a decay's code, and the
// level that fires rises with a threshold's.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Probe.h"

#include "runtime/emulator/Machine.h"

#include <algorithm>
#include <cmath>

using namespace snn::emulator;

namespace snn::target::cores {

Probe::Probe(const lang::checked::Chip &chip) : chip(chip) {
  declare(chip, rules);
}

Probe::Outcome Probe::run(const Buffer<Instruction> &code,
                          std::vector<int64_t> registers,
                          const std::vector<int64_t> &parameters, int64_t input,
                          int64_t weight) const {
  Slots slots = {};
  std::copy(registers.begin(), registers.end(), slots);
  std::copy(parameters.begin(), parameters.end(),
            slots + parameterSlot(rules.chip));
  slots[inputSlot(rules.chip)] = input;
  slots[weightSlot(rules.chip)] = weight;
  Outcome outcome;
  Overflows overflows;
  outcome.spikes = execute(code, rules.registers, slots, overflows);
  outcome.registers.assign(slots, slots + rules.chip.registers);
  return outcome;
}

Probe::Outcome Probe::tick(std::vector<int64_t> registers,
                           const std::vector<int64_t> &parameters,
                           int64_t arriving) const {
  if (rules.chip.delivery == Delivery::Sum)
    return run(rules.tickCode, std::move(registers), parameters, arriving, 0);
  bool spikes = false;
  if (arriving) {
    Outcome event =
        run(rules.synapseCode, std::move(registers), parameters, 0, arriving);
    registers = event.registers;
    spikes = event.spikes;
  }
  Outcome outcome = run(rules.tickCode, std::move(registers), parameters, 0, 0);
  outcome.spikes |= spikes;
  return outcome;
}

std::vector<int64_t> Probe::at(std::string_view name, int64_t value) const {
  std::vector<int64_t> registers(rules.chip.registers);
  registers[static_cast<size_t>(findRegister(chip, name))] = value;
  return registers;
}

int64_t Probe::low(std::string_view parameter) const {
  return chip.parameters[static_cast<size_t>(findParameter(chip, parameter))]
      .low;
}
int64_t Probe::high(std::string_view parameter) const {
  return chip.parameters[static_cast<size_t>(findParameter(chip, parameter))]
      .high;
}

std::vector<int64_t> Probe::neutral() const {
  std::vector<int64_t> parameters(chip.parameters.size());
  for (size_t i = 0; i < parameters.size(); ++i) {
    const lang::checked::ChipNumber &one = chip.parameters[i];
    parameters[i] = one.name == "threshold"       ? one.high
                    : one.name == "threshold_low" ? one.low
                                                  : 0;
  }
  return parameters;
}

Probe::Decay Probe::decay(std::string_view parameter, double keep) const {
  std::string_view state = parameter.substr(std::string_view("decay_").size());
  auto index = static_cast<size_t>(findParameter(chip, parameter));
  auto slot = static_cast<size_t>(findRegister(chip, state));
  // Large, so that rounding is not what is measured, and below any threshold.
  int64_t large = -(chip.registers[slot].high / 2);
  auto kept = [&](int64_t code) {
    std::vector<int64_t> parameters = neutral();
    parameters[index] = code;
    Outcome outcome = tick(at(state, large), parameters, 0);
    return static_cast<double>(outcome.registers[slot]) /
           static_cast<double>(large);
  };
  int64_t least = low(parameter), most = high(parameter);
  while (most - least > 1) {
    int64_t middle = least + (most - least) / 2;
    (kept(middle) >= keep ? least : most) = middle;
  }
  double above = kept(least), below = kept(most);
  return std::abs(above - keep) <= std::abs(below - keep) ? Decay{least, above}
                                                          : Decay{most, below};
}

double Probe::weightGain() const {
  auto slot = static_cast<size_t>(findRegister(chip, "v"));
  return static_cast<double>(
      tick(std::vector<int64_t>(rules.chip.registers), neutral(), 1)
          .registers[slot]);
}

double Probe::biasGain() const {
  auto slot = static_cast<size_t>(findRegister(chip, "v"));
  std::vector<int64_t> parameters = neutral();
  parameters[static_cast<size_t>(findParameter(chip, "bias"))] = 1;
  return static_cast<double>(
      tick(std::vector<int64_t>(rules.chip.registers), parameters, 0)
          .registers[slot]);
}

std::optional<int64_t> Probe::threshold(int64_t level) const {
  auto index = static_cast<size_t>(findParameter(chip, "threshold"));
  auto fires = [&](int64_t code) {
    std::vector<int64_t> parameters = neutral();
    parameters[index] = code;
    return tick(at("v", level), parameters, 0).spikes;
  };
  int64_t least = std::max<int64_t>(low("threshold"), 0),
          most = high("threshold");
  if (!fires(least))
    return std::nullopt;
  if (fires(most))
    return most;
  while (most - least > 1) {
    int64_t middle = least + (most - least) / 2;
    (fires(middle) ? least : most) = middle;
  }
  return least;
}

int64_t Probe::firingLevel(int64_t code) const {
  auto index = static_cast<size_t>(findParameter(chip, "threshold"));
  auto slot = static_cast<size_t>(findRegister(chip, "v"));
  std::vector<int64_t> parameters = neutral();
  parameters[index] = code;
  int64_t silent = -1, fires = chip.registers[slot].high;
  while (fires - silent > 1) {
    int64_t middle = silent + (fires - silent) / 2;
    (tick(at("v", middle), parameters, 0).spikes ? fires : silent) = middle;
  }
  return fires;
}

std::optional<Probe::Relay> Probe::relay() const {
  int slot = findRegister(chip, "v"), index = findParameter(chip, "threshold");
  if (slot < 0 || index < 0)
    return std::nullopt;
  const std::vector<int64_t> rest(rules.chip.registers);
  int64_t step = chip.numbers.at("weight_step"),
          most = chip.numbers.at("weight_high");
  std::vector<int64_t> parameters = neutral();
  for (int64_t weight = step; weight <= most; weight *= 2) {
    int64_t level =
        tick(rest, parameters, weight).registers[static_cast<size_t>(slot)];
    std::optional<int64_t> code = threshold(level);
    if (level <= 0 || !code)
      continue;
    std::vector<int64_t> candidate = parameters;
    candidate[static_cast<size_t>(index)] = *code;
    Outcome driven = tick(rest, candidate, weight),
            alone = tick(rest, candidate, 0);
    if (driven.spikes && !alone.spikes && driven.registers == rest &&
        alone.registers == rest)
      return Relay{{candidate.begin(), candidate.end()}, weight};
  }
  return std::nullopt;
}

} // namespace snn::target::cores
