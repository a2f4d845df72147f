//===- Mpfr.h - A multiple-precision number for the tests -------*- C++ -*-===//
//
// An RAII shell around MPFR, and the error of a double in units in the last
// place.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_RUNTIME_MATH_MPFR_H
#define SNN_TESTS_UNIT_RUNTIME_MATH_MPFR_H

#include <algorithm>
#include <cmath>
#include <mpfr.h>

namespace snn::test {

class Real {
public:
  Real(double x = 0) {
    mpfr_init2(value, 320);
    mpfr_set_d(value, x, MPFR_RNDN);
  }
  Real(const Real &other) {
    mpfr_init2(value, 320);
    mpfr_set(value, other.value, MPFR_RNDN);
  }
  Real &operator=(const Real &other) {
    mpfr_set(value, other.value, MPFR_RNDN);
    return *this;
  }
  ~Real() { mpfr_clear(value); }

  mpfr_ptr get() { return value; }
  mpfr_srcptr get() const { return value; }
  double toDouble() const { return mpfr_get_d(value, MPFR_RNDN); }

private:
  mpfr_t value;
};

/// |result - exact| in units in the last place of `exact` as a double; the
/// smallest subnormal number is the least unit.
inline double ulpError(double result, const Real &exact) {
  double nearest = exact.toDouble();
  if (std::isinf(nearest) || std::isnan(nearest))
    return result == nearest || (std::isnan(result) && std::isnan(nearest))
               ? 0
               : HUGE_VAL;
  if (!std::isfinite(result))
    return HUGE_VAL;
  int exponent;
  std::frexp(nearest, &exponent);
  Real error(result);
  mpfr_sub(error.get(), error.get(), exact.get(), MPFR_RNDN);
  mpfr_mul_2si(error.get(), error.get(), -std::max(exponent - 53, -1074),
               MPFR_RNDN);
  return std::fabs(error.toDouble());
}

} // namespace snn::test

#endif // SNN_TESTS_UNIT_RUNTIME_MATH_MPFR_H
