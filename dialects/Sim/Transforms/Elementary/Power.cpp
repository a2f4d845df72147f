//===- Power.cpp - x^y ----------------------------------------------------===//
//
// exp(y log x). In f64 the logarithm has a low part, since its error is
// multiplied by y log x; f32 goes through f64, where a plain one is enough. A
// negative x, -infinity too, has a power where y is an integer, else NaN.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Functions.h"

#include <cstdlib>

namespace snn::sim::elementary {

/// exp(y log a) for a >= 0, in f64.
static Real powPositive(Real a, Real y) {
  Pair logarithm = logPair(a);
  Real product = y * logarithm.high;
  // Its rounding error, by exact products of halves.
  Real yHigh = leadingHalf(y), lHigh = leadingHalf(logarithm.high);
  Real yRest = y - yHigh, lRest = logarithm.high - lHigh;
  Real error = ((yHigh * lHigh - product) + (yHigh * lRest + yRest * lHigh)) +
               yRest * lRest;
  return exp(Pair{product, error + y * logarithm.low});
}

Real pow(Real x, Real y) {
  Real base = x.toDouble(), exponent = y.toDouble();
  // Exponents beyond this give 0, 1 or infinity as it does, and are even.
  Real limit = base.constant(0x1p70);
  Real bounded =
      select(abs(exponent) > limit, copysign(limit, exponent), exponent);
  Real magnitude = x.isSingle() ? exp(bounded * log(abs(base)))
                                : powPositive(abs(base), bounded);
  // Negative bases have a power where the exponent is an integer.
  Real half = 0.5 * bounded;
  Real nan = base.constant(std::numeric_limits<double>::quiet_NaN());
  Real signedPower = select(roundeven(half) == half, magnitude, -magnitude);
  signedPower = select(roundeven(bounded) == bounded, signedPower, nan);
  Real result = select(base < 0, signedPower, magnitude);
  Real one = base.constant(1);
  result = select((exponent == 0) | (base == 1), one, result);
  return x.isSingle() ? result.toSingle() : result;
}

Real pow(Real x, int n) {
  Real power = x.constant(1);
  bool empty = true;
  for (unsigned rest = std::abs(n); rest; rest >>= 1) {
    if (rest & 1) {
      power = empty ? x : power * x;
      empty = false;
    }
    if (rest > 1)
      x = x * x;
  }
  return n < 0 ? 1 / power : power;
}

} // namespace snn::sim::elementary
