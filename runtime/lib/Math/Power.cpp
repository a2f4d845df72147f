//===- Power.cpp - pow, tanh, sqrt ----------------------------------------===//
//
// pow is e^(y log x) with the logarithm in twice the precision: its error,
// amplified by up to 745, stays far below the last bit.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

namespace {

enum class Parity { NotWhole, Even, Odd };

Parity parityOf(double y) {
  double a = magnitude(y);
  if (a >= 0x1p53)
    return Parity::Even;
  auto whole = static_cast<uint64_t>(a);
  if (static_cast<double>(whole) != a)
    return Parity::NotWhole;
  return whole & 1 ? Parity::Odd : Parity::Even;
}

/// x^y for normal positive x other than 1, finite y.
double powPositive(double x, double y) {
  // |log x| >= 2^-53, so a larger |y| over- or underflows.
  if (magnitude(y) > 0x1p64)
    return (x > 1) == (y > 0) ? Infinity : 0.0;
  DoubleDouble exponent = logExtended({x, 0}) * y;
  if (exponent.high > 710)
    return Infinity;
  if (exponent.high < -746)
    return 0;
  ScaledDoubleDouble result = expExtended(exponent);
  return scaleByPowerOfTwo(result.mantissa.value(), result.exponent);
}

} // namespace

double snn_pow(double x, double y) {
  x = flush(x);
  y = flush(y);
  if (y == 0 || x == 1)
    return 1;
  if (x != x || y != y)
    return NotANumber;
  double a = magnitude(x);
  Parity parity = parityOf(y);
  bool negative = isNegative(x) && parity == Parity::Odd;
  if (magnitude(y) == Infinity)
    return a == 1 ? 1 : (a > 1) == (y > 0) ? Infinity : 0.0;
  if (a == 0 || a == Infinity)
    return withSign((a == 0) == (y > 0) ? 0.0 : Infinity, negative);
  if (x < 0 && parity == Parity::NotWhole)
    return NotANumber;
  return withSign(a == 1 ? 1 : powPositive(a, y), negative);
}

double snn_tanh(double x) {
  double a = magnitude(x);
  if (a < 0x1p-28 || x != x)
    return flush(x); // x - x^3/3 rounds to x
  if (a > 22)
    return withSign(1, isNegative(x));
  // tanh a = (e^2a - 1) / (e^2a + 1)
  DoubleDouble t = expm1Extended({2 * a, 0});
  return withSign((t / (t + DoubleDouble{2, 0})).value(), isNegative(x));
}

double snn_sqrt(double x) { return __builtin_sqrt(flush(x)); }
