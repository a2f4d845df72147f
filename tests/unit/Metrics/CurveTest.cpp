//===- CurveTest.cpp - What a sweep shows -----------------------*- C++ -*-===//
//
// Exact laws are found again; the noisy fits are scipy.optimize.minimize's
// (Nelder-Mead) of the same sums of squares.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Curve.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace snn::metrics;

static std::vector<double> zeroToTen() {
  std::vector<double> x;
  for (int i = 0; i <= 10; ++i)
    x.push_back(i);
  return x;
}

TEST(Curve, FirstDescentIsWhereTheCurveFalls) {
  EXPECT_FALSE(firstDescent({{0, 1, 2}, {0, 5, 5}}));
  EXPECT_EQ(firstDescent({{0, 1, 2}, {0, 5, 4.9}}), 1u);
  EXPECT_FALSE(firstDescent({{0, 1, 2}, {0, 5, 4.9}}, 0.2));
}

TEST(Curve, ReluIsFoundAgainWhereverItsOnset) {
  for (double onset : {3.3, 4.0, 0.2, 8.7}) {
    Curve curve{zeroToTen(), {}};
    for (double x : curve.x)
      curve.y.push_back(2.5 * std::max(0.0, x - onset));
    std::optional<ReluFit> fit = fitRelu(curve);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->onset, onset, 1e-9);
    EXPECT_NEAR(fit->gain, 2.5, 1e-9);
    EXPECT_NEAR(fit->rSquared, 1, 1e-12);
  }
}

TEST(Curve, ReluOfNoisyPointsAgreesWithScipy) {
  std::optional<ReluFit> fit =
      fitRelu({zeroToTen(), {0, 0, .1, 0, .2, 1.1, 1.9, 3.2, 3.9, 5.1, 6.0}});
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->onset, 3.87591242, 1e-7);
  EXPECT_NEAR(fit->gain, 0.97857143, 1e-7);
  EXPECT_NEAR(fit->rSquared, 0.9981258035036632, 1e-12);
}

TEST(Curve, SigmoidOfNoisyPointsAgreesWithScipy) {
  std::optional<SigmoidFit> fit = fitSigmoid(
      {zeroToTen(), {.1, .2, .4, 1.1, 2.6, 5.2, 7.4, 9.1, 9.6, 9.9, 9.8}});
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->top, 9.95534515, 1e-5);
  EXPECT_NEAR(fit->middle, 4.94566291, 1e-5);
  EXPECT_NEAR(fit->width, 0.92817513, 1e-5);
  EXPECT_NEAR(fit->rSquared, 0.999635369141638, 1e-9);
}

TEST(Curve, FallingSigmoidHasANegativeWidth) {
  Curve curve{zeroToTen(), {}};
  for (double x : curve.x)
    curve.y.push_back(3 / (1 + std::exp((x - 6) / 0.7)));
  std::optional<SigmoidFit> fit = fitSigmoid(curve);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->width, -0.7, 1e-5);
  EXPECT_NEAR(fit->middle, 6, 1e-5);
}

TEST(Curve, ConstantOrShortCurvesHaveNoFit) {
  EXPECT_FALSE(fitRelu({{0, 1, 2}, {4, 4, 4}}));
  EXPECT_FALSE(fitRelu({{0, 1}, {4, 5}}));
  EXPECT_FALSE(fitSigmoid({{0, 1, 2}, {4, 5, 6}}));
}
