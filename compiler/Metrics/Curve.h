//===- Curve.h - What a sweep shows -----------------------------*- C++ -*-===//
//
// A metric over the values of a sweep, such as the rate over the current (F-I
// curve): is it monotone, and which simple law describes it best?
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_CURVE_H
#define SNN_COMPILER_METRICS_CURVE_H

#include <cstddef>
#include <optional>
#include <vector>

namespace snn::metrics {

struct Curve {
  /// Ascending.
  std::vector<double> x;
  std::vector<double> y;
};

/// The first i with y[i+1] < y[i] - slack; empty where the curve never falls.
std::optional<size_t> firstDescent(const Curve &curve, double slack = 0);

/// y = gain * max(0, x - onset).
struct ReluFit {
  double onset = 0, gain = 0;
  double rSquared = 0;
};
/// Least squares; empty with fewer than three points or a constant curve.
std::optional<ReluFit> fitRelu(const Curve &curve);

/// y = top / (1 + exp(-(x - middle)/width)).
struct SigmoidFit {
  double top = 0, middle = 0, width = 0;
  double rSquared = 0;
};
/// Least squares; empty with fewer than four points or a constant curve.
std::optional<SigmoidFit> fitSigmoid(const Curve &curve);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_CURVE_H
