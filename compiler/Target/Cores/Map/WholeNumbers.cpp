//===- WholeNumbers.cpp - Networks whose numbers a chip takes as they are -===//
//
// Of a network that programs its neurons: nothing is scaled and nothing is
// rounded, so a number that is not whole or that the chip does not hold is
// refused.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Quantize.h"

#include <cmath>

namespace snn::target::cores {

namespace {

class Taker {
public:
  Taker(const Network &network, const lang::checked::Chip &chip)
      : network(network), chip(chip) {}
  std::variant<CodedNetwork, Refusal> run();

private:
  const Network &network;
  const lang::checked::Chip &chip;
  CodedNetwork coded;

  std::optional<Refusal> refuse(const Population &p, const std::string &what,
                                double value, int64_t low, int64_t high) const {
    if (value == std::nearbyint(value) && value >= static_cast<double>(low) &&
        value <= static_cast<double>(high))
      return std::nullopt;
    char number[32];
    std::snprintf(number, sizeof number, "%.9g", value);
    return Refusal{"E0821",
                   "`" + p.name + "` cannot be expressed on `" + chip.name +
                       "`: " + what + " is " + number +
                       ", which is no whole number from " +
                       std::to_string(low) + " to " + std::to_string(high),
                   "numbers that the chip holds: networks of `snn import` have "
                   "smaller ones with fewer `--levels`",
                   p.place};
  }
  std::optional<Refusal> takeNeurons(const Population &p);
  std::optional<Refusal> takeWeights();
};

} // namespace

std::optional<Refusal> Taker::takeNeurons(const Population &p) {
  for (uint32_t i = 0; i < p.size; ++i) {
    coded.parameters.push_back(static_cast<int32_t>(p.program));
    for (size_t k = 1; k < chip.parameters.size(); ++k) {
      double value = 0;
      if (k <= p.parameters.size()) {
        const std::vector<double> &given = p.parameters[k - 1];
        value = given[given.size() == 1 ? 0 : i];
      }
      const lang::checked::ChipNumber &as = chip.parameters[k];
      if (auto refusal = refuse(p, "a parameter", value, as.low, as.high))
        return refusal;
      coded.parameters.push_back(static_cast<int32_t>(value));
    }
    for (size_t r = 0; r < chip.registers.size(); ++r) {
      double value = r < p.initial.size() ? p.initial[r][i] : 0;
      const lang::checked::ChipNumber &as = chip.registers[r];
      if (auto refusal =
              refuse(p,
                     r < p.states.size() ? "`" + p.states[r] + "` at the start"
                                         : "a state",
                     value, std::max<int64_t>(as.low, INT32_MIN),
                     std::min<int64_t>(as.high, INT32_MAX)))
        return refusal;
      coded.initial.push_back(static_cast<int32_t>(value));
    }
  }
  return std::nullopt;
}

std::optional<Refusal> Taker::takeWeights() {
  int64_t low = chip.numbers.at("weight_low"),
          high = chip.numbers.at("weight_high"),
          step = chip.numbers.at("weight_step");
  for (uint32_t source = 0; source < network.edges.numRows(); ++source) {
    for (const Edge &edge : network.edges[source]) {
      const Population &to = network.of(edge.target);
      if (auto refusal = refuse(to, "a weight", edge.weight, low, high))
        return refusal;
      auto weight = static_cast<int16_t>(edge.weight);
      if (weight % step != 0)
        return Refusal{
            "E0821",
            "`" + to.name + "` cannot be expressed on `" + chip.name +
                "`: a weight is " + std::to_string(weight) +
                "; those of the chip are multiples of " + std::to_string(step),
            "a chip with finer weights", to.place};
      coded.edges.push({edge.target, weight, edge.receptor, edge.delay});
    }
    coded.edges.endRow();
  }
  return std::nullopt;
}

std::variant<CodedNetwork, Refusal> Taker::run() {
  coded.numNeurons = network.numNeurons;
  coded.numLines = network.numLines;
  coded.losses.resize(network.populations.size());
  for (const Population &p : network.populations)
    if (std::optional<Refusal> refusal = takeNeurons(p))
      return *refusal;
  if (std::optional<Refusal> refusal = takeWeights())
    return *refusal;
  return std::move(coded);
}

std::variant<CodedNetwork, Refusal> take(const Network &network,
                                         const lang::checked::Chip &chip) {
  return Taker(network, chip).run();
}

} // namespace snn::target::cores
