//===- CountErrors.h - How far an approximate code is off -------*- C++ -*-===//
//
// Counts of each layer beside those of the integer network.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_COUNTERRORS_H
#define SNN_COMPILER_DRIVER_COUNTERRORS_H

#include "compiler/Import/Convert.h"

#include <nlohmann/json.hpp>

namespace snn::driver {

/// A line for each layer that was compared; empty for exact codes.
std::string countErrorsText(const std::vector<importing::Layer> &layers,
                            uint64_t inputs);
nlohmann::ordered_json
countErrorsJson(const std::vector<importing::Layer> &layers);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_COUNTERRORS_H
