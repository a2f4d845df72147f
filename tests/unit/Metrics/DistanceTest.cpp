//===- DistanceTest.cpp - How far apart two samples are ---------*- C++ -*-===//
//
// Values of scipy.stats.ks_2samp(...).statistic and wasserstein_distance.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Distance.h"

#include <gtest/gtest.h>

using namespace snn::metrics;

static const std::vector<double> a{4, 0.5, 1, 2.5, 1}, b{3, 1, 2};

TEST(Distance, KolmogorovSmirnovAgreesWithScipy) {
  EXPECT_DOUBLE_EQ(*kolmogorovSmirnov(a, b), 0.26666666666666666);
}

TEST(Distance, EarthMoversAgreesWithScipy) {
  EXPECT_DOUBLE_EQ(*earthMovers(a, b), 0.6666666666666667);
}

TEST(Distance, IsSymmetricAndZeroForEqualSamples) {
  EXPECT_DOUBLE_EQ(*earthMovers(b, a), *earthMovers(a, b));
  EXPECT_EQ(*kolmogorovSmirnov(a, a), 0);
  EXPECT_EQ(*earthMovers(a, a), 0);
}

TEST(Distance, OfAShiftIsTheShift) {
  EXPECT_DOUBLE_EQ(*earthMovers({1, 2, 3}, {11, 12, 13}), 10);
  EXPECT_EQ(*kolmogorovSmirnov({1, 2, 3}, {11, 12, 13}), 1);
}

TEST(Distance, OfAnEmptySampleDoesNotExist) {
  EXPECT_FALSE(kolmogorovSmirnov({}, b));
  EXPECT_FALSE(earthMovers(a, {}));
}
