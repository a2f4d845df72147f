//===- Figure.cpp - Axes with round numbers ---------------------*- C++ -*-===//
//
// Steps of 1, 2 and 5 times a power of ten are those that readers interpolate
// between without effort.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Figure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace snn::plot;

static double roundStep(double range, unsigned wanted) {
  double raw = range / std::max(1u, wanted);
  double power = std::pow(10, std::floor(std::log10(raw)));
  for (double factor : {1.0, 2.0, 5.0})
    if (factor * power >= raw * (1 - 1e-9))
      return factor * power;
  return 10 * power;
}

std::vector<double> snn::plot::ticks(const Axis &axis, unsigned wanted) {
  double range = axis.high - axis.low;
  if (!(range > 0) || !std::isfinite(range))
    return {axis.low};
  double step = roundStep(range, wanted);
  if (axis.whole)
    step = std::max(1.0, step);
  std::vector<double> result;
  for (double k = std::ceil(axis.low / step - 1e-9);
       k * step <= axis.high + 1e-9 * step; ++k)
    result.push_back(k == 0 ? 0 : k * step);
  return result;
}

std::string snn::plot::tickLabel(double value, double step) {
  char text[40];
  double size = std::max(std::abs(value), step);
  if (size >= 1e6 || size < 1e-3) {
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
  }
  int decimals =
      std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  // A zero that was rounded to has no sign.
  std::string label = text;
  bool zero = label.find_first_not_of("-0.") == std::string::npos;
  return zero && label[0] == '-' ? label.substr(1) : label;
}

void snn::plot::fitAxis(Axis &axis, const std::vector<double> &values,
                        bool fromZero) {
  bool any = false;
  double low = 0, high = 0;
  for (double value : values) {
    if (!std::isfinite(value))
      continue;
    low = any ? std::min(low, value) : value;
    high = any ? std::max(high, value) : value;
    any = true;
  }
  if (fromZero)
    low = std::min(low, 0.0);
  if (!any || low == high) {
    double reach = any && high != 0 ? 0.1 * std::abs(high) : 1;
    axis.low = fromZero ? 0 : low - reach;
    axis.high = high + reach;
    return;
  }
  double step = roundStep(high - low, 5) / 2;
  axis.low = std::floor(low / step + 1e-9) * step;
  axis.high = std::ceil(high / step - 1e-9) * step;
}
