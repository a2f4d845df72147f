//===- SynapseStates.cpp - Numbers of recorded synapses ---------*- C++ -*-===//
//
// Samples lie on the integration grid; a time may miss its sample by a rounding
// and then still finds it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/SynapseStates.h"

#include <algorithm>
#include <cmath>

namespace snn::metrics {

static double slackAt(double time) {
  return 1e-9 * std::max(1.0, std::abs(time));
}

static std::span<const double> row(const SynapseTrace &trace, size_t sample) {
  return std::span(trace.values).subspan(sample * trace.count, trace.count);
}

std::optional<std::span<const double>> lastSample(const SynapseTrace &trace,
                                                  const Window &window) {
  for (size_t i = trace.times.size(); i-- > 0;) {
    if (trace.times[i] > window.end + slackAt(window.end))
      continue;
    if (trace.times[i] < window.begin - slackAt(window.begin))
      return std::nullopt;
    return row(trace, i);
  }
  return std::nullopt;
}

std::optional<std::span<const double>> sampleAt(const SynapseTrace &trace,
                                                double time) {
  auto found = std::ranges::find_if(trace.times, [&](double sample) {
    return std::abs(sample - time) <= slackAt(time);
  });
  if (found == trace.times.end())
    return std::nullopt;
  return row(trace, static_cast<size_t>(found - trace.times.begin()));
}

uint64_t countWithin(std::span<const double> values, double low, double high,
                     bool isOpen) {
  return static_cast<uint64_t>(std::ranges::count_if(values, [&](double value) {
    return isOpen ? value > low && value < high : value >= low && value <= high;
  }));
}

} // namespace snn::metrics
