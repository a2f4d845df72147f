//===- NormalQuantileTest.cpp - The normal quantile against MPFR ----------===//
//
// The quantile of a probability, put into the exact distribution, gives the
// probability back; the error is measured along the density.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Math/Math.h"
#include "runtime/lib/Random/Hash.h"
#include "tests/unit/Runtime/Math/Mpfr.h"

#include <gtest/gtest.h>

using namespace snn::runtime;
using snn::test::Real;

namespace {

/// (Phi(x) - p) / density(x): the error of the quantile x to first order.
double errorOf(double x, double p) {
  Real phi, t;
  mpfr_set_d(t.get(), -x, MPFR_RNDN);
  Real two(2), root;
  mpfr_sqrt(root.get(), two.get(), MPFR_RNDN);
  mpfr_div(t.get(), t.get(), root.get(), MPFR_RNDN);
  mpfr_erfc(phi.get(), t.get(), MPFR_RNDN);
  mpfr_div_ui(phi.get(), phi.get(), 2, MPFR_RNDN);
  mpfr_sub_d(phi.get(), phi.get(), p, MPFR_RNDN);
  double density = std::exp(-x * x / 2) / std::sqrt(2 * M_PI);
  return std::fabs(phi.toDouble()) / density;
}

TEST(NormalQuantile, IsAccurateTo15Digits) {
  double worst = 0;
  for (uint64_t i = 0; i < 20000; ++i) {
    double p = static_cast<double>(mix64(2, i) >> 11) * 0x1p-53 + 0x1p-54;
    double x = normalQuantile(p);
    worst = std::max(worst, errorOf(x, p) / std::max(std::fabs(x), 0.1));
  }
  for (int e = 1; e <= 53; ++e)
    for (uint64_t i = 0; i < 50; ++i) {
      double p = std::ldexp(
          1 + static_cast<double>(mix64(e, i) >> 11) * 0x1p-53, -e - 1);
      double x = normalQuantile(p);
      worst = std::max(worst, errorOf(x, p) / std::max(std::fabs(x), 0.1));
    }
  EXPECT_LE(worst, 1e-15);
}

TEST(NormalQuantile, IsOddAroundOneHalf) {
  EXPECT_EQ(normalQuantile(0.5), 0);
  for (double q = 0x1p-30; q < 0.5; q *= 1.7) {
    double p = static_cast<double>(static_cast<float>(q)); // 1 - p is exact
    EXPECT_EQ(normalQuantile(1 - p), -normalQuantile(p));
  }
}

} // namespace
