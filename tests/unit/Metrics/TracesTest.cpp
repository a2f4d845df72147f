//===- TracesTest.cpp - Numbers of a recorded state -------------*- C++ -*-===//
//
// Read off the samples.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Traces.h"

#include <gtest/gtest.h>

using namespace snn::metrics;

// Neurons 4 and 6, sampled at 0, 1, 2 ms.
static const Trace trace{"E",       "V",       "mV",
                         {4, 2, 2}, {0, 1, 2}, {-70, -60, -69, -61, -68, -50}};

TEST(Traces, ValueAtASampleIsTheSample) {
  EXPECT_EQ(valueAt(trace, {4, 1, 1}, 1), -69);
  EXPECT_EQ(valueAt(trace, {6, 1, 1}, 1), -61);
}

TEST(Traces, ValueIsTheMeanOfTheChosenNeurons) {
  EXPECT_EQ(valueAt(trace, {0, 10, 1}, 0), -65);
}

TEST(Traces, ValueBetweenSamplesIsInterpolated) {
  EXPECT_DOUBLE_EQ(*valueAt(trace, {6, 1, 1}, 1.25), -61 + 0.25 * 11);
}

TEST(Traces, ValueOutsideTheSamplesDoesNotExist) {
  EXPECT_FALSE(valueAt(trace, {4, 1, 1}, 2.5));
  EXPECT_FALSE(valueAt(trace, {5, 1, 1}, 1));
}

TEST(Traces, SummaryIsOverNeuronsAndSamplesOfTheWindow) {
  std::optional<Summary> summary = summarize(trace, {0, 10, 1}, {1, 2});
  ASSERT_TRUE(summary);
  EXPECT_DOUBLE_EQ(summary->mean, (-69 - 61 - 68 - 50) / 4.0);
  EXPECT_EQ(summary->minimum, -69);
  EXPECT_EQ(summary->maximum, -50);
  EXPECT_FALSE(summarize(trace, {0, 10, 1}, {3, 4}));
}
