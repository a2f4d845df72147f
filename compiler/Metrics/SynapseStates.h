//===- SynapseStates.h - Numbers of recorded synapses -----------*- C++ -*-===//
//
// Mean, extremes and shares of a state over all synapses of some projections,
// at one sample.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_SYNAPSESTATES_H
#define SNN_COMPILER_METRICS_SYNAPSESTATES_H

#include "compiler/Results/Recording.h"

#include <optional>
#include <span>

namespace snn::metrics {

using results::SynapseTrace;
using results::Window;

/// The values at the last sample in the window; empty without one.
std::optional<std::span<const double>> lastSample(const SynapseTrace &trace,
                                                  const Window &window);
/// The values at the sample of that time (ms); empty without one.
std::optional<std::span<const double>> sampleAt(const SynapseTrace &trace,
                                                double time);

/// Of `values`, how many lie in low .. high; on a bound not if `isOpen`.
uint64_t countWithin(std::span<const double> values, double low, double high,
                     bool isOpen);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_SYNAPSESTATES_H
