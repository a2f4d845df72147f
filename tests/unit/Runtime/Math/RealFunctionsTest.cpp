//===- RealFunctionsTest.cpp - snn/math.h against MPFR --------------------===//
//
// The stated errors hold on dense random arguments of every magnitude, special
// values are those of C11, and golden sums pin the bits.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Random/Hash.h"
#include "snn/math.h"
#include "tests/unit/Runtime/Math/Mpfr.h"

#include <gtest/gtest.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

using namespace snn::runtime;
using snn::test::Real;
using snn::test::ulpError;

namespace {

using MpfrFn = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

/// Uniform in [0, 1) from a counter.
double unit(uint64_t counter) {
  return static_cast<double>(mix64(1, counter) >> 11) * 0x1p-53;
}

struct Worst {
  double error = 0, at = 0;

  void check(double (*fn)(double), MpfrFn exact, double x) {
    Real y;
    exact(y.get(), Real(x).get(), MPFR_RNDN);
    double e = ulpError(fn(x), y);
    if (!(e <= error))
      error = e, at = x;
  }
  void uniform(double (*fn)(double), MpfrFn exact, double low, double high) {
    for (uint64_t i = 0; i < 20000; ++i)
      check(fn, exact, low + (high - low) * unit(i));
  }
  /// Every magnitude from 2^low to 2^high, both signs if asked.
  void magnitudes(double (*fn)(double), MpfrFn exact, int low, int high,
                  bool both) {
    for (int e = low; e <= high; ++e)
      for (uint64_t i = 0; i < 40; ++i) {
        double x = std::ldexp(1 + unit(1000 * (e + 2000) + i), e);
        check(fn, exact, x);
        if (both)
          check(fn, exact, -x);
      }
  }
};

TEST(RealFunctions, ExpIsWithin051Ulp) {
  Worst worst;
  worst.uniform(snn_exp, mpfr_exp, -708, 709.7);
  worst.uniform(snn_exp, mpfr_exp, -1, 1);
  worst.magnitudes(snn_exp, mpfr_exp, -1022, 8, true);
  EXPECT_LE(worst.error, 0.51) << worst.at;
}

TEST(RealFunctions, Expm1IsWithin051Ulp) {
  Worst worst;
  worst.uniform(snn_expm1, mpfr_expm1, -40, 709.7);
  worst.uniform(snn_expm1, mpfr_expm1, -1, 1);
  worst.uniform(snn_expm1, mpfr_expm1, -0.02, 0.02);
  worst.magnitudes(snn_expm1, mpfr_expm1, -1022, 8, true);
  EXPECT_LE(worst.error, 0.51) << worst.at;
}

TEST(RealFunctions, LogIsWithin051Ulp) {
  Worst worst;
  worst.uniform(snn_log, mpfr_log, 0.5, 2);
  worst.uniform(snn_log, mpfr_log, 0.98, 1.02);
  worst.uniform(snn_log, mpfr_log, 1 - 1e-9, 1 + 1e-9);
  worst.magnitudes(snn_log, mpfr_log, -1022, 1023, false);
  EXPECT_LE(worst.error, 0.51) << worst.at;
}

TEST(RealFunctions, Log1pIsWithin051Ulp) {
  Worst worst;
  worst.uniform(snn_log1p, mpfr_log1p, -1, 1);
  worst.uniform(snn_log1p, mpfr_log1p, -0.02, 0.02);
  worst.magnitudes(snn_log1p, mpfr_log1p, -1022, -2, true);
  worst.magnitudes(snn_log1p, mpfr_log1p, -1, 1022, false);
  EXPECT_LE(worst.error, 0.51) << worst.at;
}

TEST(RealFunctions, SinAndCosAreWithin080UlpForAnyArgument) {
  for (auto [fn, exact] :
       {std::pair<double (*)(double), MpfrFn>{snn_sin, mpfr_sin},
        {snn_cos, mpfr_cos}}) {
    Worst worst;
    worst.uniform(fn, exact, -10, 10);
    worst.uniform(fn, exact, -1e6, 1e6);
    worst.magnitudes(fn, exact, -1022, 1023, true);
    for (int k = 1; k < 5000; ++k) // the doubles nearest to multiples of pi/2
      worst.check(fn, exact, k * 0x1.921fb54442d18p+0);
    // The double that comes nearest to a multiple of pi/2 at all.
    worst.check(fn, exact, 0x1.6ac5b262ca1ffp+849);
    EXPECT_LE(worst.error, 0.80) << worst.at;
  }
}

TEST(RealFunctions, TanhIsWithin055Ulp) {
  Worst worst;
  worst.uniform(snn_tanh, mpfr_tanh, -25, 25);
  worst.uniform(snn_tanh, mpfr_tanh, -1, 1);
  worst.magnitudes(snn_tanh, mpfr_tanh, -1022, 8, true);
  EXPECT_LE(worst.error, 0.55) << worst.at;
}

TEST(RealFunctions, PowIsWithin055Ulp) {
  double worst = 0;
  for (uint64_t i = 0; i < 60000; ++i) {
    double x = i % 3 == 0   ? std::ldexp(1 + unit(2 * i), int(i % 2000) - 1000)
               : i % 3 == 1 ? 0.5 + unit(2 * i)
                            : 1 + 1e-6 * (unit(2 * i) - 0.5);
    double y = i % 3 == 2 ? 1e9 * (unit(2 * i + 1) - 0.5)
                          : 40 * (unit(2 * i + 1) - 0.5);
    Real exact;
    mpfr_pow(exact.get(), Real(x).get(), Real(y).get(), MPFR_RNDN);
    if (exact.toDouble() >= 0x1p-1022)
      worst = std::max(worst, ulpError(snn_pow(x, y), exact));
    else
      EXPECT_EQ(snn_pow(x, y), 0);
  }
  EXPECT_LE(worst, 0.55);
}

TEST(RealFunctions, SubnormalNumbersCountAsZero) {
  double tiny = 0x1p-1023;
  EXPECT_EQ(snn_exp(-720), 0);
  EXPECT_EQ(snn_pow(2, -1022), 0x1p-1022);
  EXPECT_EQ(snn_pow(2, -1023), 0);
  EXPECT_EQ(snn_log(tiny), -Infinity);
  EXPECT_EQ(snn_pow(tiny, -1), Infinity);
  for (auto fn : {snn_expm1, snn_log1p, snn_sin, snn_tanh, snn_sqrt})
    EXPECT_EQ(toBits(fn(tiny)), 0u);
  EXPECT_EQ(toBits(snn_sin(-tiny)), toBits(-0.0));
}

TEST(RealFunctions, SpecialValuesAreThoseOfC11) {
  double inf = Infinity, nan = NotANumber;
  const double values[] = {-inf, -1e300, -3,         -2.5,        -2,
                           -1,   -0.5,   - -0.0,     0.0,         0.5,
                           1,    2,      2.5,        3,           1e300,
                           inf,  nan,    0x1p53 + 2, -0x1p53 - 2, 0x1p52 + 1};
  auto same = [](double a, double b) {
    return toBits(a) == toBits(b) || (a != a && b != b);
  };
  for (double x : values) {
    auto check = [&](const char *name, double (*fn)(double), MpfrFn exact) {
      Real y;
      exact(y.get(), Real(x).get(), MPFR_RNDN);
      double expected = y.toDouble();
      if (std::isfinite(expected) && expected != 0)
        EXPECT_LE(ulpError(fn(x), y), 1) << name << " " << x;
      else
        EXPECT_TRUE(same(fn(x), expected)) << name << " " << x << fn(x);
    };
    check("exp", snn_exp, mpfr_exp);
    check("expm1", snn_expm1, mpfr_expm1);
    check("log", snn_log, mpfr_log);
    check("log1p", snn_log1p, mpfr_log1p);
    check("sin", snn_sin, mpfr_sin);
    check("cos", snn_cos, mpfr_cos);
    check("tanh", snn_tanh, mpfr_tanh);
    check("sqrt", snn_sqrt, mpfr_sqrt);
    for (double y : values) {
      Real power;
      mpfr_pow(power.get(), Real(x).get(), Real(y).get(), MPFR_RNDN);
      double expected = power.toDouble(), result = snn_pow(x, y);
      if (std::isfinite(expected) && expected != 0)
        EXPECT_LE(ulpError(result, power), 1) << x << "^" << y;
      else
        EXPECT_TRUE(same(result, expected)) << x << "^" << y << "=" << result;
    }
  }
}

uint64_t hashOfResults() {
  uint64_t hash = 0;
  for (uint64_t i = 0; i < 4000; ++i) {
    double x = 20 * (unit(i) - 0.5);
    for (double y : {snn_exp(x), snn_expm1(x), snn_log(x * x), snn_sin(100 * x),
                     snn_log1p(x * x), snn_cos(100 * x), snn_tanh(x / 4),
                     snn_pow(x * x, x), snn_sqrt(x * x + 1)})
      hash = mix64(hash, toBits(y));
    for (double y : {snn_exp(-35.5 * x - 355), snn_pow(2, -1000 - 3 * x),
                     snn_log(0x1p-1022 * (x + 10)), snn_tanh(0x1p-1022 * x)})
      hash = mix64(hash, toBits(y));
    double a[4] = {-1, 0, 0, -std::fabs(100 * x)}, e[4];
    a[1] = 0x1p-60 * x;
    EXPECT_EQ(snn_expm(2, a, 1 + 0.3 * std::fabs(x), e), 0);
    for (double y : e)
      hash = mix64(hash, toBits(y));
  }
  return hash;
}

// A change of any bit of any result changes every network: it must be a
// decision, not an accident.
TEST(RealFunctions, BitsArePinned) {
  EXPECT_EQ(hashOfResults(), 1329787595949102010u);
}

#if defined(__x86_64__)
TEST(RealFunctions, BitsDoNotDependOnTheModeForSubnormals) {
  uint64_t expected = hashOfResults();
  unsigned saved = _mm_getcsr();
  _mm_setcsr(saved | 0x8040); // flush to zero, denormals are zero
  uint64_t flushed = hashOfResults();
  _mm_setcsr(saved);
  EXPECT_EQ(flushed, expected);
}
#endif

} // namespace
