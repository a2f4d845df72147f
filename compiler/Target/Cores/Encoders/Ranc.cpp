//===- Ranc.cpp - Images as RANC reads them -------------------------------===//
//
// The simulator's JSON has every cell of the grid with every axon and neuron,
// used or not. A row of a .mem is one neuron: connections from the last axon to
// the first, potential, reset, four weights, leak, thresholds, mode, offset,
// axon, tick; in two's complement, most significant bit first.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/Encoders.h"

#include <cstdio>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

constexpr uint32_t Types = 4;

struct Neuron {
  int32_t leak = 0, above = 0, below = 0, reset = 0, mode = 0, potential = 0;
  int16_t weights[Types] = {};
  int32_t dx = 0, dy = 0;
  uint32_t axon = 0, tick = 0;
};

class RancWriter {
public:
  RancWriter(const Image &image, const lang::checked::Chip &chip,
             uint32_t ticks)
      : image(image), chip(chip), ticks(ticks), width(image.chip.columns),
        size(static_cast<uint32_t>(image.chip.limits.neurons)),
        axons(static_cast<uint32_t>(image.chip.limits.axons)) {}
  Encoded write();

private:
  const Image &image;
  const lang::checked::Chip &chip;
  uint32_t ticks, width, size, axons;
  uint32_t bus = 0, outputs = 0; // the place of the output bus

  uint32_t slotOf(const char *name) const {
    for (uint32_t i = 0; i < chip.parameters.size(); ++i)
      if (chip.parameters[i].name == name)
        return i;
    return UINT32_MAX;
  }
  Neuron neuron(uint64_t core, uint32_t number);
  /// connections[target] of a core's axons.
  std::vector<std::vector<bool>> crossbar(uint64_t core) const;
  std::string config() const;
  std::string packets() const;
  std::string coreText(uint64_t core);
  std::string memory(uint64_t core);
};

void bits(std::string &row, int64_t value, unsigned count) {
  for (unsigned bit = count; bit-- > 0;)
    row += value >> bit & 1 ? '1' : '0';
}

} // namespace

Neuron RancWriter::neuron(uint64_t core, uint32_t number) {
  Neuron made;
  const int32_t *given =
      image.parameters.data() + uint64_t{number} * image.chip.parameters;
  made.leak = given[slotOf("bias")];
  made.above = given[slotOf("threshold")];
  made.below = given[slotOf("threshold_low")];
  made.reset = given[slotOf("reset")];
  made.mode = given[slotOf("reset_mode")];
  made.potential = image.initial[uint64_t{number} * image.chip.registers];
  for (uint32_t i = 0; i < Types; ++i)
    made.weights[i] = image.weightTable[uint64_t{number} * Types + i];
  uint32_t place = image.cores[core].place, to = bus;
  if (image.firstRoute[number] != image.firstRoute[number + 1]) {
    const Route &route = image.routes[image.firstRoute[number]];
    to = image.cores[route.core].place;
    made.axon = route.axon;
    made.tick = route.delay;
  } else {
    made.axon = outputs++;
  }
  made.dx =
      static_cast<int32_t>(to % width) - static_cast<int32_t>(place % width);
  made.dy =
      static_cast<int32_t>(to / width) - static_cast<int32_t>(place / width);
  return made;
}

std::vector<std::vector<bool>> RancWriter::crossbar(uint64_t core) const {
  std::vector<std::vector<bool>> links(size, std::vector<bool>(axons));
  uint32_t first = image.cores[core].firstAxon;
  for (uint32_t axon = first; axon < image.endAxon(core); ++axon)
    for (uint64_t i = image.firstSynapse[axon];
         i < image.firstSynapse[axon + 1]; ++i)
      links[image.synapses[i].target][axon - first] = true;
  return links;
}

std::string RancWriter::config() const {
  char text[512];
  std::snprintf(
      text, sizeof text,
      "{\"num_neurons\": %u, \"num_axons\": %u, \"num_cores_x\": %u, "
      "\"num_cores_y\": %u, \"num_weights\": %u, \"max_tick_offset\": 16, "
      "\"neuron_block_trace_verbosity\": 0, "
      "\"core_controller_trace_verbosity\": 0, "
      "\"scheduler_trace_verbosity\": 0, \"neuron_reset_type\": 0}\n",
      size, axons, width, image.chip.rows, Types);
  return text;
}

std::string RancWriter::packets() const {
  std::string text = "[";
  uint64_t next = 0;
  for (uint32_t tick = 0; tick < ticks; ++tick) {
    text += tick ? ",\n[" : "[";
    bool first = true;
    for (; next < image.events.size() && image.events[next].tick <= tick;
         ++next)
      for (uint64_t i = image.inputs[image.events[next].line].firstRoute;
           i < image.endInputRoute(image.events[next].line); ++i) {
        const Route &route = image.inputRoutes[i];
        uint32_t place = image.cores[route.core].place;
        char packet[160];
        std::snprintf(packet, sizeof packet,
                      "%s{\"destination_core\": [%u, %u], "
                      "\"destination_axon\": %u, \"destination_tick\": %u}",
                      first ? "" : ", ", place % width, place / width,
                      route.axon, route.delay);
        text += packet;
        first = false;
      }
    text += "]";
  }
  return text + "]";
}

