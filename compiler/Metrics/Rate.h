//===- Rate.h - Mean firing rate --------------------------------*- C++ -*-===//
//
// Spikes per neuron and time.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_RATE_H
#define SNN_COMPILER_METRICS_RATE_H

#include "compiler/Metrics/Trains.h"

#include <optional>

namespace snn::metrics {

/// Mean over the neurons of spikes / window, in 1/ms; silent neurons count.
/// Empty without neurons or window.
std::optional<double> meanRate(const Trains &trains);

/// The rate of each neuron, 1/ms.
std::vector<double> rates(const Trains &trains);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_RATE_H
