//===- NormalCurveTest.cpp - Many normal numbers against one --------------===//
//
// The curve is held against the quantile that MPFR has proven, piece by piece;
// its sample against the law, in the middle and in the tails.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/NormalCurve.h"

#include "runtime/lib/Math/Math.h"
#include "runtime/lib/Random/Ars.h"
#include "tests/unit/Runtime/Random/Statistics.h"

#include <gtest/gtest.h>
#include <vector>

using namespace snn::runtime;

namespace {

NormalCurve made() {
  NormalCurve curve;
  curve.create();
  return curve;
}

/// The numbers of 52-bit words.
std::vector<double> curveOf(const NormalCurve &curve,
                            const std::vector<uint64_t> &bits) {
  std::vector<uint32_t> words;
  for (uint64_t b : bits) {
    words.push_back(static_cast<uint32_t>(b >> 20));
    words.push_back(static_cast<uint32_t>(b << 12));
  }
  std::vector<double> out(bits.size());
  curve(words.data(), bits.size(), out.data());
  return out;
}

double quantileOf(uint64_t bits) {
  return normalQuantile((static_cast<double>(bits) + 0.5) * 0x1p-52);
}

constexpr uint64_t All = (uint64_t{1} << 52) - 1;

TEST(NormalCurve, IsTheQuantileToItsErrorInEveryPiece) {
  NormalCurve curve = made();
  double worst = 0, worstInTails = 0;
  for (int e = 0; e < 51; ++e) {
    std::vector<uint64_t> bits;
    uint64_t low = uint64_t{1} << e;
    for (uint64_t i = 0; i < 4096; ++i)
      bits.push_back(low +
                     static_cast<uint64_t>(static_cast<double>(low) *
                                           (static_cast<double>(i) / 4096)));
    std::vector<double> lower = curveOf(curve, bits);
    for (uint64_t &b : bits)
      b = All - b;
    std::vector<double> upper = curveOf(curve, bits);
    for (size_t i = 0; i < bits.size(); ++i) {
      double off = std::fabs(lower[i] - quantileOf(All - bits[i]));
      (e < 43 ? worstInTails : worst) =
          std::max(e < 43 ? worstInTails : worst, off);
      EXPECT_EQ(upper[i], -lower[i]) << bits[i];
    }
  }
  EXPECT_LE(worst, NormalCurve::Error);
  EXPECT_EQ(worstInTails, 0);
}

TEST(NormalCurve, ReachesEightStandardDeviations) {
  std::vector<double> ends = curveOf(made(), {0, All});
  EXPECT_EQ(ends[0], normalQuantile(0x1p-53));
  EXPECT_LT(ends[0], -8.2);
  EXPECT_EQ(ends[1], -ends[0]);
}

TEST(NormalCurve, HasTheSameBitsOnEveryPath) {
  NormalCurve curve = made();
  ArsKey key(makeKey(7, Stream::Noise));
  constexpr uint64_t count = 100003; // ends within a vector
  std::vector<uint32_t> words(2 * count + 2);
  arsFill(key, 0, 0, (count + 1) / 2, words.data());
  std::vector<double> plain(count), other(count);
  curve.fill(NormalCurve::Path::Plain, words.data(), count, plain.data());
  for (auto path : {NormalCurve::Path::Avx2, NormalCurve::Path::Avx512}) {
    if (path > NormalCurve::bestPath())
      continue;
    curve.fill(path, words.data(), count, other.data());
    EXPECT_EQ(plain, other);
  }
  // Where a run begins and ends makes no difference.
  curve(words.data() + 2 * 5, 1001, other.data());
  for (size_t i = 0; i < 1001; ++i)
    EXPECT_EQ(other[i], plain[5 + i]);
}

TEST(NormalCurve, IsNormalInTheMiddleAndInTheTails) {
  NormalCurve curve = made();
  ArsKey key(makeKey(11, Stream::Noise));
  constexpr uint64_t count = 1 << 22;
  std::vector<uint32_t> words(2 * count);
  arsFill(key, 0, 0, count / 2, words.data());
  std::vector<double> sample(count);
  curve(words.data(), count, sample.data());
  EXPECT_LT(snn::test::kolmogorov(sample, snn::test::normalCdf), 2.7);
  // Below -2, -3 and -4, and as many above: binomial numbers.
  for (double bound : {2.0, 3.0, 4.0})
    for (double sign : {-1.0, 1.0}) {
      double beyond = 0, p = snn::test::normalCdf(-bound);
      for (double x : sample)
        beyond += sign * x > bound;
      double sd = std::sqrt(count * p * (1 - p));
      EXPECT_LT(std::fabs(beyond - count * p), 5 * sd) << sign * bound;
    }
  // What lies beyond 6 and 7 has the law's probability, to half a word.
  for (double bound : {5.0, 6.0, 7.0}) {
    double p = snn::test::normalCdf(-bound);
    auto at = static_cast<uint64_t>(p * 0x1p52);
    double density = std::exp(-bound * bound / 2) / std::sqrt(2 * M_PI);
    EXPECT_NEAR(curveOf(curve, {at})[0], -bound, 0x1p-52 / density) << bound;
  }
}

} // namespace
