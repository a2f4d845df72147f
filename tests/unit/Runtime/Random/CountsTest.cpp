//===- CountsTest.cpp - Counts follow their laws --------------------------===//
//
// Each method in its range, on both sides of the boundaries between them, and
// at sizes where a careless formula loses its digits.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Counts.h"
#include "tests/unit/Runtime/Random/Statistics.h"

#include <gtest/gtest.h>

using namespace snn::runtime;
using namespace snn::test;

namespace {

template <typename Draw>
std::vector<double> sampleOf(Draw draw, uint64_t size = 100000) {
  ArsKey key(makeKey(hash64(3, "E->I"), Stream::Count));
  std::vector<double> sample(size);
  for (uint64_t i = 0; i < size; ++i) {
    Words words = Words::ofItem(key, static_cast<uint32_t>(i), 17);
    sample[i] = draw(words);
  }
  return sample;
}

TEST(Counts, BinomialPassesChiSquareInEveryRange) {
  struct Case {
    double n, p;
  };
  for (auto [n, p] :
       {Case{1, 0.5}, Case{20, 0.3}, Case{1000, 0.0099}, Case{1000, 0.0101},
        Case{40, 0.5}, Case{40, 0.9}, Case{2948, 0.1443}, Case{16384, 0.9999},
        Case{1e9, 1e-7}, Case{1e15, 1e-13}}) {
    double mean = n * p, sd = std::sqrt(mean * (1 - p));
    double low = std::max(0.0, std::floor(mean - 8 * sd - 10));
    double high = std::min(n, std::ceil(mean + 8 * sd + 10));
    // lgamma loses its digits for large n: Poisson is as good there.
    auto probability = [&](double k) {
      return n < 1e8 ? binomialProbability(n, p, k)
                     : poissonProbability(mean, k);
    };
    Binomial binomial(n, p);
    EXPECT_LT(chiSquare(sampleOf(binomial), static_cast<uint64_t>(low),
                        static_cast<uint64_t>(high), probability),
              4.75)
        << n << " " << p;
  }
}

TEST(Counts, HugeBinomialIsNormalToAllVisibleDigits) {
  for (double n : {3e8, 1e12, 2.8e14})
    for (double p : {0.5, 0.001}) {
      double sd = std::sqrt(n * p * (1 - p));
      EXPECT_LT(kolmogorov(sampleOf(Binomial(n, p), 20000),
                           [&](double k) {
                             return normalCdf((k + 0.5 - n * p) / sd);
                           }),
                2.7)
          << n << " " << p;
    }
}

TEST(Counts, CertainBinomialsDrawNothing) {
  Words words = Words::ofNeuron({1, 2}, 0);
  EXPECT_EQ(Binomial(1000, 0)(words), 0);
  EXPECT_EQ(Binomial(1000, 1)(words), 1000);
  EXPECT_EQ(Binomial(0, 0.5)(words), 0);
}

TEST(Counts, PoissonPassesChiSquareInEveryRange) {
  for (double mean : {0.01, 1.0, 9.99, 10.01, 30.0, 1000.0}) {
    double low = std::max(0.0, std::floor(mean - 8 * std::sqrt(mean) - 10));
    double high = std::ceil(mean + 8 * std::sqrt(mean) + 10);
    EXPECT_LT(chiSquare(sampleOf(Poisson(mean)), static_cast<uint64_t>(low),
                        static_cast<uint64_t>(high),
                        [&](double k) { return poissonProbability(mean, k); }),
              4.75)
        << mean;
  }
  EXPECT_LT(kolmogorov(sampleOf(Poisson(1e14), 20000),
                       [](double k) { return normalCdf((k - 1e14) / 1e7); }),
            2.7);
}

TEST(Counts, HypergeometricPassesChiSquare) {
  auto logChoose = [](double n, double k) {
    return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
  };
  struct Case {
    double marked, plain, sample;
  };
  for (auto [g, b, n] : {Case{5, 5, 5}, Case{10, 3, 8}, Case{16384, 4299, 1000},
                         Case{10341, 10342, 2000}, Case{100, 100000, 5000}}) {
    double low = std::max(0.0, n - b), high = std::min(g, n);
    EXPECT_LT(chiSquare(sampleOf([&](Words &words) {
                          return hypergeometric(g, b, n, words);
                        }),
                        static_cast<uint64_t>(low), static_cast<uint64_t>(high),
                        [&](double k) {
                          return std::exp(logChoose(g, k) +
                                          logChoose(b, n - k) -
                                          logChoose(g + b, n));
                        }),
              4.75)
        << g << " " << b << " " << n;
  }
  // Millions of pairs: the normal limit.
  double g = 4e8, b = 6e8, n = 3e8;
  double sd =
      std::sqrt(n * g / (g + b) * b / (g + b) * (g + b - n) / (g + b - 1));
  EXPECT_LT(
      kolmogorov(
          sampleOf([&](Words &words) { return hypergeometric(g, b, n, words); },
                   2000),
          [&](double k) {
            return normalCdf((k + 0.5 - n * g / (g + b)) / sd);
          }),
      2.7);
}

} // namespace
