//===- DatasetTest.cpp - Examples, and the inputs they are for --*- C++ -*-===//
//
// Fewer examples are spread over all; shapes go together, or are told.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Dataset.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace snn::data;

namespace {

Dataset counted(uint64_t count, std::vector<uint64_t> shape) {
  Dataset set;
  set.name = "s";
  set.count = count;
  set.shape = std::move(shape);
  set.numbers.resize(count * set.width());
  std::iota(set.numbers.begin(), set.numbers.end(), 0.0f);
  return set;
}

TEST(Dataset, ThinningKeepsLabelsWithTheirExamples) {
  Dataset set = counted(10, {2});
  set.labels.resize(10);
  std::iota(set.labels.begin(), set.labels.end(), 0u);
  set.thin(4);
  EXPECT_EQ(set.count, 4u);
  EXPECT_EQ(set.labels, (std::vector<uint32_t>{0, 2, 5, 7}));
  EXPECT_EQ(set.numbers, (std::vector<float>{0, 1, 4, 5, 10, 11, 14, 15}));
  set.thin(9);
  EXPECT_EQ(set.count, 4u);
}

TEST(Dataset, ChannelsMoveToTheEndWhereTheInputHasThemThere) {
  Dataset set = counted(2, {3, 1, 2});
  EXPECT_FALSE(fit(set, {1, 1, 2, 3}, "x"));
  EXPECT_EQ(set.shape, (std::vector<uint64_t>{1, 2, 3}));
  EXPECT_EQ(set.numbers,
            (std::vector<float>{0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11}));
}

TEST(Dataset, ChannelsStayWhereTheInputHasThem) {
  Dataset set = counted(1, {2, 2, 2});
  EXPECT_FALSE(fit(set, {1, 2, 2, 2}, "x"));
  EXPECT_EQ(set.numbers, counted(1, {2, 2, 2}).numbers);
}

TEST(Dataset, ARowOfNumbersIsAsManyExamplesAsTheInputTakes) {
  Dataset set = counted(12, {});
  EXPECT_FALSE(fit(set, {1, 4}, "x"));
  EXPECT_EQ(set.count, 3u);
  EXPECT_EQ(set.width(), 4u);
}

TEST(Dataset, OtherShapesAreToldWithBothSizes) {
  Dataset set = counted(2, {3, 4});
  auto failure = fit(set, {1, 1, 4, 4}, "x");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->message,
            "examples of `s` are 3 x 4, but the input `x` is 1 x 4 x 4");
}

} // namespace
