//===- ElementaryAccuracyTest.cpp - Errors of the expanded functions ------===//
//
// Compares every expanded function with MPFR's correctly rounded one over its
// domain, in units in the last place, and at the edges of C's definitions.
//
//===----------------------------------------------------------------------===//
#include "Kernel.h"

#include <cmath>
#include <gtest/gtest.h>
#include <mpfr.h>
#include <random>

using snn::target::cpu::Options;
using snn::tests::Kernel;

namespace {

using Unary = int (*)(mpfr_t, const mpfr_t, mpfr_rnd_t);

/// The error of `y` in units in the last place of a float or double near the
/// true value `exact`.
template <typename T>
double ulps(T y, const mpfr_t exact) {
  double magnitude = std::abs(mpfr_get_d(exact, MPFR_RNDN));
  int digits = std::numeric_limits<T>::digits;
  double smallest = std::numeric_limits<T>::min();
  int exponent = std::ilogb(std::max(magnitude, smallest));
  mpfr_t difference;
  mpfr_init2(difference, 200);
  mpfr_set_d(difference, y, MPFR_RNDN);
  mpfr_sub(difference, difference, exact, MPFR_RNDN);
  mpfr_mul_2si(difference, difference, digits - 1 - exponent, MPFR_RNDN);
  double error = std::abs(mpfr_get_d(difference, MPFR_RNDN));
  mpfr_clear(difference);
  return error;
}

/// expm1(x)/x, one at zero.
int phi1(mpfr_t y, const mpfr_t x, mpfr_rnd_t rounding) {
  if (mpfr_zero_p(x))
    return mpfr_set_ui(y, 1, rounding);
  mpfr_expm1(y, x, rounding);
  return mpfr_div(y, y, x, rounding);
}

std::string bodyOf(const std::string &operation) {
  if (operation == "phi1")
    return snn::tests::phi1Body;
  return "%r = math." + operation + " %x : %T";
}

struct Domain {
  double low, high;
};

/// Half of the samples spread evenly, half with even logarithms of |x|.
template <typename T>
std::vector<T> sample(Domain domain, size_t count) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> unit(0, 1);
  double tiny = std::log(std::numeric_limits<T>::epsilon() / 1024);
  std::vector<T> xs(count);
  for (size_t i = 0; i < count; ++i) {
    double u = unit(random);
    double x = domain.low + u * (domain.high - domain.low);
    if (i % 2) {
      double end = i % 4 == 1 ? domain.low : domain.high;
      double scale = std::exp(tiny * (1 - u)) * end;
      if (scale >= domain.low && scale <= domain.high)
        x = scale;
    }
    xs[i] = static_cast<T>(x);
  }
  return xs;
}

/// The largest error over the domain; the calls run on 16 lanes.
template <typename T>
double largestError(const char *operation, Unary exact, Domain domain) {
  constexpr bool single = std::is_same_v<T, float>;
  Kernel kernel(bodyOf(operation), single, 16, Options{});
  std::vector<T> xs = sample<T>(domain, 1 << 17);
  std::vector<T> ys = kernel(xs, xs);
  double largest = 0;
  T where = 0;
  mpfr_t x, y;
  mpfr_inits2(200, x, y, nullptr);
  for (size_t i = 0; i < xs.size(); ++i) {
    mpfr_set_d(x, xs[i], MPFR_RNDN);
    exact(y, x, MPFR_RNDN);
    double error = ulps<T>(ys[i], y);
    if (!(error <= largest)) {
      largest = error;
      where = xs[i];
    }
  }
  mpfr_clears(x, y, nullptr);
  std::printf("%s %s: %.3f ulp at %a\n", operation, single ? "f32" : "f64",
              largest, static_cast<double>(where));
  return largest;
}

struct Function {
  const char *operation;
  Unary exact;
  Domain single, wide;
  double singleBound, wideBound; ///< In ulp; as Functions.h states.
};

class Elementary : public testing::TestWithParam<Function> {};

TEST_P(Elementary, SingleStaysWithinItsStatedError) {
  const Function &f = GetParam();
  EXPECT_LE(largestError<float>(f.operation, f.exact, f.single), f.singleBound);
}

TEST_P(Elementary, DoubleStaysWithinItsStatedError) {
  const Function &f = GetParam();
  EXPECT_LE(largestError<double>(f.operation, f.exact, f.wide), f.wideBound);
}

