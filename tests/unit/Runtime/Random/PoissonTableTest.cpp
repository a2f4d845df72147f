//===- PoissonTableTest.cpp - Counts of events in a step ------------------===//
//
// Every path of this machine gives the same counts, for any division of the
// neurons; the counts follow Poisson's law.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/PoissonTable.h"
#include "tests/unit/Runtime/Random/Statistics.h"

#include <gtest/gtest.h>

using namespace snn::runtime;
using namespace snn::test;

namespace {

const ArsKey TheKey(makeKey(hash64(1, "drive"), Stream::Event));

TEST(PoissonTable, PathsAndDivisionsGiveTheSameCounts) {
  for (double mean : {0.0, 0.3, 2.32, 9.0, 19.5, 55.0, 300.0}) {
    PoissonTable table;
    ASSERT_TRUE(table.create(mean));
    constexpr uint64_t size = 2000;
    std::vector<uint32_t> expected(size);
    table.counts(ArsPath::Portable, TheKey, 7, 0, size, expected.data());
    for (ArsPath path : {ArsPath::Portable, ArsPath::AesNi, ArsPath::Vaes512}) {
      if (path > bestArsPath())
        continue;
      for (uint64_t step : {1, 3, 16, 509, 1024, 2000}) {
        std::vector<uint32_t> counts(size);
        for (uint64_t from = 0; from < size; from += step)
          table.counts(path, TheKey, 7, from, std::min(from + step, size),
                       counts.data() + from);
        ASSERT_EQ(counts, expected) << mean << " " << step;
      }
    }
  }
}

TEST(PoissonTable, WordsAreSharedOutToTheLastOne) {
  for (double mean : {0.0, 0.001, 0.8, 2.32, 7.5, 12.0, 20.0}) {
    PoissonTable table;
    ASSERT_TRUE(table.create(mean));
    uint64_t total = 0;
    double meanOfTable = 0;
    for (uint32_t k = 0; k < 64; ++k) {
      uint64_t words = table.numWords(k);
      double exact = mean == 0 ? k == 0 : poissonProbability(mean, k);
      // Differences of numbers that are rounded to whole words.
      EXPECT_NEAR(static_cast<double>(words), exact * 0x1p32, 1.001)
          << mean << " " << k;
      total += words;
      meanOfTable += k * static_cast<double>(words) * 0x1p-32;
    }
    EXPECT_EQ(total, 1ull << 32);
    EXPECT_NEAR(meanOfTable, mean, 1e-8);
  }
}

/// Lower halves are drawn only where they decide: with them, a count is that of
/// a whole word.
TEST(PoissonTable, HalvesGiveWhatWholeWordsSay) {
  constexpr uint64_t runs = 4000, size = 32 * runs, step = 11;
  std::vector<uint32_t> upper(size / 2), lower(size / 2), counts(size);
  arsFill(TheKey, 0, step, size / 8, upper.data());
  arsFill(TheKey, uint64_t{1} << 32, step, size / 8, lower.data());
  auto half = [](const std::vector<uint32_t> &words, uint64_t i) {
    return words[i / 32 * 16 + i % 16] >> (i % 32 < 16 ? 0 : 16) & 0xffff;
  };
  for (double mean : {0.3, 2.32, 15.0}) {
    PoissonTable table;
    ASSERT_TRUE(table.create(mean));
    table.counts(TheKey, step, 0, size, counts.data());
    uint64_t open = 0; // decided by lower halves
    for (uint64_t i = 0; i < size; ++i) {
      uint32_t begin = half(upper, i) << 16;
      ASSERT_EQ(counts[i], table.countOf(begin | half(lower, i)))
          << mean << " " << i;
      open += table.countOf(begin) != table.countOf(begin | 0xffff);
    }
    EXPECT_GT(open, 0u);
  }
}

TEST(PoissonTable, CountsFollowTheLaw) {
  for (double mean : {0.001, 0.8, 2.32, 7.5, 15.0, 20.0, 20.5, 159.0, 500.0}) {
    PoissonTable table;
    ASSERT_TRUE(table.create(mean));
    constexpr uint64_t size = 400000;
    std::vector<uint32_t> counts(size);
    table.counts(TheKey, 1, 0, size, counts.data());
    std::vector<double> sample(counts.begin(), counts.end());
    EXPECT_LT(chiSquare(sample, 0,
                        static_cast<uint64_t>(mean + 10 * std::sqrt(mean) + 10),
                        [&](double k) { return poissonProbability(mean, k); }),
              4.75)
        << mean;
    EXPECT_NEAR(moments(sample).mean, mean, 5 * std::sqrt(mean / size));
  }
}

TEST(PoissonTable, StepsAndNeighboursAreUncorrelated) {
  PoissonTable table;
  ASSERT_TRUE(table.create(1));
  constexpr uint64_t size = 1000, steps = 400;
  std::vector<uint32_t> last(size), counts(size);
  double overSteps = 0, overNeurons = 0;
  for (uint64_t step = 0; step < steps; ++step) {
    table.counts(TheKey, step, 0, size, counts.data());
    for (uint64_t i = 0; i + 1 < size; ++i) {
      overNeurons += (counts[i] - 1.0) * (counts[i + 1] - 1.0);
      if (step > 0)
        overSteps += (counts[i] - 1.0) * (last[i] - 1.0);
    }
    last = counts;
  }
  double n = size * steps; // each product has variance 1
  EXPECT_LT(std::fabs(overNeurons) / std::sqrt(n), 5);
  EXPECT_LT(std::fabs(overSteps) / std::sqrt(n), 5);
}

TEST(PoissonTable, AddsWeightedCountsToTheSums) {
  PoissonTable table;
  ASSERT_TRUE(table.create(1.5));
  constexpr uint64_t size = 1300;
  std::vector<uint32_t> counts(size);
  table.counts(TheKey, 9, 0, size, counts.data());
  std::vector<int64_t> weights(size), sums(3 * size, 5), own(size, 5),
      dense(size, 5);
  for (uint64_t i = 0; i < size; ++i)
    weights[i] = static_cast<int64_t>(i) - 600;
  int64_t weight = -(int64_t{1} << 40) + 3;
  table.add(TheKey, 9, 100, 1250, weight, sums.data(), 3);
  table.add(TheKey, 9, 100, 1250, weight, dense.data(), 1);
  table.add(TheKey, 9, 100, 1250, weights.data(), own.data(), 1);
  for (uint64_t i = 0; i < size; ++i) {
    bool inside = i >= 100 && i < 1250;
    EXPECT_EQ(sums[3 * i], 5 + (inside ? counts[i] * weight : 0));
    EXPECT_EQ(sums[3 * i + 1], 5);
    EXPECT_EQ(dense[i], sums[3 * i]);
    EXPECT_EQ(own[i], 5 + (inside ? counts[i] * weights[i] : 0));
  }
}

/// The loop that draws and adds at once gives the same, wherever it begins and
/// ends.
TEST(PoissonTable, AddsToNarrowSumsWhatItCounts) {
  for (double mean : {0.3, 1.5, 12.0, 55.0}) {
    PoissonTable table;
    ASSERT_TRUE(table.create(mean));
    constexpr uint64_t size = 700;
    std::vector<uint32_t> counts(size);
    table.counts(TheKey, 77, 0, size, counts.data());
    for (auto [begin, end] : {std::pair<uint64_t, uint64_t>{0, 700},
                              {16, 17},
                              {32, 96},
                              {32, 97},
                              {48, 699},
                              {5, 300}}) {
      std::vector<int32_t> sums(size, 7);
      table.add(TheKey, 77, begin, end, -2560, sums.data(), 1);
      for (uint64_t i = 0; i < size; ++i)
        ASSERT_EQ(sums[i], i >= begin && i < end
                               ? 7 - 2560 * static_cast<int32_t>(counts[i])
                               : 7)
            << mean << " " << begin << " " << end << " " << i;
    }
  }
}

TEST(PoissonTable, RefusesMeansThatAreNone) {
  PoissonTable table;
  for (double mean : {-1.0, double(NAN), HUGE_VAL})
    EXPECT_FALSE(table.create(mean));
}

TEST(PoissonTable, CountsArePinned) {
  uint64_t hash = 0;
  for (double mean : {0.3, 2.32, 9.0, 55.0, 300.0}) {
    PoissonTable table;
    ASSERT_TRUE(table.create(mean));
    uint32_t counts[100];
    table.counts(TheKey, 123456789, 50, 150, counts);
    for (uint32_t count : counts)
      hash = mix64(hash, count);
  }
  EXPECT_EQ(hash, 8470436938325861001u);
}

} // namespace
