//===- FixedMathTest.cpp - Elementary functions with fixed bits -----------===//
//
// Against MPFR at 200 bits: the correctly rounded result, for arguments over
// the whole range of each function.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/FixedMath.h"

#include <gtest/gtest.h>
#include <mpfr.h>

#include <cmath>
#include <cstdint>

using namespace snn::lang;

namespace {

struct Case {
  const char *name;
  double (*function)(double);
  int (*exact)(mpfr_t, const mpfr_t, mpfr_rnd_t);
  double low, high;
};

void PrintTo(const Case &one, std::ostream *stream) { *stream << one.name; }

class FixedMathTest : public testing::TestWithParam<Case> {};

TEST_P(FixedMathTest, IsCorrectlyRounded) {
  const Case &one = GetParam();
  mpfr_t x, y;
  mpfr_inits2(200, x, y, static_cast<mpfr_ptr>(nullptr));
  uint64_t state = 1;
  for (int i = 0; i < 3000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double share = static_cast<double>(state >> 11) * 0x1p-53;
    double argument = one.low + (one.high - one.low) * share;
    if (i % 3 == 0) // near zero, or the low end of a positive range
      argument = one.low > 0 ? one.low * (1 + share)
                             : argument * std::ldexp(1.0, -(i % 60));
    mpfr_set_d(x, argument, MPFR_RNDN);
    one.exact(y, x, MPFR_RNDN);
    EXPECT_EQ(one.function(argument), mpfr_get_d(y, MPFR_RNDN))
        << one.name << "(" << argument << ")";
  }
  mpfr_clears(x, y, static_cast<mpfr_ptr>(nullptr));
}

INSTANTIATE_TEST_SUITE_P(
    Functions, FixedMathTest,
    testing::Values(Case{"exp", fixed::exp, mpfr_exp, -740, 709},
                    Case{"expm1", fixed::expm1, mpfr_expm1, -30, 700},
                    Case{"log", fixed::log, mpfr_log, 1e-300, 1e3},
                    Case{"log1p", fixed::log1p, mpfr_log1p, -0.999, 10},
                    Case{"log10", fixed::log10, mpfr_log10, 1e-10, 1e5},
                    Case{"sin", fixed::sin, mpfr_sin, -1000, 1000},
                    Case{"cos", fixed::cos, mpfr_cos, -1000, 1000},
                    Case{"tan", fixed::tan, mpfr_tan, -100, 100},
                    Case{"sinh", fixed::sinh, mpfr_sinh, -600, 600},
                    Case{"cosh", fixed::cosh, mpfr_cosh, -600, 600},
                    Case{"tanh", fixed::tanh, mpfr_tanh, -20, 20},
                    Case{"atan", fixed::atan, mpfr_atan, -50, 50}),
    [](const testing::TestParamInfo<Case> &info) {
      return std::string(info.param.name);
    });

TEST(FixedMath, PowersAreCorrectlyRounded) {
  mpfr_t x, y, z;
  mpfr_inits2(200, x, y, z, static_cast<mpfr_ptr>(nullptr));
  uint64_t state = 7;
  for (int i = 0; i < 3000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double base = static_cast<double>(state >> 40) * 0x1p-16;
    double exponent = static_cast<double>(state & 0xffff) * 0x1p-12 - 8;
    mpfr_set_d(x, base, MPFR_RNDN);
    mpfr_set_d(y, exponent, MPFR_RNDN);
    mpfr_pow(z, x, y, MPFR_RNDN);
    EXPECT_EQ(fixed::pow(base, exponent), mpfr_get_d(z, MPFR_RNDN))
        << base << "^" << exponent;
  }
  mpfr_clears(x, y, z, static_cast<mpfr_ptr>(nullptr));
  EXPECT_EQ(fixed::pow(-2, 3), -8);
  EXPECT_EQ(fixed::pow(2, -1074), 5e-324);
  EXPECT_TRUE(std::isnan(fixed::pow(-2, 0.5)));
}

TEST(FixedMath, EdgesFollowTheStandard) {
  EXPECT_EQ(fixed::exp(0), 1);
  EXPECT_EQ(fixed::exp(-1000), 0);
  EXPECT_TRUE(std::isinf(fixed::exp(1000)));
  EXPECT_TRUE(std::isnan(fixed::log(-1)));
  EXPECT_EQ(fixed::log(1), 0);
  EXPECT_EQ(fixed::exprel(0), 1);
  EXPECT_EQ(fixed::tanh(100), 1);
  EXPECT_TRUE(std::signbit(fixed::sin(-0.0)));
}

} // namespace
