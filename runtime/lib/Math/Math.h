//===- Math.h - Real functions in extended precision ------------*- C++ -*-===//
//
// The cores that the functions of snn/math.h share, and what random numbers
// need beyond them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_MATH_MATH_H
#define SNN_RUNTIME_MATH_MATH_H

#include "runtime/lib/Math/DoubleDouble.h"
#include "snn/math.h"

namespace snn::runtime {

/// 2^exponent * (high + low), a positive number whose mantissa is near 1.
struct ScaledDoubleDouble {
  DoubleDouble mantissa;
  int exponent;
};

/// e^(x.high + x.low) for |x| < 2000, to about 2^-66 relative.
ScaledDoubleDouble expExtended(DoubleDouble x);

/// e^(x.high + x.low) - 1 for |x| < 700, to about 2^-62 relative.
DoubleDouble expm1Extended(DoubleDouble x);

/// log(x.high + x.low) for a normal positive x.high, to about 2^-66 relative.
DoubleDouble logExtended(DoubleDouble x);

/// The standard normal quantile: P(X <= normalQuantile(p)) = p for 0 < p < 1,
/// to 1e-15 relative (Wichura 1988, algorithm AS 241).
double normalQuantile(double p);

/// log(k!) for a whole k >= 0.
DoubleDouble logFactorial(double k);

/// log(k!) less Stirling's (k + 1/2) log(k + 1) - (k + 1) + log(2 pi) / 2.
double stirlingCorrection(double k);

} // namespace snn::runtime

#endif // SNN_RUNTIME_MATH_MATH_H
