//===- Synchrony.cpp - Do neurons fire together? ---------------*- C++ -*-===//
//
// With z_i the counts of neuron i, shifted to mean zero and scaled to length 1,
// the correlation of a pair is z_i.z_j, so the sum over all pairs is
// (|sum z_i|^2 - n)/2: linear in the number of neurons, and over all pairs.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Synchrony.h"

#include <cmath>
#include <numeric>

using namespace snn::metrics;

std::optional<double> snn::metrics::fanoFactor(const Trains &trains,
                                               double bin) {
  std::vector<double> counts = binnedCounts(trains, bin);
  auto bins = static_cast<double>(counts.size());
  double sum = std::accumulate(counts.begin(), counts.end(), 0.0);
  if (counts.size() < 2 || sum == 0)
    return std::nullopt;
  double mean = sum / bins, squares = 0;
  for (double count : counts)
    squares += (count - mean) * (count - mean);
  return squares / bins / mean;
}

std::optional<double> snn::metrics::meanCorrelation(const Trains &trains,
                                                    double bin) {
  size_t bins = wholeBins(trains.window, bin);
  std::vector<double> sum(bins), counts(bins);
  double neurons = 0;
  for (const std::vector<double> &train : trains.times) {
    std::fill(counts.begin(), counts.end(), 0.0);
    for (double time : train)
      if (size_t place = binOf(time, trains.window, bin, bins); place < bins)
        ++counts[place];
    double mean = std::accumulate(counts.begin(), counts.end(), 0.0) /
                  static_cast<double>(bins);
    double squares = 0;
    for (double count : counts)
      squares += (count - mean) * (count - mean);
    if (!(squares > 0))
      continue;
    ++neurons;
    double norm = std::sqrt(squares);
    for (size_t i = 0; i < bins; ++i)
      sum[i] += (counts[i] - mean) / norm;
  }
  if (neurons < 2)
    return std::nullopt;
  double square = 0;
  for (double value : sum)
    square += value * value;
  return (square - neurons) / (neurons * (neurons - 1));
}
