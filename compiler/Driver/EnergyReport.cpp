//===- EnergyReport.cpp - Both networks under the same models ---*- C++ -*-===//
//
// The spikes that stand for an input count as any others; each neuron is
// brought forward at every step of a frame, in which the next input is already
// on its way. An input that is a current costs its products with the first
// weights instead, once; zeros among its numbers cost nothing.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/EnergyReport.h"

#include <cstdio>

using namespace snn;
using namespace snn::driver;
using energy::Energy;
using json = nlohmann::ordered_json;

EnergyReport::EnergyReport(const importing::Converted &converted,
                           const std::vector<importing::Layer> &layers,
                           uint64_t inputs) {
  auto each = [&](uint64_t sum) {
    return static_cast<double>(sum) / static_cast<double>(inputs);
  };
  auto frame = static_cast<double>(converted.frame);
  std::vector<energy::SpikingLayer> spiking;
  std::vector<energy::DenseLayer> currents;
  for (const importing::Layer &layer : layers) {
    if (layer.kind == "input")
      continue;
    auto neurons = static_cast<double>(layer.neurons),
         weights = static_cast<double>(layer.weights);
    bool fires = layer.kind != "output";
    double sparing = each(layer.spared) * frame;
    energy::SpikingLayer own{each(layer.arriving),
                             each(layer.spikes),
                             each(layer.received),
                             neurons,
                             weights,
                             0,
                             false};
    own.updates = neurons * frame - sparing;
    own.leaks = fires && converted.isApproximate && converted.beta < 1;
    spiking.push_back(own);
    if (layer.products) {
      energy::DenseLayer current;
      current.multiplications = each(layer.products);
      current.inputs = each(layer.factors);
      current.outputs = neurons;
      current.weights = weights;
      currents.push_back(current);
    }
    sops += each(layer.received);
    products += each(layer.products);
    updates += own.updates;
    spared += sparing;
  }
  originalProducts = static_cast<double>(converted.macs);
  for (const energy::Model &model : energy::models()) {
    Row row{model.name, {}, {}};
    for (const energy::DenseLayer &product : converted.products)
      row.original += model.of(product);
    for (const energy::DenseLayer &current : currents)
      row.spiking += model.of(current);
    for (const energy::SpikingLayer &layer : spiking)
      row.spiking += model.of(layer);
    rows.push_back(std::move(row));
  }
}

json EnergyReport::workToJson() const {
  return {{"original_macs", originalProducts},
          {"sops", sops},
          {"input_macs", products},
          {"neuron_updates", updates},
          {"spared_neuron_updates", spared}};
}

json EnergyReport::toJson() const {
  auto parts = [](const Energy &energy) -> json {
    return {{"operations", energy.operations},
            {"memory", energy.memory},
            {"addresses", energy.addresses},
            {"total", energy.total()}};
  };
  json result = json::object();
  for (const Row &row : rows)
    result[row.model] = {{"original", parts(row.original)},
                         {"spiking", parts(row.spiking)}};
  return result;
}

std::string EnergyReport::toText() const {
  char line[160];
  std::snprintf(line, sizeof line,
                "an input takes %.0f SOPs, %.0f MACs of its own numbers and "
                "%.0f neuron updates (%.0f more are spared);",
                sops, products, updates, spared);
  std::string text = line;
  std::snprintf(line, sizeof line, " the network as it was %.0f MACs\n",
                originalProducts);
  text += line;
  text += "energy of an input  network as it was  spiking network  "
          "of which memory\n";
  for (const Row &row : rows) {
    std::snprintf(line, sizeof line, "%-18s %15.1f nJ %13.1f nJ %13.1f nJ\n",
                  row.model.c_str(), row.original.total(), row.spiking.total(),
                  row.spiking.memory);
    text += line;
  }
  return text;
}
