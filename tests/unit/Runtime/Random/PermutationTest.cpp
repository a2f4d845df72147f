//===- PermutationTest.cpp - Keyed permutations ---------------------------===//
//
// Each is a bijection of its domain; over many keys, places and pairs of places
// are hit equally often.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Permutation.h"
#include "tests/unit/Runtime/Random/Statistics.h"

#include <gtest/gtest.h>

using namespace snn::runtime;
using namespace snn::test;

namespace {

const ArsKey TheKey(makeKey(hash64(1, "E->E"), Stream::Target));

TEST(Permutation, IsABijection) {
  for (uint64_t size : {1, 2, 3, 7, 255, 256, 257, 300, 511, 512, 513, 1000,
                        16384, 16385, 100000}) {
    Permutation permutation(TheKey, size, size);
    std::vector<bool> hit(size);
    for (uint64_t i = 0; i < size; ++i) {
      uint64_t to = permutation(i);
      ASSERT_LT(to, size);
      ASSERT_FALSE(hit[to]);
      hit[to] = true;
    }
  }
}

TEST(Permutation, FillsAgreeWithSinglePlaces) {
  for (uint64_t size : {100ull, 1000ull, 123456789ull, 1ull << 32}) {
    Permutation permutation(TheKey, 5, size);
    std::vector<uint32_t> narrow(90);
    std::vector<uint64_t> wide(90);
    permutation.fill(7, 90, narrow.data());
    permutation.fill(7, 90, wide.data());
    for (uint64_t i = 0; i < 90; ++i) {
      EXPECT_EQ(narrow[i], permutation(7 + i));
      EXPECT_EQ(wide[i], permutation(7 + i));
    }
  }
  Permutation large(TheKey, 5, (1ull << 40) + 1);
  for (uint64_t i = 0; i < 100; ++i)
    EXPECT_LE(large(i << 33), 1ull << 40);
}

/// Over keys: where `places` of 0 .. size-1 go, as one number.
double uniformityOfPairs(uint64_t size, uint64_t first, uint64_t second) {
  std::vector<double> observed(size * size), expected(size * size);
  uint64_t keys = 40 * size * size;
  for (uint64_t k = 0; k < keys; ++k) {
    Permutation permutation(TheKey, k, size);
    observed[permutation(first) * size + permutation(second)] += 1;
  }
  for (uint64_t a = 0; a < size; ++a)
    for (uint64_t b = 0; b < size; ++b)
      expected[a * size + b] =
          a == b ? 0
                 : static_cast<double>(keys) /
                       (static_cast<double>(size) * (size - 1.0));
  // The impossible cells must be empty; they would hide in merged cells.
  for (uint64_t a = 0; a < size; ++a)
    if (observed[a * size + a] != 0)
      return HUGE_VAL;
  return chiSquare(observed, expected);
}

TEST(Permutation, PairsOfPlacesAreUniform) {
  EXPECT_LT(uniformityOfPairs(3, 0, 1), 4.75);
  EXPECT_LT(uniformityOfPairs(24, 0, 1), 4.75);
  EXPECT_LT(uniformityOfPairs(257, 0, 1), 4.75);
  EXPECT_LT(uniformityOfPairs(257, 3, 19), 4.75);
  EXPECT_LT(uniformityOfPairs(300, 100, 101), 4.75);
}

TEST(Permutation, DifferencesOfNeighboursAreUniform) {
  // Along one permutation, as the targets of a row are taken.
  for (uint64_t size : {1000ull, 12500ull, 12500000ull}) {
    constexpr uint64_t cells = 100;
    std::vector<double> observed(cells), expected(cells);
    for (uint64_t k = 0; k < 100; ++k) {
      Permutation permutation(TheKey, k, size);
      for (uint64_t i = 0; i + 1 < 1000; ++i) {
        uint64_t difference =
            (permutation(i + 1) + size - permutation(i)) % size;
        observed[difference * cells / size] += 1;
      }
    }
    for (uint64_t c = 0; c < cells; ++c) {
      uint64_t low = (c * size + cells - 1) / cells;
      uint64_t high = ((c + 1) * size + cells - 1) / cells;
      expected[c] = 99900.0 * static_cast<double>(high - low - (c == 0)) /
                    static_cast<double>(size - 1);
    }
    EXPECT_LT(chiSquare(observed, expected), 4.75) << size;
  }
}

TEST(Permutation, RowsOfDifferentNamesAreIndependent) {
  // Common members of the first hundred of two permutations of a thousand are
  // hypergeometric.
  std::vector<double> common;
  for (uint64_t k = 0; k < 4000; ++k) {
    Permutation a(TheKey, 2 * k, 1000), b(TheKey, 2 * k + 1, 1000);
    std::vector<bool> in(1000);
    for (uint64_t i = 0; i < 100; ++i)
      in[a(i)] = true;
    double count = 0;
    for (uint64_t i = 0; i < 100; ++i)
      count += in[b(i)];
    common.push_back(count);
  }
  auto logChoose = [](double n, double k) {
    return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
  };
  EXPECT_LT(chiSquare(common, 0, 100,
                      [&](double k) {
                        return std::exp(logChoose(100, k) +
                                        logChoose(900, 100 - k) -
                                        logChoose(1000, 100));
                      }),
            4.75);
}

} // namespace
