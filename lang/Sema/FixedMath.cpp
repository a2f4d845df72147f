//===- FixedMath.cpp - Elementary functions with fixed bits ---------------===//
//
// Double-double arithmetic after Dekker (1971): a value is the unevaluated sum
// of two doubles. exp reduces by multiples of log 2 and by 2^9, sums a Taylor
// series and doubles the argument back in the form exp(x) - 1, which keeps
// small results exact; log takes one step of Halley's iteration on that.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/FixedMath.h"

#include <cmath>
#include <limits>

namespace snn::lang::fixed {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

struct Double2 {
  double high = 0, low = 0;
};

/// a + b exactly, for |a| >= |b|.
Double2 quickSum(double a, double b) {
  double sum = a + b;
  return {sum, b - (sum - a)};
}

/// a + b exactly (Knuth).
Double2 exactSum(double a, double b) {
  double sum = a + b, part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// a * b exactly (Veltkamp's split; no fused multiply-add).
Double2 exactProduct(double a, double b) {
  constexpr double splitter = 134217729; // 2^27 + 1
  double ta = splitter * a, tb = splitter * b;
  double aHigh = ta - (ta - a), bHigh = tb - (tb - b);
  double aLow = a - aHigh, bLow = b - bHigh;
  double product = a * b;
  return {product, ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) +
                       aLow * bLow};
}

Double2 operator-(Double2 a) { return {-a.high, -a.low}; }

Double2 operator+(Double2 a, Double2 b) {
  Double2 high = exactSum(a.high, b.high), low = exactSum(a.low, b.low);
  high = quickSum(high.high, high.low + low.high);
  return quickSum(high.high, high.low + low.low);
}

Double2 operator-(Double2 a, Double2 b) { return a + -b; }

Double2 operator*(Double2 a, Double2 b) {
  Double2 product = exactProduct(a.high, b.high);
  product.low += a.high * b.low + a.low * b.high;
  return quickSum(product.high, product.low);
}

Double2 operator/(Double2 a, Double2 b) {
  double first = a.high / b.high;
  Double2 rest = a - b * Double2{first, 0};
  double second = rest.high / b.high;
  rest = rest - b * Double2{second, 0};
  Double2 sum = quickSum(first, second);
  return sum + Double2{rest.high / b.high, 0};
}

/// The same bits with half the work.
Double2 operator/(Double2 a, double b) {
  double first = a.high / b;
  Double2 rest = a - exactProduct(b, first);
  double second = rest.high / b;
  rest = rest - exactProduct(b, second);
  return quickSum(first, second) + Double2{rest.high / b, 0};
}

Double2 squareRoot(Double2 a) {
  if (a.high == 0)
    return {};
  double root = std::sqrt(a.high); // correctly rounded by IEEE 754
  Double2 rest = a - exactProduct(root, root);
  return quickSum(root, rest.high / (2 * root));
}

Double2 scale(Double2 a, double powerOfTwo) {
  return {a.high * powerOfTwo, a.low * powerOfTwo};
}

double rounded(Double2 a) { return a.high + a.low; }

constexpr Double2 one{1, 0};
constexpr Double2 inverseLog10{0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
constexpr Double2 halfPi{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};

/// k log 2; the first two parts have 32 bits, so their products are exact.
Double2 multipleOfLog2(double k) {
  return Double2{k * 0x1.62e42feep-1, 0} + Double2{k * 0x1.a39ef356p-33, 0} +
         Double2{k, 0} *
             Double2{0x1.93c7673007e5fp-65, -0x1.50bf0cbcd98d6p-120};
}

/// exp(x) - 1 for |x| <= 0.4 (half of log 2 and a margin).
Double2 smallExpm1(Double2 x) {
  constexpr int doublings = 9;
  Double2 r = scale(x, 0x1p-9);
  // Horner's rule for r + r^2/2! + ... + r^11/11!.
  Double2 sum = one;
  for (int n = 11; n > 1; --n)
    sum = one + r * sum / static_cast<double>(n);
  Double2 result = r * sum;
  for (int i = 0; i < doublings; ++i)
    result = result * (result + Double2{2, 0});
  return result;
}

/// exp(x) = 2^power * (1 + rest).
struct Exponential {
  int power;
  Double2 rest;
};

Exponential exponential(Double2 x) {
  double k = std::nearbyint(x.high * 0x1.71547652b82fep+0); // 1/log 2
  return {static_cast<int>(k), smallExpm1(x - multipleOfLog2(k))};
}

double expOf(Double2 x) {
  if (x.high > 710)
    return infinity;
  if (x.high < -750)
    return 0;
  Exponential e = exponential(x);
  // Two factors, so that subnormal results are rounded once, at the end.
  double value = rounded(one + e.rest);
  return std::ldexp(value, e.power);
}

/// exp(x) - 1 for |x| < 700.
Double2 expm1Of(Double2 x) {
  Exponential e = exponential(x);
  double factor = std::ldexp(1.0, e.power);
  return scale(e.rest, factor) + Double2{factor, 0} - one;
}

/// log(1 + x) for -0.3 < x < 0.42.
Double2 smallLog1p(Double2 x) {
  if (x.high == 0)
    return x;
  // log(1 + x) = 2 atanh(x/(2 + x)), in double, then Halley's step for
  // exp(y) - 1 = x: three times the digits.
  double s = x.high / (2 + x.high), square = s * s, sum = 0;
  for (int n = 21; n > 0; n -= 2)
    sum = sum * square + 1.0 / n;
  Double2 y{2 * s * sum, 0};
  Double2 e = smallExpm1(y);
  return y + Double2{2, 0} * (x - e) / (Double2{2, 0} + x + e);
}

/// log(x) for finite x > 0.
Double2 logOf(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent); // in [0.5, 1)
  if (mantissa < 0x1.6a09e667f3bcdp-1) {      // sqrt(1/2)
    mantissa *= 2;
    --exponent;
  }
  return multipleOfLog2(exponent) + smallLog1p({mantissa - 1, 0});
}

/// sin and cos of r for |r| <= 0.8.
Double2 smallSin(Double2 r) {
  Double2 square = r * r, sum = one;
  for (int n = 27; n > 1; n -= 2)
    sum = one - square * sum / static_cast<double>(n * (n - 1));
  return r * sum;
}

Double2 smallCos(Double2 r) {
  Double2 square = r * r, sum = one;
  for (int n = 28; n > 0; n -= 2)
    sum = one - square * sum / static_cast<double>(n * (n - 1));
  return sum;
}

/// sin(x + quarter*pi/2), for |x| <= 2^20.
Double2 sinOf(double x, int quarter) {
  double k = std::nearbyint(x * 0x1.45f306dc9c883p-1); // 2/pi
  Double2 r = Double2{x, 0} - Double2{k * 0x1.921fb54p+0, 0} -
              Double2{k * 0x1.10b46118p-30, 0} -
              Double2{k * 0x1.313198ap-61, 0} -
              Double2{k, 0} * Double2{0x1.701b839a25205p-92, 0};
  switch ((static_cast<long>(k) + quarter) & 3) {
  case 0:
    return smallSin(r);
  case 1:
    return smallCos(r);
  case 2:
    return -smallSin(r);
  default:
    return -smallCos(r);
  }
}

constexpr double largestAngle = 0x1p20;

} // namespace

