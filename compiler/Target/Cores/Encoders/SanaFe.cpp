//===- SanaFe.cpp - Images as networks of SANA-FE -------------------------===//
//
// The network and its mapping for the description of Loihi that SANA-FE has:
// its leaky neurons count in floating-point numbers, so a potential is divided
// by the 64 that a weight counts. A core is TILE.CORE, tiles are numbered
// column by column. Inputs are neurons with a list of spikes, on the first core
// that they reach.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/Encoders.h"

#include "compiler/Target/Cores/Encoders/LoihiNeurons.h"

#include <cstdio>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

/// Digits of the inputs: one for each line and tick.
constexpr uint64_t MostDigits = 100'000'000;

class Writer {
public:
  Writer(const Image &image, const lang::checked::Chip &chip, uint32_t ticks)
      : image(image), chip(chip), ticks(ticks), neurons(image, chip) {}

  /// Empty if it can be written.
  std::string refusal() const {
    if (image.inputs.size() * ticks > MostDigits)
      return "its inputs would be written as more than 100,000,000 digits";
    for (const Synapse &synapse : image.synapses)
      if (synapse.delay)
        return "synapses of SANA-FE have no delays";
    return neurons.refusal("SANA-FE's Loihi");
  }

  std::string write() {
    text = "network:\n  name: " + chip.name + "\n  groups:\n";
    writeInputs();
    text += "    - name: n\n"
            "      attributes: [synapse_hw_name: loihi_dense_synapse]\n"
            "      neurons:\n";
    for (uint32_t n = 0; n < image.neurons(); ++n)
      add("        - %u: [soma: {threshold: %d, leak_decay: %.12g, "
          "input_decay: %.12g, bias: %.12g, reset: 0, reset_mode: hard}]\n",
          n, neurons.parameter(n, "threshold"),
          (4096 - neurons.parameter(n, "decay_v")) / 4096.0,
          (4095 - neurons.parameter(n, "decay_u")) / 4096.0,
          neurons.parameter(n, "bias") / 64.0);
    text += "  edges:\n";
    for (uint32_t line = 0; line < image.inputs.size(); ++line)
      writeEdges("in", line, image.inputRoutes, image.inputs[line].firstRoute,
                 image.endInputRoute(line));
    for (uint32_t n = 0; n < image.neurons(); ++n)
      writeEdges("n", n, image.routes, image.firstRoute[n],
                 image.firstRoute[n + 1]);
    text += "mappings:\n";
    for (uint32_t line = 0; line < image.inputs.size(); ++line) {
      uint64_t first = image.inputs[line].firstRoute;
      uint32_t core =
          first < image.endInputRoute(line) ? image.inputRoutes[first].core : 0;
      writePlace("in", line, core, "\"loihi_inputs[0]\"");
    }
    for (uint32_t core = 0; core < image.cores.size(); ++core)
      for (uint32_t n = image.cores[core].firstNeuron;
           n < image.endNeuron(core); ++n)
        writePlace("n", n, core, "loihi_lif");
    return std::move(text);
  }

private:
  const Image &image;
  const lang::checked::Chip &chip;
  uint32_t ticks;
  LoihiNeurons neurons;
  std::string text;

  void add(const char *format, auto... values) {
    char line[256];
    std::snprintf(line, sizeof line, format, values...);
    text += line;
  }

  void writeInputs() {
    std::vector<std::vector<uint8_t>> spikes(image.inputs.size(),
                                             std::vector<uint8_t>(ticks));
    for (const InputEvent &event : image.events)
      if (event.tick < ticks)
        spikes[event.line][event.tick] = 1;
    text += "    - name: in\n      attributes: []\n      neurons:\n";
    for (uint32_t line = 0; line < spikes.size(); ++line) {
      add("        - %u: [spikes: [", line);
      for (uint32_t t = 0; t < ticks; ++t)
        text += t                 ? spikes[line][t] ? ", 1" : ", 0"
                : spikes[line][t] ? "1"
                                  : "0";
      text += "]]\n";
    }
  }

  void writeEdges(const char *group, uint32_t number,
                  const Buffer<Route> &routes, uint64_t from, uint64_t to) {
    for (; from < to; ++from) {
      const Route &route = routes[from];
      if (route.core == OutputCore)
        continue;
      uint32_t axon = image.cores[route.core].firstAxon + route.axon,
               first = image.cores[route.core].firstNeuron;
      for (uint64_t i = image.firstSynapse[axon];
           i < image.firstSynapse[axon + 1]; ++i)
        add("    - %s.%u -> n.%u: [weight: %d]\n", group, number,
            first + image.synapses[i].target, image.synapses[i].weight);
    }
  }

  void writePlace(const char *group, uint32_t number, uint32_t core,
                  const char *soma) {
    uint32_t place = image.cores[core].place, each = image.chip.coresPerRouter;
    add("  - %s.%u: [core: %u.%u, soma: %s, synapse: loihi_dense_synapse]\n",
        group, number, place / each, place % each, soma);
  }
};

} // namespace

Encoded encodeSanaFe(const Image &image, const lang::checked::Chip &chip,
                     uint32_t ticks) {
  Writer writer(image, chip, ticks);
  if (std::string reason = writer.refusal(); !reason.empty())
    return reason;
  return std::vector<EncodedFile>{{"network.yaml", writer.write()}};
}

} // namespace snn::target::cores
