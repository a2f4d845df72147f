//===- Survey.cpp - Layers of a network without its synapses ----*- C++ -*-===//
//
// Each spike times the synapses that its neuron has.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/Survey.h"

using namespace snn;
using namespace snn::importing;

Survey::Survey(const generate::Outline &outline) {
  for (size_t i = 0; i < outline.populations().size(); ++i)
    afferents.push_back(outline.afferents(i));
}

void Survey::measure(std::vector<Layer> &layers) const {
  for (size_t i = 0; i < layers.size(); ++i) {
    layers[i].synapses = afferents[i].synapses;
    layers[i].weights = afferents[i].weights;
  }
}

void Survey::countEvents(const generate::Plan &plan,
                         std::vector<Layer> &layers) const {
  for (Layer &layer : layers)
    layer.events = layer.arriving = layer.received = 0;
  std::vector<uint64_t> spikes;
  for (uint64_t n = 0; n <= plan.levels; ++n)
    spikes.push_back(plan.spikes(plan.code, n).size());
  for (size_t target = 0; target < layers.size(); ++target)
    for (const auto &[source, fan] : afferents[target].fan) {
      Layer &from = layers[source], &to = layers[target];
      for (const auto &counts : from.expected)
        for (size_t i = 0; i < counts.size(); ++i) {
          uint64_t fired = spikes[static_cast<size_t>(counts[i])];
          from.events += fired * fan[i];
          to.received += fired * fan[i];
          to.arriving += fan[i] ? fired : 0;
        }
    }
}
