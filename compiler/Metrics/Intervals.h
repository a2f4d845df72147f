//===- Intervals.h - Interspike intervals and their variability -*- C++ -*-===//
//
// An interval lies between two successive spikes of one neuron that are both in
// the window.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_INTERVALS_H
#define SNN_COMPILER_METRICS_INTERVALS_H

#include "compiler/Metrics/Trains.h"

#include <optional>

namespace snn::metrics {

/// Intervals of one train, ms.
std::vector<double> intervals(const std::vector<double> &train);
/// Those of all neurons, neuron by neuron.
std::vector<double> allIntervals(const Trains &trains);

/// Mean over all intervals of all neurons, ms; empty without any.
std::optional<double> meanInterval(const Trains &trains);

/// Standard deviation (of the population, divisor n) over mean of the intervals
/// of one train; empty without intervals.
std::optional<double> coefficientOfVariation(const std::vector<double> &train);

/// One value a neuron that has at least `leastIntervals` intervals.
std::vector<double> coefficientsOfVariation(const Trains &trains,
                                            uint64_t leastIntervals);

/// Mean of these over the neurons; empty where no neuron has enough intervals.
std::optional<double> meanCoefficientOfVariation(const Trains &trains,
                                                 uint64_t leastIntervals);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_INTERVALS_H
