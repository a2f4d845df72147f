//===- EnergyReport.cpp - Both networks under the same models ---*- C++ -*-===//
//
// The spikes that stand for an input count as any others; each neuron is
// brought forward at every step of a frame, in which the next input is already
// on its way.
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
  for (const energy::Model &model : energy::models()) {
    Row row{model.name, {}, {}};
    for (const energy::DenseLayer &product : converted.products)
      row.original += model.of(product);
    for (const importing::Layer &layer : layers)
      if (layer.kind != "input")
        row.spiking += model.of(energy::SpikingLayer{
            each(layer.arriving), each(layer.spikes), each(layer.received),
            static_cast<double>(layer.neurons),
            static_cast<double>(layer.synapses),
            static_cast<double>(converted.frame)});
    rows.push_back(std::move(row));
  }
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
  std::string text = "energy of an input  network as it was  spiking network  "
                     "of which memory\n";
  char line[160];
  for (const Row &row : rows) {
    std::snprintf(line, sizeof line, "%-18s %15.1f nJ %13.1f nJ %13.1f nJ\n",
                  row.model.c_str(), row.original.total(), row.spiking.total(),
                  row.spiking.memory);
    text += line;
  }
  return text;
}