double exp(double x) { return std::isnan(x) ? x : expOf({x, 0}); }

double expm1(double x) {
  if (std::isnan(x) || x == 0)
    return x;
  if (x > 700 || x < -60)
    return exp(x) - 1;
  return rounded(expm1Of({x, 0}));
}

double log(double x) {
  if (std::isnan(x) || x < 0)
    return notANumber;
  if (x == 0)
    return -infinity;
  return std::isinf(x) ? x : rounded(logOf(x));
}

double log1p(double x) {
  if (std::isnan(x) || x < -1)
    return notANumber;
  if (x > -0.25 && x < 0.25)
    return x == 0 ? x : rounded(smallLog1p({x, 0}));
  if (x == -1)
    return -infinity;
  if (std::isinf(x))
    return x;
  // 1 + x = sum (1 + error/sum) exactly.
  Double2 sum = exactSum(1, x);
  return rounded(logOf(sum.high) + smallLog1p({sum.low / sum.high, 0}));
}

double log10(double x) {
  if (!(x > 0) || std::isinf(x))
    return log(x);
  return rounded(logOf(x) * inverseLog10);
}

double pow(double x, double y) {
  if (y == 0 || x == 1)
    return 1;
  if (std::isnan(x) || std::isnan(y))
    return notANumber;
  bool isInteger = std::nearbyint(y) == y;
  bool isOdd = isInteger && std::fabs(y) < 0x1p53 && std::fmod(y, 2) != 0;
  if (x == 0) {
    double magnitude = y > 0 ? 0 : infinity;
    return isOdd ? std::copysign(magnitude, x) : magnitude;
  }
  if (x < 0 && !isInteger)
    return notANumber;
  double base = std::fabs(x), magnitude;
  if (std::isinf(base) || std::isinf(y)) {
    bool grows = base == 1 ? false : (base > 1) == (y > 0);
    magnitude = base == 1 ? 1 : grows ? infinity : 0;
  } else if (std::fabs(y * rounded(logOf(base))) > 800) {
    magnitude = (base > 1) == (y > 0) ? infinity : 0;
  } else {
    magnitude = expOf(logOf(base) * Double2{y, 0});
  }
  return x < 0 && isOdd ? -magnitude : magnitude;
}

