//===- Curve.cpp - What a sweep shows ---------------------------*- C++ -*-===//
//
// Both laws are linear in one factor, which least squares gives in closed form,
// so that only the other parameters are searched for: the onset of the ReLU is
// exact within each interval between points, the sigmoid's middle and width
// come from a grid that shrinks around its best point.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace snn::metrics;

namespace {

struct Scaled {
  double factor = 0, residual = std::numeric_limits<double>::infinity();
};

/// The best y = factor * shape(x), and its sum of squared residuals.
template <class Shape>
Scaled scaleToFit(const Curve &curve, Shape shape) {
  double xy = 0, xx = 0;
  for (size_t i = 0; i < curve.x.size(); ++i) {
    double s = shape(curve.x[i]);
    xy += s * curve.y[i];
    xx += s * s;
  }
  if (!(xx > 0))
    return {};
  Scaled fit{xy / xx, 0};
  for (size_t i = 0; i < curve.x.size(); ++i) {
    double residual = curve.y[i] - fit.factor * shape(curve.x[i]);
    fit.residual += residual * residual;
  }
  return fit;
}

/// Squares about the mean: what R^2 is relative to.
double totalSquares(const Curve &curve) {
  double mean = 0, squares = 0;
  for (double y : curve.y)
    mean += y / static_cast<double>(curve.y.size());
  for (double y : curve.y)
    squares += (y - mean) * (y - mean);
  return squares;
}

} // namespace

std::optional<size_t> snn::metrics::firstDescent(const Curve &curve,
                                                 double slack) {
  for (size_t i = 0; i + 1 < curve.y.size(); ++i)
    if (curve.y[i + 1] < curve.y[i] - slack)
      return i;
  return std::nullopt;
}

std::optional<ReluFit> snn::metrics::fitRelu(const Curve &curve) {
  size_t n = curve.x.size();
  double total = totalSquares(curve);
  if (n < 3 || !(total > 0))
    return std::nullopt;
  ReluFit best;
  double least = std::numeric_limits<double>::infinity();
  auto consider = [&](double onset) {
    Scaled fit =
        scaleToFit(curve, [&](double x) { return std::max(0.0, x - onset); });
    if (fit.residual < least) {
      least = fit.residual;
      best = {onset, fit.factor, 0};
    }
  };
  for (size_t k = 0; k + 2 <= n; ++k) {
    // With an onset between x[k-1] and x[k], the points from k on lie on a
    // straight line; its zero is the onset, unless the interval bounds it.
    double mx = 0, my = 0, count = static_cast<double>(n - k);
    for (size_t i = k; i < n; ++i) {
      mx += curve.x[i] / count;
      my += curve.y[i] / count;
    }
    double xy = 0, xx = 0;
    for (size_t i = k; i < n; ++i) {
      xy += (curve.x[i] - mx) * (curve.y[i] - my);
      xx += (curve.x[i] - mx) * (curve.x[i] - mx);
    }
    if (xx > 0 && xy != 0) {
      double zero = mx - my * xx / xy;
      if (zero <= curve.x[k] && (k == 0 || zero >= curve.x[k - 1]))
        consider(zero);
    }
    consider(curve.x[k]);
  }
  best.rSquared = 1 - least / total;
  return best;
}

std::optional<SigmoidFit> snn::metrics::fitSigmoid(const Curve &curve) {
  double total = totalSquares(curve);
  if (curve.x.size() < 4 || !(total > 0))
    return std::nullopt;
  double span = curve.x.back() - curve.x.front();
  if (!(span > 0))
    return std::nullopt;
  SigmoidFit best;
  double least = std::numeric_limits<double>::infinity();
  // Middle linear, width logarithmic; a width below zero is a falling curve.
  double middle = curve.x.front() + span / 2, middleReach = span;
  double width = std::log(span / 8), widthReach = std::log(64.0);
  bool falling = curve.y.back() < curve.y.front();
  constexpr int points = 12;
  for (int round = 0; round < 60; ++round) {
    double roundMiddle = middle, roundWidth = width;
    for (int i = -points; i <= points; ++i)
      for (int j = -points; j <= points; ++j) {
        double m = roundMiddle + middleReach * i / points;
        double w = roundWidth + widthReach * j / points;
        double scale = falling ? -std::exp(w) : std::exp(w);
        Scaled fit = scaleToFit(curve, [&](double x) {
          return 1 / (1 + std::exp(-(x - m) / scale));
        });
        if (fit.residual < least) {
          least = fit.residual;
          best = {fit.factor, m, scale, 0};
          middle = m;
          width = w;
        }
      }
    middleReach *= 0.6;
    widthReach *= 0.6;
  }
  best.rSquared = 1 - least / total;
  return best;
}