std::string RancWriter::coreText(uint64_t core) {
  uint32_t place = image.cores[core].place;
  std::string text = "{\"coordinates\": [" + std::to_string(place % width) +
                     ", " + std::to_string(place / width) + "], \"axons\": [";
  uint32_t firstAxon = image.cores[core].firstAxon;
  for (uint32_t axon = 0; axon < axons; ++axon)
    text += (axon ? ", " : "") +
            std::to_string(firstAxon + axon < image.endAxon(core)
                               ? image.axonGroups[firstAxon + axon]
                               : 0);
  text += "], \"neurons\": [";
  uint32_t first = image.cores[core].firstNeuron;
  for (uint32_t n = first; n < image.endNeuron(core); ++n) {
    Neuron one = neuron(core, n);
    char row[512];
    std::snprintf(
        row, sizeof row,
        "%s{\"reset_potential\": %d, \"weights\": [%d, %d, %d, %d], "
        "\"leak\": %d, \"positive_threshold\": %d, "
        "\"negative_threshold\": %d, \"destination_core_offset\": [%d, %d], "
        "\"destination_axon\": %u, \"destination_tick\": %u, "
        "\"current_potential\": %d, \"reset_mode\": %d}",
        n > first ? ",\n" : "", one.reset, one.weights[0], one.weights[1],
        one.weights[2], one.weights[3], one.leak, one.above, one.below, one.dx,
        one.dy, one.axon, one.tick, one.potential, one.mode);
    text += row;
  }
  text += "], \"connections\": [";
  std::vector<std::vector<bool>> links = crossbar(core);
  for (uint32_t n = 0; n < image.endNeuron(core) - first; ++n) {
    text += n ? ",\n[" : "[";
    for (uint32_t axon = 0; axon < axons; ++axon)
      text += (axon ? "," : "") + std::string(links[n][axon] ? "1" : "0");
    text += "]";
  }
  return text + "]}";
}

std::string RancWriter::memory(uint64_t core) {
  std::vector<std::vector<bool>> links = crossbar(core);
  std::string text;
  uint32_t first = image.cores[core].firstNeuron;
  for (uint32_t n = 0; n < size; ++n) {
    bool used = first + n < image.endNeuron(core);
    // What is not there never fires.
    Neuron one;
    one.above = 255;
    one.below = -256;
    if (used)
      one = neuron(core, first + n);
    for (uint32_t axon = axons; axon-- > 0;)
      text += links[n][axon] ? '1' : '0';
    bits(text, one.potential, 9);
    bits(text, one.reset, 9);
    for (int16_t weight : one.weights)
      bits(text, weight, 9);
    bits(text, one.leak, 9);
    bits(text, one.above, 9);
    bits(text, one.below, 9);
    bits(text, one.mode, 1);
    bits(text, one.dx, 9);
    bits(text, one.dy, 9);
    bits(text, one.axon, 8);
    bits(text, one.tick, 4);
    text += '\n';
  }
  return text;
}

Encoded RancWriter::write() {
  if (image.chip.weights != Weights::Table ||
      image.chip.limits.weightTypes != Types ||
      slotOf("threshold_low") == UINT32_MAX || slotOf("bias") == UINT32_MAX ||
      slotOf("threshold") == UINT32_MAX || slotOf("reset") == UINT32_MAX ||
      slotOf("reset_mode") == UINT32_MAX)
    return "its neurons are not those of RANC";
  std::vector<bool> taken(uint64_t{width} * image.chip.rows);
  for (const emulator::Core &core : image.cores)
    taken[core.place] = true;
  while (bus < taken.size() && taken[bus])
    ++bus;
  if (bus == taken.size())
    return "no cell of the grid is left for the output bus";
  std::vector<EncodedFile> files = {{"config.json", config()}};
  std::string cores;
  for (uint64_t core = 0; core < image.cores.size(); ++core)
    cores += (core ? ",\n" : "") + coreText(core);
  std::string busText = "{\"coordinates\": [" + std::to_string(bus % width) +
                        ", " + std::to_string(bus / width) +
                        "], \"num_outputs\": " + std::to_string(outputs) + "}";
  files.push_back({"input.json", "{\"packets\": " + packets() +
                                     ",\n\"output_bus\": " + busText +
                                     ",\n\"cores\": [" + cores + "]}\n"});
  outputs = 0; // numbered again, in the same order
  for (uint64_t core = 0; core < image.cores.size(); ++core) {
    char name[32];
    std::snprintf(name, sizeof name, "csram_%03u.mem", image.cores[core].place);
    files.push_back({name, memory(core)});
    std::string types;
    uint32_t first = image.cores[core].firstAxon;
    for (uint32_t axon = 0; axon < axons; ++axon) {
      bits(types,
           first + axon < image.endAxon(core) ? image.axonGroups[first + axon]
                                              : 0,
           2);
      types += '\n';
    }
    std::snprintf(name, sizeof name, "tc_%03u.mem", image.cores[core].place);
    files.push_back({name, types});
  }
  return files;
}

Encoded encodeRanc(const Image &image, const lang::checked::Chip &chip,
                   uint32_t ticks) {
  return RancWriter(image, chip, ticks).write();
}

} // namespace snn::target::cores
