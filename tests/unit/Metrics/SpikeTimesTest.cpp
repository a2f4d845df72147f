//===- SpikeTimesTest.cpp - When spikes happen ------------------*- C++ -*-===//
//
// Read off the trains.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/SpikeTimes.h"

#include <gtest/gtest.h>

using namespace snn::metrics;

static const Trains trains{{0, 100}, {{10, 40}, {}, {5, 60, 90}}};

TEST(SpikeTimes, AreOrderedOverAllNeurons) {
  EXPECT_EQ(spikeTime(trains, 0), 5);
  EXPECT_EQ(spikeTime(trains, 2), 40);
  EXPECT_EQ(firstSpike(trains), 5);
  EXPECT_EQ(lastSpike(trains), 90);
  EXPECT_FALSE(spikeTime(trains, 5));
}

TEST(SpikeTimes, ActivityLastsFromFirstToLastSpike) {
  EXPECT_EQ(activityDuration(trains), 85);
  EXPECT_EQ(activityDuration(Trains{{0, 100}, {{}, {}}}), 0);
  EXPECT_FALSE(lastSpike(Trains{{0, 100}, {{}, {}}}));
}

TEST(SpikeTimes, FractionActiveCountsNeuronsThatSpike) {
  EXPECT_DOUBLE_EQ(*fractionActive(trains), 2.0 / 3);
}

TEST(SpikeTimes, ListsDifferByTheirLargestDeviation) {
  EXPECT_NEAR(*largestDeviation({1, 2.25, 3.5}, {1, 2, 4}), 0.5, 1e-12);
  EXPECT_EQ(largestDeviation({}, {}), 0);
}

TEST(SpikeTimes, RoundingIsNoDeviation) {
  // 0.1 * 181 is no f64; nor is 18.1.
  EXPECT_EQ(largestDeviation({0.1 * 181}, {18.1}), 0);
  EXPECT_LE(*largestDeviation({369.6 + 0.1}, {369.6}), 0.1);
}

TEST(SpikeTimes, ListsOfDifferentLengthHaveNoDeviation) {
  EXPECT_FALSE(largestDeviation({1, 2}, {1, 2, 3}));
  EXPECT_FALSE(largestDeviation({1, 2, 3}, {1, 2}));
}
