//===- DoubleDouble.h - Twice the working precision -------------*- C++ -*-===//
//
// A number as the unevaluated sum of two doubles, about 104 bits. The exact
// sum is Knuth's, the exact product Dekker's with Veltkamp's splitting: no
// fused multiply-add is needed, hence the same bits on every machine.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_MATH_DOUBLEDOUBLE_H
#define SNN_RUNTIME_MATH_DOUBLEDOUBLE_H

namespace snn::runtime {

/// high is the sum rounded to double; low is what it lacks.
struct DoubleDouble {
  double high, low;

  constexpr double value() const { return high + low; }
};

/// a + b exactly, where |a| >= |b| or a == 0.
constexpr DoubleDouble quickTwoSum(double a, double b) {
  double sum = a + b;
  return {sum, b - (sum - a)};
}

/// a + b exactly.
constexpr DoubleDouble twoSum(double a, double b) {
  double sum = a + b;
  double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// The upper 26 bits of a, and the rest; |a| < 2^996.
constexpr DoubleDouble split(double a) {
  double scaled = 134217729.0 * a; // 2^27 + 1
  double high = scaled - (scaled - a);
  return {high, a - high};
}

/// a * b exactly, away from overflow and underflow.
constexpr DoubleDouble twoProduct(double a, double b) {
  double product = a * b;
  DoubleDouble x = split(a), y = split(b);
  double error = x.high * y.high - product;
  error += x.high * y.low;
  error += x.low * y.high;
  return {product, error + x.low * y.low};
}

constexpr DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  DoubleDouble high = twoSum(a.high, b.high);
  DoubleDouble low = twoSum(a.low, b.low);
  high = quickTwoSum(high.high, high.low + low.high);
  return quickTwoSum(high.high, high.low + low.low);
}

constexpr DoubleDouble operator-(DoubleDouble a) { return {-a.high, -a.low}; }

constexpr DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  DoubleDouble product = twoProduct(a.high, b.high);
  product.low += a.high * b.low + a.low * b.high;
  return quickTwoSum(product.high, product.low);
}

constexpr DoubleDouble operator*(DoubleDouble a, double b) {
  DoubleDouble product = twoProduct(a.high, b);
  product.low += a.low * b;
  return quickTwoSum(product.high, product.low);
}

/// One correction of the quotient of the high parts.
constexpr DoubleDouble operator/(DoubleDouble a, DoubleDouble b) {
  double first = a.high / b.high;
  DoubleDouble rest = a + -(b * first);
  return quickTwoSum(first, rest.value() / b.high);
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_MATH_DOUBLEDOUBLE_H
