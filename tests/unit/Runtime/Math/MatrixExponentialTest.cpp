//===- MatrixExponentialTest.cpp - e^(A h) against MPFR -------------------===//
//
// The oracle is the same series at 320 bits, without scaling by halves of the
// result; closed forms check the oracle. The matrices are those of neurons:
// cascades of leaky integrators with near, equal and very unequal constants.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Hash.h"
#include "snn/math.h"
#include "tests/unit/Runtime/Math/Mpfr.h"

#include <gtest/gtest.h>
#include <vector>

using namespace snn::runtime;
using snn::test::Real;

namespace {

using Matrix = std::vector<double>;

std::vector<Real> multiply(unsigned n, const std::vector<Real> &a,
                           const std::vector<Real> &b) {
  std::vector<Real> c(n * n);
  Real product;
  for (unsigned i = 0; i < n; ++i)
    for (unsigned j = 0; j < n; ++j)
      for (unsigned k = 0; k < n; ++k) {
        mpfr_mul(product.get(), a[i * n + k].get(), b[k * n + j].get(),
                 MPFR_RNDN);
        mpfr_add(c[i * n + j].get(), c[i * n + j].get(), product.get(),
                 MPFR_RNDN);
      }
  return c;
}

std::vector<Real> exact(unsigned n, const Matrix &a, double h) {
  constexpr int squarings = 40;
  std::vector<Real> x(n * n), sum(n * n), term(n * n);
  for (unsigned i = 0; i < n * n; ++i) {
    x[i] = Real(a[i]);
    mpfr_mul_d(x[i].get(), x[i].get(), h, MPFR_RNDN);
    mpfr_div_2ui(x[i].get(), x[i].get(), squarings, MPFR_RNDN);
    sum[i] = term[i] = Real(i % (n + 1) == 0 ? 1 : 0);
  }
  for (unsigned k = 1; k <= 14; ++k) {
    term = multiply(n, term, x);
    for (unsigned i = 0; i < n * n; ++i) {
      mpfr_div_ui(term[i].get(), term[i].get(), k, MPFR_RNDN);
      mpfr_add(sum[i].get(), sum[i].get(), term[i].get(), MPFR_RNDN);
    }
  }
  for (int s = 0; s < squarings; ++s)
    sum = multiply(n, sum, sum);
  return sum;
}

/// The largest relative error of an element.
double errorOf(unsigned n, const Matrix &a, double h) {
  Matrix result(n * n);
  EXPECT_EQ(snn_expm(n, a.data(), h, result.data()), 0);
  std::vector<Real> truth = exact(n, a, h);
  double worst = 0;
  for (unsigned i = 0; i < n * n; ++i) {
    Real error(result[i]);
    mpfr_sub(error.get(), error.get(), truth[i].get(), MPFR_RNDN);
    if (std::fabs(truth[i].toDouble()) < 1e-250) {
      EXPECT_LE(std::fabs(result[i]), 1e-250);
      continue;
    }
    mpfr_div(error.get(), error.get(), truth[i].get(), MPFR_RNDN);
    worst = std::max(worst, std::fabs(error.toDouble()));
  }
  return worst;
}

TEST(MatrixExponential, ConfluentCascadeMatchesItsClosedForm) {
  // I' = -I/tau, V' = -V/tau + I/C: V(h) = V e^-h/tau + I h/C e^-h/tau.
  double tau = 10, c = 250, h = 0.1;
  Matrix a = {-1 / tau, 0, 1 / c, -1 / tau}, e(4);
  ASSERT_EQ(snn_expm(2, a.data(), h, e.data()), 0);
  double decay = std::exp(-h / tau);
  EXPECT_NEAR(e[0], decay, 1e-15);
  EXPECT_NEAR(e[3], decay, 1e-15);
  EXPECT_EQ(e[1], 0);
  EXPECT_NEAR(e[2] / (h / c * decay), 1, 1e-14);
}

TEST(MatrixExponential, AlphaSynapseOnMembraneWithEqualConstants) {
  // dI, I and V with one time constant: a Jordan block of three.
  double k = -1 / 5.0;
  Matrix a = {k, 0, 0, 1, k, 0, 0, 1 / 250.0, k};
  for (double h : {0.001, 0.1, 1.0, 100.0})
    EXPECT_LE(errorOf(3, a, h), 1e-14) << h;
}

TEST(MatrixExponential, NearlyEqualConstantsLoseNothing) {
  for (double difference : {1e-3, 1e-8, 1e-13}) {
    Matrix a = {-1 / 10.0, 0, 1 / 250.0, -1 / (10.0 * (1 + difference))};
    EXPECT_LE(errorOf(2, a, 0.1), 1e-14) << difference;
  }
}

TEST(MatrixExponential, StiffSystemsKeepTheirSlowParts) {
  Matrix a = {-1 / 1e-4, 0, 0, 1, -1 / 0.5, 0, 0, 1, -1 / 1e4};
  EXPECT_LE(errorOf(3, a, 1.0), 1e-14);
  // The fast and the slow constant are 1e9 apart.
  Matrix b = {-1e6, 1e-3, 1e3, -1e-3};
  EXPECT_LE(errorOf(2, b, 0.1), 1e-14);
}

TEST(MatrixExponential, OscillatorsTurn) {
  Matrix a = {-0.01, 1, -1, -0.01};
  EXPECT_LE(errorOf(2, a, 1.0), 1e-14);
  EXPECT_LE(errorOf(2, a, 50.0), 1e-14);
}

TEST(MatrixExponential, RandomStableSystemsOfEverySize) {
  for (unsigned n : {1u, 2u, 3u, 5u, 8u, 13u}) {
    Matrix a(n * n);
    for (unsigned i = 0; i < n; ++i) {
      double sum = 0;
      for (unsigned j = 0; j < n; ++j) {
        a[i * n + j] = static_cast<double>(mix64(n, i * n + j) >> 11) * 0x1p-53;
        sum += a[i * n + j];
      }
      a[i * n + i] = -1.01 * sum;
    }
    EXPECT_LE(errorOf(n, a, 0.7), 1e-14) << n;
  }
}

TEST(MatrixExponential, LargestOrderOfDecoupledDecays) {
  constexpr unsigned n = 64;
  Matrix a(n * n), e(n * n);
  for (unsigned i = 0; i < n; ++i)
    a[i * n + i] = -1.0 / (i + 1);
  ASSERT_EQ(snn_expm(n, a.data(), 0.1, e.data()), 0);
  for (unsigned i = 0; i < n; ++i)
    for (unsigned j = 0; j < n; ++j)
      if (i == j)
        EXPECT_NEAR(e[i * n + i], std::exp(-0.1 / (i + 1)), 2e-16);
      else
        EXPECT_EQ(e[i * n + j], 0);
}

TEST(MatrixExponential, RefusesWhatItCannotHold) {
  Matrix a(65 * 65), out(65 * 65, 7);
  EXPECT_NE(snn_expm(65, a.data(), 1, out.data()), 0);
  double nan = NAN, large = 1e5, huge = 1e20, e = 7;
  EXPECT_NE(snn_expm(1, &nan, 1, &e), 0);
  EXPECT_NE(snn_expm(1, &large, 1, &e), 0);
  EXPECT_NE(snn_expm(1, &huge, -1, &e), 0);
  EXPECT_EQ(e, 7);
  EXPECT_EQ(out[0], 7);
}

} // namespace
