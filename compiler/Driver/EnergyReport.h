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
  std::string toText() const;

private:
  struct Row {
    std::string model;
    energy::Energy original, spiking;
  };
  std::vector<Row> rows;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_ENERGYREPORT_H
