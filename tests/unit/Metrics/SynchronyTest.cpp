//===- SynchronyTest.cpp - Do neurons fire together? ------------*- C++ -*-===//
//
// Values from numpy: counts.var()/counts.mean() and the mean of the upper
// triangle of numpy.corrcoef.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Synchrony.h"

#include <gtest/gtest.h>

using namespace snn::metrics;

// Counts in four bins of 10 ms: (1,0,2,0), (0,1,1,0), (2,0,3,1).
static const Trains trains{{0, 40},
                           {{5, 21, 22}, {15, 25}, {1, 2, 21, 25, 30, 31}}};

TEST(Synchrony, BinsHoldTheirUpperEdge) {
  // The spike at 30 ms belongs to the third bin.
  EXPECT_EQ(binnedCounts(trains, 10), (std::vector<double>{3, 1, 6, 1}));
}

TEST(Synchrony, BinsThatAreNotWholeAreLeftOut) {
  EXPECT_EQ(binnedCounts(trains, 15), (std::vector<double>{4, 6}));
}

TEST(Synchrony, FanoFactorIsVarianceOverMean) {
  EXPECT_DOUBLE_EQ(*fanoFactor(trains, 10), 1.5227272727272727);
}

TEST(Synchrony, FanoFactorOfSilenceDoesNotExist) {
  EXPECT_FALSE(fanoFactor(Trains{{0, 40}, {{}, {}}}, 10));
}

TEST(Synchrony, CorrelationIsTheMeanOverAllPairs) {
  EXPECT_NEAR(*meanCorrelation(trains, 10), 0.41513038400876745, 1e-15);
}

TEST(Synchrony, CorrelationOfEqualTrainsIsOne) {
  Trains equal{{0, 40}, {{5, 25}, {5, 25}, {5, 25}}};
  EXPECT_NEAR(*meanCorrelation(equal, 10), 1, 1e-15);
}

TEST(Synchrony, CorrelationLeavesOutNeuronsWhoseCountsDoNotVary) {
  Trains opposite{{0, 20}, {{5}, {15}, {5, 15}, {}}};
  EXPECT_NEAR(*meanCorrelation(opposite, 10), -1, 1e-15);
  EXPECT_FALSE(meanCorrelation(Trains{{0, 20}, {{5}, {5, 15}}}, 10));
}
