//===- Synchrony.h - Do neurons fire together? -----------------*- C++ -*-===//
//
// Two answers from counts in bins: the Fano factor of the population's count,
// and the mean correlation of pairs of neurons.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_SYNCHRONY_H
#define SNN_COMPILER_METRICS_SYNCHRONY_H

#include "compiler/Metrics/Trains.h"

#include <optional>

namespace snn::metrics {

/// Variance (divisor n) over mean of the population's spike count in bins of
/// `bin` ms: 1 for independent Poisson trains. Empty without spikes or with
/// fewer than two bins.
std::optional<double> fanoFactor(const Trains &trains, double bin);

/// Pearson's correlation of the counts of two neurons, averaged over all pairs
/// of neurons whose counts vary. Empty with fewer than two of them.
std::optional<double> meanCorrelation(const Trains &trains, double bin);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_SYNCHRONY_H
