//===- IntervalsTest.cpp - Interspike intervals -----------------*- C++ -*-===//
//
// Hand-computed; the CV of the uneven train is numpy's std/mean of its
// differences.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Intervals.h"

#include <gtest/gtest.h>

using namespace snn::metrics;

static const std::vector<double> uneven{1, 3, 4, 8.5, 9};

TEST(Intervals, CvOfARegularTrainIsZero) {
  EXPECT_EQ(*coefficientOfVariation({10, 20, 30, 40}), 0);
}

TEST(Intervals, CvUsesTheStandardDeviationOfThePopulation) {
  EXPECT_DOUBLE_EQ(*coefficientOfVariation(uneven), 0.770551750371122);
}

TEST(Intervals, CvOfOneSpikeDoesNotExist) {
  EXPECT_FALSE(coefficientOfVariation({5}));
  EXPECT_FALSE(coefficientOfVariation({}));
}

TEST(Intervals, MeanCvLeavesOutNeuronsWithFewIntervals) {
  // Intervals: 4 (uneven), 2 (of 1 and 3: mean 2, deviation 1), 1.
  Trains trains{{0, 10}, {uneven, {1, 2, 5}, {3, 4}}};
  EXPECT_EQ(coefficientsOfVariation(trains, 1).size(), 3u);
  EXPECT_DOUBLE_EQ(*meanCoefficientOfVariation(trains, 2),
                   (0.770551750371122 + 0.5) / 2);
  EXPECT_DOUBLE_EQ(*meanCoefficientOfVariation(trains, 4), 0.770551750371122);
  EXPECT_FALSE(meanCoefficientOfVariation(trains, 5));
}

TEST(Intervals, MeanIntervalIsOverAllIntervals) {
  Trains trains{{0, 10}, {{1, 2, 5}, {3, 4}, {}}};
  EXPECT_DOUBLE_EQ(*meanInterval(trains), (1 + 3 + 1) / 3.0);
  EXPECT_FALSE(meanInterval(Trains{{0, 10}, {{3}, {}}}));
}
