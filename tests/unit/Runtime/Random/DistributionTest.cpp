//===- DistributionTest.cpp - Drawn values follow their laws --------------===//
//
// Kolmogorov-Smirnov tests against closed forms, bounds of redraw and clip,
// and pinned bits.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Distribution.h"
#include "tests/unit/Runtime/Random/Statistics.h"

#include <bit>
#include <gtest/gtest.h>

using namespace snn::runtime;
using namespace snn::test;

namespace {

constexpr double Inf = HUGE_VAL;

snn_value valueOf(uint32_t kind, double a, double b = 0) {
  return {kind, 0, a, b, -Inf, Inf, -Inf, Inf, nullptr, 0};
}

std::vector<double> sampleOf(const snn_value &value, uint64_t size = 100000) {
  std::vector<double> sample(size);
  Key key = makeKey(hash64(5, "E"), Stream::Parameter, value.kind);
  for (uint64_t i = 0; i < size; ++i)
    EXPECT_TRUE(drawForNeuron(value, key, i, sample[i]));
  return sample;
}

double gammaCdf(double shape, double x) {
  if (shape == 0.5)
    return std::erf(std::sqrt(x));
  double sum = 0, term = 1; // Erlang
  for (int k = 0; k < shape; ++k, term *= x / k)
    sum += term;
  return 1 - std::exp(-x) * sum;
}

TEST(Distribution, ContinuousOnesPassKolmogorovSmirnov) {
  EXPECT_LT(kolmogorov(sampleOf(valueOf(SNN_UNIFORM, -2, 3)),
                       [](double x) { return (x + 2) / 5; }),
            2.7);
  EXPECT_LT(kolmogorov(sampleOf(valueOf(SNN_NORMAL, -65, 5)),
                       [](double x) { return normalCdf((x + 65) / 5); }),
            2.7);
  EXPECT_LT(
      kolmogorov(sampleOf(valueOf(SNN_LOGNORMAL, 1, 0.5)),
                 [](double x) { return normalCdf((std::log(x) - 1) / 0.5); }),
      2.7);
  EXPECT_LT(kolmogorov(sampleOf(valueOf(SNN_EXPONENTIAL, 4)),
                       [](double x) { return 1 - std::exp(-x / 4); }),
            2.7);
  for (double shape : {0.5, 1.0, 3.0, 10.0})
    EXPECT_LT(kolmogorov(sampleOf(valueOf(SNN_GAMMA, shape, 2)),
                         [&](double x) { return gammaCdf(shape, x / 2); }),
              2.7)
        << shape;
}

TEST(Distribution, WholeNumbersPassChiSquare) {
  EXPECT_LT(chiSquare(sampleOf(valueOf(SNN_BINOMIAL, 12, 0.3)), 0, 12,
                      [](double k) { return binomialProbability(12, 0.3, k); }),
            4.75);
  EXPECT_LT(chiSquare(sampleOf(valueOf(SNN_POISSON, 3.5)), 0, 40,
                      [](double k) { return poissonProbability(3.5, k); }),
            4.75);
}

TEST(Distribution, CategoriesComeInTheirProportions) {
  double data[] = {10, 20, 30, 0.25, 0.25, 1};
  snn_value value = valueOf(SNN_CATEGORICAL, 0);
  value.data = data;
  value.count = 3;
  ASSERT_EQ(findFault(value), nullptr);
  std::vector<double> seen(3);
  for (double x : sampleOf(value))
    seen[static_cast<size_t>(x / 10 - 1)] += 1;
  EXPECT_EQ(seen[1], 0); // probability 0
  EXPECT_NEAR(seen[0], 25000, 5 * std::sqrt(1e5 * 0.25 * 0.75));
}

TEST(Distribution, RedrawIsTheConditionalDistribution) {
  snn_value value = valueOf(SNN_NORMAL, 1, 2);
  value.redraw_low = 0;
  value.redraw_high = 2.5;
  double low = normalCdf(-0.5), high = normalCdf(0.75);
  EXPECT_LT(kolmogorov(sampleOf(value),
                       [&](double x) {
                         return (normalCdf((x - 1) / 2) - low) / (high - low);
                       }),
            2.7);
}

TEST(Distribution, ClipMovesMassToTheBounds) {
  snn_value value = valueOf(SNN_NORMAL, 0, 1);
  value.clip_low = -1;
  value.clip_high = 2;
  double atLow = 0, atHigh = 0;
  for (double x : sampleOf(value)) {
    EXPECT_GE(x, -1);
    EXPECT_LE(x, 2);
    atLow += x == -1;
    atHigh += x == 2;
  }
  EXPECT_NEAR(atLow / 1e5, normalCdf(-1), 0.006);
  EXPECT_NEAR(atHigh / 1e5, normalCdf(-2), 0.003);
}

TEST(Distribution, ImpossibleRedrawGivesUp) {
  snn_value value = valueOf(SNN_NORMAL, 0, 1);
  value.redraw_low = 50;
  double result = 7;
  EXPECT_FALSE(drawForNeuron(value, {1, 2}, 0, result));
  EXPECT_EQ(result, 7);
  value.kind = SNN_CONSTANT;
  EXPECT_FALSE(drawForNeuron(value, {1, 2}, 0, result));
}

TEST(Distribution, FaultsAreNamed) {
  EXPECT_EQ(findFault(valueOf(SNN_NORMAL, 0, 1)), nullptr);
  EXPECT_EQ(findFault(valueOf(SNN_EXPONENTIAL, 1, NAN)), nullptr);
  for (snn_value value :
       {valueOf(SNN_NORMAL, NAN, 1), valueOf(SNN_NORMAL, 0, -1),
        valueOf(SNN_UNIFORM, 1, 0), valueOf(SNN_GAMMA, 0, 1),
        valueOf(SNN_EXPONENTIAL, -1), valueOf(SNN_BINOMIAL, 1.5, 0.5),
        valueOf(SNN_BINOMIAL, 5, 1.5), valueOf(SNN_POISSON, -1),
        valueOf(SNN_CATEGORICAL, 0), valueOf(99, 0, 0)})
    EXPECT_NE(findFault(value), nullptr) << value.kind;
  snn_value order = valueOf(SNN_NORMAL, 0, 1);
  order.redraw_low = 1;
  order.redraw_high = 0;
  EXPECT_NE(findFault(order), nullptr);
}

TEST(Distribution, NeuronsDoNotDependOnEachOther) {
  snn_value value = valueOf(SNN_GAMMA, 0.7, 1);
  Key key = makeKey(1, Stream::Initial);
  double late, again;
  ASSERT_TRUE(drawForNeuron(value, key, 1ull << 40, late));
  sampleOf(value, 10);
  ASSERT_TRUE(drawForNeuron(value, key, 1ull << 40, again));
  EXPECT_EQ(late, again);
}

TEST(Distribution, BitsArePinned) {
  uint64_t hash = 0;
  for (snn_value value :
       {valueOf(SNN_UNIFORM, -2, 3), valueOf(SNN_NORMAL, -65, 5),
        valueOf(SNN_LOGNORMAL, 1, 0.5), valueOf(SNN_GAMMA, 0.5, 2),
        valueOf(SNN_GAMMA, 4, 2), valueOf(SNN_EXPONENTIAL, 4),
        valueOf(SNN_BINOMIAL, 12, 0.3), valueOf(SNN_BINOMIAL, 1e6, 0.3),
        valueOf(SNN_POISSON, 3.5), valueOf(SNN_POISSON, 1234.5)})
    for (double x : sampleOf(value, 1000))
      hash = mix64(hash, std::bit_cast<uint64_t>(x));
  EXPECT_EQ(hash, 17116182846267119946u);
}

} // namespace
