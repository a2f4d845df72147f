//===- SpikeTimes.h - When spikes happen ------------------------*- C++ -*-===//
//
// Single spike times, whole lists of them, how long a population is active, and
// how many of its neurons take part.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_SPIKETIMES_H
#define SNN_COMPILER_METRICS_SPIKETIMES_H

#include "compiler/Metrics/Trains.h"

#include <optional>

namespace snn::metrics {

/// Spike `number` (0 is the first) of all chosen neurons together, ms.
std::optional<double> spikeTime(const Trains &trains, uint64_t number);
std::optional<double> firstSpike(const Trains &trains);
std::optional<double> lastSpike(const Trains &trains);

/// From the first to the last spike of the population, ms; 0 if silent.
double activityDuration(const Trains &trains);

/// Share of the neurons that spike at all; empty without neurons.
std::optional<double> fractionActive(const Trains &trains);

/// The largest distance of a time from the one at its place in `expected`, ms,
/// less what rounding adds; empty unless both are equally long.
std::optional<double> largestDeviation(const std::vector<double> &times,
                                       const std::vector<double> &expected);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_SPIKETIMES_H
