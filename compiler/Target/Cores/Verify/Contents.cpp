//===- Contents.cpp - What an image puts on the cores of a chip -----------===//
//
// Counts and ranges, core by core, neuron by neuron, synapse by synapse.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Verify/Checker.h"

#include <set>

using namespace snn::emulator;

namespace snn::target::cores {

void Checker::atMost(const std::string &where, const std::string &name,
                     uint64_t count) {
  std::optional<int64_t> most = limit(name);
  if (most && count > static_cast<uint64_t>(*most))
    say(where + " has " + std::to_string(count) + " " + name +
        "; the limit is " + text(*most));
}

void Checker::checkCores() {
  std::set<uint32_t> places;
  uint64_t all = static_cast<uint64_t>(limit("columns").value_or(0)) *
                 static_cast<uint64_t>(limit("rows").value_or(0)) *
                 static_cast<uint64_t>(limit("cores_per_router").value_or(0));
  for (uint64_t i = 0; i < image.cores.size(); ++i) {
    std::string where = "core " + std::to_string(i);
    const emulator::Core &core = image.cores[i];
    if (core.place >= all)
      say(where + " lies outside of the chip");
    if (!places.insert(core.place).second)
      say(where + " lies where another does");
    uint32_t lastNeuron = image.endNeuron(i), lastAxon = image.endAxon(i);
    atMost(where, "neurons", lastNeuron - core.firstNeuron);
    atMost(where, "axons", lastAxon - core.firstAxon);
    atMost(where, "core_routes",
           image.firstRoute[lastNeuron] - image.firstRoute[core.firstNeuron]);
    uint64_t synapses =
        image.firstSynapse[lastAxon] - image.firstSynapse[core.firstAxon];
    atMost(where, "synapses", synapses);
    uint64_t bits = 0;
    if (is("weights", "direct"))
      for (uint32_t axon = core.firstAxon; axon < lastAxon; ++axon) {
        uint64_t row = image.firstSynapse[axon + 1] - image.firstSynapse[axon];
        if (row)
          bits += static_cast<uint64_t>(limit("bits_per_axon").value_or(0)) +
                  row * static_cast<uint64_t>(
                            limit("bits_per_synapse").value_or(0));
      }
    else
      bits = synapses;
    atMost(where, "synapse_bits", bits);
  }
}

void Checker::checkRoute(const std::string &from, const Route &route) {
  std::optional<int64_t> most = limit("route_delay");
  if (most && route.delay > *most)
    say(from + " sends with a delay of " + text(route.delay) +
        "; the limit is " + text(*most));
}

void Checker::checkRange(const std::string &where, int64_t value,
                         const lang::checked::ChipNumber &range) {
  if (value < range.low || value > range.high)
    say(where + range.name + "` " + text(value) + ", which is not in " +
        text(range.low) + " .. " + text(range.high));
}

void Checker::checkNeurons() {
  size_t parameters = chip.parameters.size(), registers = chip.registers.size();
  uint64_t core = 0;
  for (uint32_t n = 0; n < image.neurons(); ++n) {
    while (core + 1 < image.cores.size() &&
           image.cores[core + 1].firstNeuron <= n)
      ++core;
    std::string where = "neuron " + std::to_string(n);
    for (size_t i = 0; i < parameters; ++i)
      checkRange(where + " has `", image.parameters[n * parameters + i],
                 chip.parameters[i]);
    for (size_t i = 0; i < registers; ++i)
      checkRange(where + " starts with `", image.initial[n * registers + i],
                 chip.registers[i]);
    uint64_t first = image.firstRoute[n], last = image.firstRoute[n + 1];
    atMost(where, "routes", last - first);
    for (uint64_t i = first; i < last; ++i) {
      checkRoute(where, image.routes[i]);
      bool isOwn = image.routes[i].core == core &&
                   image.routes[i].axon == n - image.cores[core].firstNeuron;
      if (is("axon_source", "neuron") && !isOwn)
        say(where + " sends to a row that is not its own");
    }
  }
}

void Checker::checkSynapses() {
  std::optional<int64_t> low = limit("weight_low"), high = limit("weight_high"),
                         step = limit("weight_step"),
                         types = limit("weight_types"),
                         latest = limit("synapse_delay");
  bool table = is("weights", "table");
  auto fits = [&](int64_t weight) {
    return weight >= *low && weight <= *high && weight % *step == 0;
  };
  for (uint64_t i = 0; table && i < image.weightTable.size(); ++i)
    if (!fits(image.weightTable[i]))
      say("entry " + std::to_string(i) + " of the tables, " +
          text(image.weightTable[i]) + ", is no weight of the chip");
  for (uint32_t axon = 0; axon < image.axons(); ++axon) {
    std::string where = "axon " + std::to_string(axon);
    int8_t group = image.axonGroups[axon];
    bool known = table ? group >= 0 && group < *types
                       : group >= *limit("exponent_low") &&
                             group <= *limit("exponent_high");
    if (!known)
      say(where + (table ? " is of type " : " has the exponent ") +
          text(group) + ", which the chip does not have");
    if (image.receptorOf(axon) >= chip.receptors())
      say(where + " is of receptor " + std::to_string(image.receptorOf(axon)) +
          ", which the chip does not have");
    std::set<uint16_t> seen;
    for (uint64_t i = image.firstSynapse[axon];
         i < image.firstSynapse[axon + 1]; ++i) {
      const Synapse &synapse = image.synapses[i];
      if (table ? synapse.weight != 0 : !fits(synapse.weight))
        say("synapse " + std::to_string(i) + " has " + text(synapse.weight) +
            ", which is no weight of the chip");
      if (latest && synapse.delay > *latest)
        say("synapse " + std::to_string(i) + " has a delay of " +
            text(synapse.delay) + "; the limit is " + text(*latest));
      // A crossbar has one place for each pair.
      if (latest && *latest == 0 && !seen.insert(synapse.target).second)
        say(where + " has two synapses onto neuron " + text(synapse.target));
    }
  }
}

void Checker::checkInputs() {
  std::set<std::pair<uint32_t, uint32_t>> rows;
  for (uint64_t line = 0; line < image.inputs.size(); ++line) {
    std::string where = "input " + std::to_string(line);
    if (image.inputs[line].origin != NoCore)
      say(where + " comes from a core");
    for (uint64_t i = image.inputs[line].firstRoute;
         i < image.endInputRoute(line); ++i) {
      const Route &route = image.inputRoutes[i];
      checkRoute(where, route);
      if (!is("axon_source", "neuron") || route.core == OutputCore)
        continue;
      // The row of a neuron that spikes is taken.
      uint32_t neuron = image.cores[route.core].firstNeuron + route.axon;
      if (!rows.insert({route.core, route.axon}).second)
        say(where + " uses the row of another");
      else if (neuron < image.endNeuron(route.core) &&
               image.firstRoute[neuron] != image.firstRoute[neuron + 1])
        say(where + " uses the row of neuron " + std::to_string(neuron));
    }
  }
}

std::vector<std::string> verifyImage(const Image &image,
                                     const lang::checked::Chip &chip) {
  Checker checker(image, chip);
  checker.checkDeclaration();
  // What follows counts by the declaration's sizes.
  if (image.parameters.size() != image.neurons() * chip.parameters.size() ||
      image.initial.size() != image.neurons() * chip.registers.size())
    return checker.found;
  checker.checkCores();
  checker.checkNeurons();
  checker.checkSynapses();
  checker.checkInputs();
  return checker.found;
}

} // namespace snn::target::cores
