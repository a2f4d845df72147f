//===- RateTest.cpp - Mean firing rate --------------------------*- C++ -*-===//
//
// Counted by hand.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Rate.h"

#include <gtest/gtest.h>

using namespace snn::metrics;

// Three neurons; the window is (100, 300].
static const SpikeTrains spikes{"E",
                                {0, 3, 1},
                                {50, 100, 100.1, 150, 200, 300, 300.1},
                                {0, 0, 0, 2, 0, 2, 2}};
static const Window window{100, 300};

TEST(Rate, CountsSpikesAfterTheBeginningUpToTheEndOfTheWindow) {
  Trains trains = select(spikes, {0, 3, 1}, window);
  EXPECT_EQ(trains.count(), 4u);
  EXPECT_EQ(trains.times[0], (std::vector<double>{100.1, 200}));
  EXPECT_EQ(trains.times[2], (std::vector<double>{150, 300}));
}

TEST(Rate, SilentNeuronsCount) {
  Trains trains = select(spikes, {0, 3, 1}, window);
  EXPECT_DOUBLE_EQ(*meanRate(trains), 4 / (3 * 200.0));
  EXPECT_EQ(rates(trains), (std::vector<double>{0.01, 0, 0.01}));
}

TEST(Rate, SliceTakesItsNeuronsOnly) {
  EXPECT_DOUBLE_EQ(*meanRate(select(spikes, {1, 2, 1}, window)), 2 / 400.0);
  EXPECT_DOUBLE_EQ(*meanRate(select(spikes, {0, 2, 2}, window)), 4 / 400.0);
}

TEST(Rate, OfNeuronsThatWereNotRecordedDoesNotExist) {
  EXPECT_FALSE(meanRate(select(spikes, {7, 2, 1}, window)));
}

TEST(Rate, GridTimesThatMissTheWindowsEndByARoundingCount) {
  SpikeTrains grid{"E", {0, 1, 1}, {0.1 * 3}, {0}};
  EXPECT_EQ(select(grid, {0, 1, 1}, {0, 0.3}).count(), 1u);
  EXPECT_EQ(select(grid, {0, 1, 1}, {0.3, 1}).count(), 0u);
}