double sin(double x) {
  if (!(std::fabs(x) <= largestAngle))
    return notANumber;
  return x == 0 ? x : rounded(sinOf(x, 0));
}

double cos(double x) {
  return std::fabs(x) <= largestAngle ? rounded(sinOf(x, 1)) : notANumber;
}

double tan(double x) {
  if (!(std::fabs(x) <= largestAngle))
    return notANumber;
  return x == 0 ? x : rounded(sinOf(x, 0) / sinOf(x, 1));
}

double sinh(double x) {
  if (std::isnan(x) || x == 0)
    return x;
  if (std::fabs(x) > 690)
    return std::copysign(expOf(Double2{std::fabs(x), 0} - multipleOfLog2(1)),
                         x);
  // Of |x|: exp of a negative number less 1 loses what exp of it is.
  Double2 e = expm1Of({std::fabs(x), 0});
  return std::copysign(rounded(scale(e + e / (one + e), 0.5)), x);
}

double cosh(double x) {
  if (std::isnan(x))
    return x;
  if (std::fabs(x) > 690)
    return expOf(Double2{std::fabs(x), 0} - multipleOfLog2(1));
  Double2 e = one + expm1Of({std::fabs(x), 0});
  return rounded(scale(e + one / e, 0.5));
}

double tanh(double x) {
  if (std::isnan(x) || x == 0)
    return x;
  if (std::fabs(x) > 30)
    return std::copysign(1.0, x);
  Double2 e = expm1Of({2 * x, 0});
  return rounded(e / (e + Double2{2, 0}));
}

double atan(double x) {
  if (std::isnan(x) || x == 0)
    return x;
  if (std::fabs(x) > 0x1p60)
    return std::copysign(rounded(halfPi), x);
  bool inverted = std::fabs(x) > 1;
  Double2 z = inverted ? one / Double2{x, 0} : Double2{x, 0};
  // atan z = 2 atan(z/(1 + sqrt(1 + z^2))), three times, then the series.
  for (int i = 0; i < 3; ++i)
    z = z / (one + squareRoot(one + z * z));
  Double2 square = z * z, sum{};
  for (int n = 39; n > 0; n -= 2)
    sum = one / static_cast<double>(n) - square * sum;
  Double2 angle = scale(z * sum, 8);
  if (inverted)
    angle = (x > 0 ? halfPi : -halfPi) - angle;
  return rounded(angle);
}

double exprel(double x) {
  if (std::isnan(x) || x == 0)
    return x == 0 ? 1 : x;
  if (x > 700 || x < -60)
    return expm1(x) / x;
  return rounded(expm1Of({x, 0}) / Double2{x, 0});
}

} // namespace snn::lang::fixed
