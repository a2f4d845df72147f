//===- Rate.cpp - Mean firing rate ------------------------------*- C++ -*-===//
//
// rate = spikes / (neurons * window).
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Rate.h"

using namespace snn::metrics;

std::optional<double> snn::metrics::meanRate(const Trains &trains) {
  if (trains.times.empty() || !(trains.window.length() > 0))
    return std::nullopt;
  return static_cast<double>(trains.count()) /
         (static_cast<double>(trains.times.size()) * trains.window.length());
}

std::vector<double> snn::metrics::rates(const Trains &trains) {
  std::vector<double> result;
  for (const std::vector<double> &train : trains.times)
    result.push_back(static_cast<double>(train.size()) /
                     trains.window.length());
  return result;
}
