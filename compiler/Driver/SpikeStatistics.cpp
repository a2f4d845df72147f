//===- SpikeStatistics.cpp - Rate and regularity as spikes come -----------===//
//
// Sums of whole steps, so nothing depends on the order of neurons.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/SpikeStatistics.h"

#include <cmath>

namespace snn::driver {

void SpikeStatistics::add(uint32_t neuron, uint64_t stamp) {
  if (stamp <= warmup)
    return;
  Neuron &one = neurons[neuron];
  if (one.spikes++) {
    uint64_t interval = stamp - one.last;
    one.sum += interval;
    one.squares += interval * interval;
  }
  one.last = stamp;
}

double SpikeStatistics::rate(uint64_t steps, double step) const {
  uint64_t spikes = 0;
  for (const Neuron &one : neurons)
    spikes += one.spikes;
  double seconds = static_cast<double>(steps) * step / 1000;
  return neurons.empty() || seconds == 0
             ? 0
             : static_cast<double>(spikes) /
                   static_cast<double>(neurons.size()) / seconds;
}

std::optional<double> SpikeStatistics::cv() const {
  double total = 0;
  uint64_t count = 0;
  for (const Neuron &one : neurons) {
    if (one.spikes < 3)
      continue;
    auto intervals = static_cast<double>(one.spikes - 1);
    double mean = static_cast<double>(one.sum) / intervals;
    double variance =
        static_cast<double>(one.squares) / intervals - mean * mean;
    total += mean > 0 ? std::sqrt(std::fmax(variance, 0)) / mean : 0;
    ++count;
  }
  if (count == 0)
    return std::nullopt;
  return total / static_cast<double>(count);
}

} // namespace snn::driver
