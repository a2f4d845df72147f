//===- Rounding.cpp - Integers near a number ------------------------------===//
//
// Adding 2^mantissa bits to |x| rounds it to an integer, half to even. The x86
// baseline has no rounding instruction and would call libm; where there is one,
// the bits are the same.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Functions.h"

namespace snn::sim::elementary {

static Real unit(Real x) { return x.constant(0x1p23, 0x1p52); }

/// `integer` with the sign of x (also of zero); from 2^mantissa bits on (and on
/// NaN) x is its own integer.
static Real finish(Real x, Real integer) {
  return select(abs(x) < unit(x), copysign(integer, x), x);
}

static Real nearest(Real a) { return (a + unit(a)) - unit(a); }

/// The largest integer up to a >= 0.
static Real below(Real a) {
  Real t = nearest(a);
  return select(t > a, t - 1, t);
}

Real roundeven(Real x) { return finish(x, nearest(abs(x))); }

Real trunc(Real x) { return finish(x, below(abs(x))); }

Real floor(Real x) {
  Real t = roundeven(x);
  return finish(x, select(t > x, t - 1, t));
}

Real ceil(Real x) {
  Real t = roundeven(x);
  return finish(x, select(t < x, t + 1, t));
}

Real round(Real x) {
  Real a = abs(x);
  Real t = below(a);
  return finish(x, select(a - t >= 0.5, t + 1, t));
}

} // namespace snn::sim::elementary