const Function functions[] = {
    {"exp", mpfr_exp, {-87.3365, 88.7228}, {-708.3964, 709.7827}, 1.0, 1.0},
    {"exp2", mpfr_exp2, {-126, 127.99}, {-1022, 1023.99}, 1.1, 1.1},
    {"expm1", mpfr_expm1, {-30, 88.7228}, {-60, 709.7827}, 1.6, 1.7},
    {"phi1", phi1, {-0.625, 0.625}, {-0.625, 0.625}, 1.4, 1.2},
    {"phi1", phi1, {-1e6, 88}, {-1e6, 700}, 1.7, 1.7},
    {"log", mpfr_log, {0x1p-126, 1e38}, {0x1p-1022, 1e308}, 0.9, 0.9},
    {"log", mpfr_log, {0.5, 2}, {0.5, 2}, 0.9, 0.9},
    {"log1p", mpfr_log1p, {-0.9999, 1e6}, {-0.9999, 1e12}, 0.9, 0.9},
    {"log2", mpfr_log2, {0x1p-126, 1e38}, {0x1p-1022, 1e308}, 1.7, 1.7},
    {"log2", mpfr_log2, {0.5, 2}, {0.5, 2}, 1.7, 1.7},
    {"log10", mpfr_log10, {0x1p-126, 1e38}, {0x1p-1022, 1e308}, 2.0, 2.0},
    {"log10", mpfr_log10, {0.5, 2}, {0.5, 2}, 2.0, 2.0},
    {"tanh", mpfr_tanh, {-12, 12}, {-25, 25}, 2.4, 2.5},
    {"sinh", mpfr_sinh, {-88, 88}, {-709, 709}, 2.5, 2.5},
    {"cosh", mpfr_cosh, {-88, 88}, {-709, 709}, 2.5, 2.5},
    {"sin", mpfr_sin, {-1e4, 1e4}, {-1e8, 1e8}, 0.51, 0.8},
    {"cos", mpfr_cos, {-1e4, 1e4}, {-1e8, 1e8}, 0.51, 0.8},
    {"atan", mpfr_atan, {-10, 10}, {-10, 10}, 1.8, 1.8},
    {"atan", mpfr_atan, {-1e6, 1e6}, {-1e6, 1e6}, 1.8, 1.8},
    {"tan", mpfr_tan, {-1e4, 1e4}, {-1e8, 1e8}, 0.51, 2.2},
};

INSTANTIATE_TEST_SUITE_P(All, Elementary, testing::ValuesIn(functions),
                         [](const auto &info) {
                           return std::string(info.param.operation) +
                                  std::to_string(info.index);
                         });

/// x^y over many magnitudes whose result is normal.
template <typename T>
double largestPowerError(T range) {
  constexpr bool single = std::is_same_v<T, float>;
  Kernel kernel("%r = math.powf %x, %y : %T", single, 16, Options{});
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> unit(-1, 1);
  std::vector<T> xs(1 << 17), ys(xs.size());
  for (size_t i = 0; i < xs.size(); ++i) {
    double exponent = range * unit(random);
    xs[i] = static_cast<T>(std::exp(i % 2 ? unit(random) : 30 * unit(random)));
    ys[i] = static_cast<T>(exponent / std::log(double(xs[i])));
    if (std::abs(ys[i]) > 1e6 || xs[i] == 1)
      xs[i] = 2, ys[i] = static_cast<T>(0.5);
  }
  std::vector<T> rs = kernel(xs, ys);
  double largest = 0;
  size_t where = 0;
  mpfr_t x, y;
  mpfr_inits2(200, x, y, nullptr);
  for (size_t i = 0; i < xs.size(); ++i) {
    mpfr_set_d(x, xs[i], MPFR_RNDN);
    mpfr_set_d(y, ys[i], MPFR_RNDN);
    mpfr_pow(y, x, y, MPFR_RNDN);
    double error = ulps<T>(rs[i], y);
    if (!(error <= largest)) {
      largest = error;
      where = i;
    }
  }
  mpfr_clears(x, y, nullptr);
  std::printf("powf %s: %.3f ulp at %a, %a\n", single ? "f32" : "f64", largest,
              double(xs[where]), double(ys[where]));
  return largest;
}

TEST(Power, StaysWithinItsStatedError) {
  EXPECT_LE(largestPowerError<float>(86), 0.51);
  EXPECT_LE(largestPowerError<double>(5), 1.3);
  EXPECT_LE(largestPowerError<double>(700), 1.3);
}

/// Equal as numbers; all NaNs are one.
template <typename T>
void expectSame(T a, T b, const std::string &what) {
  EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b)))
      << what << ": " << a << ", not " << b;
}

