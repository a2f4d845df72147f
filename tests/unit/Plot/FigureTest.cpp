//===- FigureTest.cpp - Axes with round numbers -----------------*- C++ -*-===//
//
// Ticks, their labels and ranges, and the cases at their edges.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Figure.h"

#include <gtest/gtest.h>

#include <limits>

using namespace snn::plot;

TEST(Figure, TicksAreRoundNumbersInsideTheAxis) {
  EXPECT_EQ(ticks({"", "", 0, 10}, 5),
            (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(ticks({"", "", -7, 12}, 4), (std::vector<double>{-5, 0, 5, 10}));
}

TEST(Figure, TicksOfWholeNumbersAreWhole) {
  EXPECT_EQ(ticks({"", "", -0.5, 2.5, true}, 8),
            (std::vector<double>{0, 1, 2}));
}

TEST(Figure, AnAxisWithoutRangeHasOneTick) {
  EXPECT_EQ(ticks({"", "", 3, 3}, 5), std::vector<double>{3});
}

TEST(Figure, TickLabelsHaveTheDigitsTheirDistanceNeeds) {
  EXPECT_EQ(tickLabel(2, 1), "2");
  EXPECT_EQ(tickLabel(0.30000000000000004, 0.1), "0.3");
  EXPECT_EQ(tickLabel(1e7, 1e6), "1e+07");
  EXPECT_EQ(tickLabel(-0.4, 1), "0");
}

TEST(Figure, AxesHoldTheirValues) {
  Axis axis;
  fitAxis(axis, {3, 17.2, std::numeric_limits<double>::quiet_NaN()}, true);
  EXPECT_EQ(axis.low, 0);
  EXPECT_GE(axis.high, 17.2);
  EXPECT_LE(axis.high, 20);
}

TEST(Figure, AxesOfEqualOrNoValuesHaveARange) {
  Axis axis;
  fitAxis(axis, {-65, -65}, false);
  EXPECT_LT(axis.low, -65);
  EXPECT_GT(axis.high, -65);
  fitAxis(axis, {}, true);
  EXPECT_LT(axis.low, axis.high);
}
