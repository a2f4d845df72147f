//===- Traces.cpp - Numbers of a recorded state -----------------*- C++ -*-===//
//
// Samples lie on the integration grid; a time may miss its sample by a rounding
// and then still finds it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Traces.h"

#include <algorithm>
#include <cmath>

using namespace snn::metrics;

static std::vector<uint64_t> columns(const Trace &trace,
                                     const NeuronSet &neurons) {
  std::vector<uint64_t> result;
  for (uint64_t i = 0; i < trace.neurons.count; ++i)
    if (neurons.contains(trace.neurons.id(i)))
      result.push_back(i);
  return result;
}

std::optional<double> snn::metrics::valueAt(const Trace &trace,
                                            const NeuronSet &neurons,
                                            double time) {
  std::vector<uint64_t> chosen = columns(trace, neurons);
  if (chosen.empty() || trace.times.empty())
    return std::nullopt;
  double slack = 1e-9 * std::max(1.0, std::abs(time));
  if (time < trace.times.front() - slack || time > trace.times.back() + slack)
    return std::nullopt;
  size_t after = static_cast<size_t>(
      std::lower_bound(trace.times.begin(), trace.times.end(), time - slack) -
      trace.times.begin());
  auto meanOf = [&](size_t sample) {
    double sum = 0;
    for (uint64_t column : chosen)
      sum += trace.value(sample, column);
    return sum / static_cast<double>(chosen.size());
  };
  if (std::abs(trace.times[after] - time) <= slack || after == 0)
    return meanOf(after);
  double before = trace.times[after - 1];
  double share = (time - before) / (trace.times[after] - before);
  return (1 - share) * meanOf(after - 1) + share * meanOf(after);
}

std::optional<Summary> snn::metrics::summarize(const Trace &trace,
                                               const NeuronSet &neurons,
                                               const Window &window) {
  std::vector<uint64_t> chosen = columns(trace, neurons);
  Summary result;
  double sum = 0, count = 0;
  double slack = 1e-9 * std::max(1.0, std::abs(window.end));
  for (size_t i = 0; i < trace.times.size(); ++i) {
    // Unlike spikes, samples at the window's very beginning count.
    if (trace.times[i] < window.begin - slack ||
        trace.times[i] > window.end + slack)
      continue;
    for (uint64_t column : chosen) {
      double value = trace.value(i, column);
      result.minimum = count == 0 ? value : std::min(result.minimum, value);
      result.maximum = count == 0 ? value : std::max(result.maximum, value);
      sum += value;
      ++count;
    }
  }
  if (count == 0)
    return std::nullopt;
  result.mean = sum / count;
  return result;
}
