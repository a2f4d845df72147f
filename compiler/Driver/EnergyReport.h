//===- EnergyReport.h - Both networks under the same models -----*- C++ -*-===//
//
// What an input costs the network as it was, and the spiking network.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_ENERGYREPORT_H
#define SNN_COMPILER_DRIVER_ENERGYREPORT_H

#include "compiler/Import/Convert.h"

#include <nlohmann/json.hpp>

namespace snn::driver {

class EnergyReport {
public:
  /// `layers` did what they did for `inputs` inputs.
  EnergyReport(const importing::Converted &converted,
               const std::vector<importing::Layer> &layers, uint64_t inputs);

  nlohmann::ordered_json toJson() const;
  nlohmann::ordered_json workToJson() const;
  std::string toText() const;

private:
  struct Row {
    std::string model;
    energy::Energy original, spiking;
  };
  std::vector<Row> rows;
  /// What an input takes: synaptic events of spikes, products with an input
  /// that is a current, neurons brought forward, and those that need not be.
  double sops = 0, products = 0, updates = 0, spared = 0;
  double originalProducts = 0;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_ENERGYREPORT_H
