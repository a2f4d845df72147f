//===- Intervals.cpp - Interspike intervals ---------------------*- C++ -*-===//
//
// CV = sqrt(mean((I - mean(I))^2)) / mean(I), in two passes: the one-pass form
// cancels where intervals are nearly equal.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Intervals.h"

#include <cmath>
#include <numeric>

using namespace snn::metrics;

static double mean(const std::vector<double> &values) {
  return std::accumulate(values.begin(), values.end(), 0.0) /
         static_cast<double>(values.size());
}

std::vector<double> snn::metrics::intervals(const std::vector<double> &train) {
  std::vector<double> result;
  for (size_t i = 1; i < train.size(); ++i)
    result.push_back(train[i] - train[i - 1]);
  return result;
}

std::vector<double> snn::metrics::allIntervals(const Trains &trains) {
  std::vector<double> all;
  for (const std::vector<double> &train : trains.times)
    for (double interval : intervals(train))
      all.push_back(interval);
  return all;
}

std::optional<double> snn::metrics::meanInterval(const Trains &trains) {
  std::vector<double> all = allIntervals(trains);
  if (all.empty())
    return std::nullopt;
  return mean(all);
}

std::optional<double>
snn::metrics::coefficientOfVariation(const std::vector<double> &train) {
  std::vector<double> lengths = intervals(train);
  if (lengths.empty())
    return std::nullopt;
  double average = mean(lengths), squares = 0;
  for (double length : lengths)
    squares += (length - average) * (length - average);
  return std::sqrt(squares / static_cast<double>(lengths.size())) / average;
}

std::vector<double>
snn::metrics::coefficientsOfVariation(const Trains &trains,
                                      uint64_t leastIntervals) {
  std::vector<double> values;
  for (const std::vector<double> &train : trains.times)
    if (train.size() > leastIntervals)
      if (std::optional<double> value = coefficientOfVariation(train))
        values.push_back(*value);
  return values;
}

std::optional<double>
snn::metrics::meanCoefficientOfVariation(const Trains &trains,
                                         uint64_t leastIntervals) {
  std::vector<double> values = coefficientsOfVariation(trains, leastIntervals);
  if (values.empty())
    return std::nullopt;
  return mean(values);
}
