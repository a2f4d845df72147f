//===- Interpolation.h - Polynomials through points -------------*- C++ -*-===//
//
// Newton's divided differences, then powers of x: for a dozen points at most,
// in the neighbourhood of zero.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_MATH_INTERPOLATION_H
#define SNN_RUNTIME_MATH_INTERPOLATION_H

namespace snn::runtime {

/// The coefficients of x^0, x^1, ... of the polynomial with value y[i] at x[i];
/// these differ. y is used up.
template <unsigned Points>
void interpolate(const double (&x)[Points], double (&y)[Points],
                 double (&power)[Points]) {
  for (unsigned order = 1; order < Points; ++order)
    for (unsigned i = Points - 1; i >= order; --i)
      y[i] = (y[i] - y[i - 1]) / (x[i] - x[i - order]);
  for (double &coefficient : power)
    coefficient = 0;
  for (unsigned i = Points; i-- > 0;) {
    for (unsigned k = Points - 1; k > 0; --k)
      power[k] = power[k - 1] - x[i] * power[k];
    power[0] = y[i] - x[i] * power[0];
  }
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_MATH_INTERPOLATION_H
