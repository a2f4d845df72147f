//===- Survey.cpp - What layers of a conversion have and do -----*- C++ -*-===//
//
// Each spike times the synapses that its neuron has.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/Survey.h"

using namespace snn;
using namespace snn::importing;

Survey::Survey(const generate::Plan &plan)
    : afferents(plan.populations.size()) {
  for (const generate::Projection &projection : plan.projections) {
    generate::Afferents &to = afferents[projection.target];
    std::vector<uint64_t> &fan = to.fan[projection.source];
    fan.assign(plan.populations[projection.source].size,
               projection.isDense ? plan.populations[projection.target].size
                                  : 0);
    for (auto [neuron, target] : projection.pairs)
      ++fan[neuron];
    to.synapses += projection.weights.size();
  }
  // Each synapse keeps its own.
  for (generate::Afferents &to : afferents)
    to.weights = to.synapses;
}

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
    layer.events = layer.arriving = layer.received = layer.products =
        layer.factors = 0;
  for (size_t target = 0; target < layers.size(); ++target) {
    Layer &to = layers[target];
    bool isCurrent =
        plan.populations[target].kind == generate::Population::Kind::Driven;
    for (const auto &[source, fan] : afferents[target].fan) {
      Layer &from = layers[source];
      std::vector<uint64_t> spikes;
      for (uint64_t n = 0; n <= plan.levels; ++n)
        spikes.push_back(plan.spikes(plan.populations[source].code, n).size());
      for (size_t k = 0; k < from.expected.size(); ++k)
        for (size_t i = 0; i < from.expected[k].size(); ++i) {
          uint64_t fired =
              from.fired.empty()
                  ? spikes[static_cast<size_t>(from.expected[k][i])]
                  : from.fired[k][i];
          from.events += fired * fan[i];
          if (isCurrent) {
            to.products += fired ? fan[i] : 0;
            to.factors += fired && fan[i];
            continue;
          }
          to.received += fired * fan[i];
          to.arriving += fan[i] ? fired : 0;
        }
    }
  }
}