template <typename T>
void expectEdges(const char *operation, T (*expected)(T)) {
  using Limits = std::numeric_limits<T>;
  constexpr bool single = std::is_same_v<T, float>;
  Kernel kernel(std::string("%r = math.") + operation + " %x : %T", single, 16,
                Options{});
  T inf = Limits::infinity(), nan = Limits::quiet_NaN();
  std::vector<T> xs = {
      T(0),     inf,     -inf, nan,     T(1e30),       T(-1e30),
      1,        -1,      -2,   T(-0.0), Limits::max(), -Limits::max(),
      T(-1000), T(1000), nan,  T(0)};
  std::vector<T> ys = kernel(xs, xs);
  for (size_t i = 0; i < xs.size(); ++i) {
    T y = expected(xs[i]);
    if (std::isfinite(y) && std::abs(y) >= Limits::min() && y != T(-1))
      continue; // what the accuracy tests cover
    if (std::abs(y) < Limits::min())
      y = 0;
    expectSame(ys[i], y,
               std::string(operation) + "(" + std::to_string(xs[i]) + ")");
  }
}

TEST(Edges, Phi1IsOneAtZeroAndHasBothLimits) {
  Kernel kernel(snn::tests::phi1Body, true, 16, Options{});
  float inf = INFINITY;
  std::vector<float> xs = {0, -0.0f, inf, -inf, NAN,    1e30f, -1e30f, 1e-30f,
                           0, 0.5f,  0,   1,    -1e-9f, 100,   -100,   0};
  std::vector<float> ys = kernel(xs, xs);
  for (size_t i : {0, 1, 7, 8, 12, 15})
    EXPECT_EQ(ys[i], 1) << xs[i];
  EXPECT_TRUE(std::isnan(ys[4]));
  EXPECT_EQ(ys[5], inf);
  EXPECT_EQ(ys[13], inf);
  EXPECT_NEAR(ys[14], 0.01f, 1e-9f);
  EXPECT_EQ(ys[3], 0);
}

#define EDGES(NAME)                                                            \
  expectEdges<float>(#NAME, [](float x) { return std::NAME(x); });             \
  expectEdges<double>(#NAME, [](double x) { return std::NAME(x); })

TEST(Edges, FollowC) {
  EDGES(exp);
  EDGES(exp2);
  EDGES(expm1);
  EDGES(log);
  EDGES(log1p);
  EDGES(log2);
  EDGES(log10);
  EDGES(tanh);
  EDGES(atan);
  EDGES(sinh);
  EDGES(cosh);
}

TEST(Edges, RoundingIsExact) {
  std::vector<double> xs = {0.0,
                            -0.0,
                            0.5,
                            -0.5,
                            1.5,
                            2.5,
                            -2.5,
                            0.49999999999999994,
                            1e300,
                            -1e300,
                            4503599627370495.5,
                            -3.7,
                            3.2,
                            -0.2,
                            INFINITY,
                            -INFINITY};
  struct {
    const char *operation;
    double (*expected)(double);
  } cases[] = {{"floor", std::floor},
               {"ceil", std::ceil},
               {"trunc", std::trunc},
               {"round", std::round},
               {"roundeven", std::nearbyint}};
  for (auto [operation, expected] : cases) {
    Kernel kernel(std::string("%r = math.") + operation + " %x : %T", false, 16,
                  Options{});
    std::vector<double> ys = kernel(xs, xs);
    for (size_t i = 0; i < xs.size(); ++i) {
      expectSame(ys[i], expected(xs[i]), operation);
      EXPECT_EQ(std::signbit(ys[i]), std::signbit(expected(xs[i])))
          << operation << " " << xs[i];
    }
  }
}

TEST(Edges, PowersFollowC) {
  std::vector<double> xs, ys;
  const double values[] = {0, 1, -1, 2, -2, 0.5, -3, INFINITY, 1e300};
  for (double x : values)
    for (double y :
         {0.0, 1.0, 2.0, 3.0, -1.0, -2.0, 0.5, 1e300, -1e300, double(INFINITY),
          -double(INFINITY), 5.0, 7.0, -7.0, 9.0, 2.5})
      xs.push_back(x), ys.push_back(y);
  Kernel kernel("%r = math.powf %x, %y : %T", false, 16, Options{});
  std::vector<double> rs = kernel(xs, ys);
  for (size_t i = 0; i < xs.size(); ++i) {
    double expected = std::pow(xs[i], ys[i]);
    std::string what = std::to_string(xs[i]) + "^" + std::to_string(ys[i]);
    if (std::isfinite(expected) && expected != 0)
      EXPECT_NEAR(rs[i] / expected, 1, 1e-14) << what;
    else if (expected == 0 || xs[i] == 0)
      EXPECT_EQ(std::abs(rs[i]), std::abs(expected)) << what;
    else
      expectSame(rs[i], expected, what);
  }
}

} // namespace
