//===- Distance.cpp - How far apart two samples are -------------*- C++ -*-===//
//
// Both distances walk the two sorted samples once; cumulative distributions are
// steps at the sampled values.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Distance.h"

#include <algorithm>
#include <cmath>

using namespace snn::metrics;

/// Calls visit(width, difference) for every stretch between neighbouring
/// values; the last one, beyond all values, has no width and no difference.
template <class Visit>
static void walk(std::vector<double> &a, std::vector<double> &b, Visit visit) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    double at = i == a.size()   ? b[j]
                : j == b.size() ? a[i]
                                : std::min(a[i], b[j]);
    while (i < a.size() && a[i] == at)
      ++i;
    while (j < b.size() && b[j] == at)
      ++j;
    double next = at;
    if (i < a.size())
      next = a[i];
    if (j < b.size())
      next = i < a.size() ? std::min(next, b[j]) : b[j];
    double difference = static_cast<double>(i) / static_cast<double>(a.size()) -
                        static_cast<double>(j) / static_cast<double>(b.size());
    visit(next - at, std::abs(difference));
  }
}

std::optional<double> snn::metrics::kolmogorovSmirnov(std::vector<double> a,
                                                      std::vector<double> b) {
  if (a.empty() || b.empty())
    return std::nullopt;
  double largest = 0;
  walk(a, b, [&](double, double difference) {
    largest = std::max(largest, difference);
  });
  return largest;
}

std::optional<double> snn::metrics::earthMovers(std::vector<double> a,
                                                std::vector<double> b) {
  if (a.empty() || b.empty())
    return std::nullopt;
  double area = 0;
  walk(a, b,
       [&](double width, double difference) { area += width * difference; });
  return area;
}
