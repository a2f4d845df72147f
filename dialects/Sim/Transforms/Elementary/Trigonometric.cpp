//===- Trigonometric.cpp - sin, cos and tan -------------------------------===//
//
// x = n pi/2 + r with |r| <= pi/4; n modulo 4 chooses sin or cos of r and the
// sign. pi/2 is taken off in four parts, the first three of 22 bits, so that n
// times each is exact for |n| < 2^31 and the error of r stays near 2^-88.
// Single precision goes through f64, where the reduction is exact enough by
// itself.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Functions.h"

namespace snn::sim::elementary {

// (sin r - r) / r^3 and (cos r - 1 + r^2/2) / r^4 in r^2 (Remez): 2^-37 and
// 2^-43 for results in f32, 2^-58 and 2^-64 for f64.
static constexpr double singleSin[] = {
    -0x1.5555554cb1f1ap-3, 0x1.1111089072a02p-7, -0x1.a00f98e4d0191p-13,
    0x1.6cd7332bd7c3cp-19};
static constexpr double singleCos[] = {
    0x1.5555554f48c23p-5, -0x1.6c16b892bef47p-10, 0x1.a0111c19ce7a1p-16,
    -0x1.2429fcc793719p-22};
static constexpr double doubleSin[] = {
    -0x1.5555555555549p-3, 0x1.111111110f861p-7,   -0x1.a01a019c0e3b4p-13,
    0x1.71de3574ad586p-19, -0x1.ae5e63c44bbe3p-26, 0x1.5d92445916fa4p-33};
static constexpr double doubleCos[] = {
    0x1.555555555554cp-5,   -0x1.6c16c16c15162p-10, 0x1.a01a019caef25p-16,
    -0x1.27e4f807d577ap-22, 0x1.1ee9ea6c5fac4p-29,  -0x1.8fadd043c3f2ap-37};

namespace {
struct Quadrant {
  Bits n;        ///< Its two lowest bits count.
  Real sin, cos; ///< Of the reduced argument.
};
} // namespace

/// x is f64; `single` if a result of f32 precision will do.
static Quadrant reduce(Real x, bool single) {
  Real shifted = x * 0x1.45f306dc9c883p-1 + roundingShift(x);
  Real n = shifted - roundingShift(x);
  Real high = (x - n * 0x1.921fbp0) - n * 0x1.5110bp-22;
  // The third subtraction rounds; `low` is what it and the fourth leave.
  Real third = n * 0x1.184698p-44;
  Real sum = high - third;
  Real rest = ((high - sum) - third) - n * 0x1.3198a2e037073p-69;
  Real r = sum + rest;
  Real low = rest - (r - sum);
  Real z = r * r;
  if (single) {
    Real sine = r + (low + r * z * polynomial(z, singleSin));
    Real cosine = 1 - z * (0.5 - z * polynomial(z, singleCos));
    return {shifted.bits(), sine, cosine};
  }
  // sin(r + low) = sin r + low cos r, cos(r + low) = cos r - low sin r, and
  // 1 - z/2 with the rounding error of that subtraction.
  Real sine = r + (low * (1 - 0.5 * z) + r * z * polynomial(z, doubleSin));
  Real half = 0.5 * z;
  Real top = 1 - half;
  Real cosine =
      top + (((1 - top) - half) + (z * z * polynomial(z, doubleCos) - r * low));
  return {shifted.bits(), sine, cosine};
}

/// NaN from 2^31 on, where the reduction ends.
static Real limitRange(Real x, Real result) {
  Real nan = x.constant(std::numeric_limits<double>::quiet_NaN());
  return select(abs(x) < 0x1p31, result, nan);
}

/// sin of n pi/2 + r, given sin and cos of r: the second bit of n is the sign.
static Real pick(Bits n, Real sine, Real cosine) {
  Real y = select((n & 1) != 0, cosine, sine);
  return y.fromBits(y.bits() ^ ((n & 2) << 62));
}

Real sin(Real x) {
  Real wide = x.toDouble();
  Quadrant q = reduce(wide, x.isSingle());
  Real y = limitRange(wide, pick(q.n, q.sin, q.cos));
  return x.isSingle() ? y.toSingle() : y;
}

Real cos(Real x) {
  Real wide = x.toDouble();
  Quadrant q = reduce(wide, x.isSingle());
  Bits next = q.n + q.n.constant(1);
  Real y = limitRange(wide, pick(next, q.sin, q.cos));
  return x.isSingle() ? y.toSingle() : y;
}

Real tan(Real x) {
  Real wide = x.toDouble();
  Quadrant q = reduce(wide, x.isSingle());
  // In odd quadrants tan(pi/2 + r) = -cos r / sin r.
  Mask odd = (q.n & 1) != 0;
  Real y =
      limitRange(wide, select(odd, -q.cos, q.sin) / select(odd, q.sin, q.cos));
  return x.isSingle() ? y.toSingle() : y;
}

} // namespace snn::sim::elementary
