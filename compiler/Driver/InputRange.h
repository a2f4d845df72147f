//===- InputRange.h - Bounds of a network's input ---------------*- C++ -*-===//
//
// What `snn import` is told where there are no examples.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_INPUTRANGE_H
#define SNN_COMPILER_DRIVER_INPUTRANGE_H

#include "compiler/Driver/Console.h"

#include <utility>

namespace snn::driver {

/// "0..1", "-2.1 .. 2.6".
Expected<std::pair<double, double>> parseRange(const std::string &text);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_INPUTRANGE_H
