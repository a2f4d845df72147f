//===- Calibration.h - Examples of a network's input ------------*- C++ -*-===//
//
// What `snn import` is told of the inputs that a network will see.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_CALIBRATION_H
#define SNN_COMPILER_DRIVER_CALIBRATION_H

#include "compiler/Driver/Console.h"

#include <utility>
#include <vector>

namespace snn::driver {

/// All numbers of an .npy file, an example after the other.
Expected<std::vector<double>> readSamples(const std::string &path);

/// "0..1", "-2.1 .. 2.6".
Expected<std::pair<double, double>> parseRange(const std::string &text);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_CALIBRATION_H
