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

TEST(SpikeTimes, ListsAgreeWithinTheTolerance) {
  EXPECT_FALSE(firstMismatch({1, 2.05, 3}, {1, 2, 3}, 0.06));
  EXPECT_EQ(firstMismatch({1, 2.05, 3}, {1, 2, 3}, 0.04), 1u);
}

TEST(SpikeTimes, ListsOfDifferentLengthDisagreeWhereOneEnds) {
  EXPECT_EQ(firstMismatch({1, 2}, {1, 2, 3}, 0.1), 2u);
  EXPECT_EQ(firstMismatch({1, 2, 3}, {1, 2}, 0.1), 2u);
}
