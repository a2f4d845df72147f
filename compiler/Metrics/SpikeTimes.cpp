//===- SpikeTimes.cpp - When spikes happen ----------------------*- C++ -*-===//
//
// Order statistics of the merged spike train.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/SpikeTimes.h"

#include <algorithm>
#include <cmath>

using namespace snn::metrics;

std::optional<double> snn::metrics::spikeTime(const Trains &trains,
                                              uint64_t number) {
  std::vector<double> all = trains.merged();
  if (number >= all.size())
    return std::nullopt;
  return all[number];
}

std::optional<double> snn::metrics::firstSpike(const Trains &trains) {
  return spikeTime(trains, 0);
}

std::optional<double> snn::metrics::lastSpike(const Trains &trains) {
  uint64_t count = trains.count();
  return count == 0 ? std::nullopt : spikeTime(trains, count - 1);
}

double snn::metrics::activityDuration(const Trains &trains) {
  std::vector<double> all = trains.merged();
  return all.empty() ? 0 : all.back() - all.front();
}

std::optional<double> snn::metrics::fractionActive(const Trains &trains) {
  if (trains.times.empty())
    return std::nullopt;
  auto active = std::count_if(trains.times.begin(), trains.times.end(),
                              [](const auto &train) { return !train.empty(); });
  return static_cast<double>(active) / static_cast<double>(trains.times.size());
}

std::optional<double>
snn::metrics::largestDeviation(const std::vector<double> &times,
                               const std::vector<double> &expected) {
  if (times.size() != expected.size())
    return std::nullopt;
  double largest = 0;
  for (size_t i = 0; i < times.size(); ++i) {
    // Both are multiples of a step or decimals that no f64 holds.
    double rounding = 4e-16 * std::max(std::abs(times[i]), expected[i]);
    largest = std::max(largest, std::abs(times[i] - expected[i]) - rounding);
  }
  return largest;
}
