//===- Statistics.h - Tests of goodness of fit ------------------*- C++ -*-===//
//
// Seeds are fixed, so these never fail by chance; the bounds are those that one
// fresh seed in a million would exceed.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_RUNTIME_RANDOM_STATISTICS_H
#define SNN_TESTS_UNIT_RUNTIME_RANDOM_STATISTICS_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

namespace snn::test {

/// sqrt(n) times the Kolmogorov-Smirnov distance; P(> 2.7) is about 1e-6.
inline double kolmogorov(std::vector<double> sample,
                         const std::function<double(double)> &cdf) {
  std::sort(sample.begin(), sample.end());
  double worst = 0, n = static_cast<double>(sample.size());
  for (size_t i = 0; i < sample.size(); ++i) {
    double p = cdf(sample[i]);
    worst = std::max({worst, std::fabs(p - i / n), std::fabs(p - (i + 1) / n)});
  }
  return worst * std::sqrt(n);
}

/// Pearson's chi-square of observed against expected numbers, cells merged
/// until each expects ten; as standard deviations above its mean, by Wilson
/// and Hilferty. P(> 4.75) is about 1e-6.
inline double chiSquare(const std::vector<double> &observed,
                        const std::vector<double> &expected) {
  double sum = 0, o = 0, e = 0, lastO = 0, lastE = 0;
  int cells = 0;
  for (size_t i = 0; i < observed.size(); ++i) {
    o += observed[i];
    e += expected[i];
    if (e < 10 && i + 1 < observed.size())
      continue;
    if (e < 10 && cells > 0) { // the rest joins the last cell
      sum -= (lastO - lastE) * (lastO - lastE) / lastE;
      --cells;
      o += lastO;
      e += lastE;
    }
    if (e > 0)
      sum += (o - e) * (o - e) / e;
    else if (o > 0)
      return HUGE_VAL;
    ++cells;
    lastO = o;
    lastE = e;
    o = e = 0;
  }
  double freedom = cells - 1;
  if (freedom < 1)
    return 0;
  double third = 2 / (9 * freedom);
  return (std::cbrt(sum / freedom) - (1 - third)) / std::sqrt(third);
}

/// chiSquare of whole numbers against a probability function on 0 .. last.
inline double chiSquare(const std::vector<double> &sample, uint64_t first,
                        uint64_t last,
                        const std::function<double(double)> &probability) {
  std::vector<double> observed(last - first + 1), expected(last - first + 1);
  double n = static_cast<double>(sample.size());
  for (double x : sample)
    observed[static_cast<size_t>(std::clamp(x, double(first), double(last)) -
                                 double(first))] += 1;
  for (uint64_t k = first; k <= last; ++k)
    expected[k - first] = n * probability(static_cast<double>(k));
  return chiSquare(observed, expected);
}

struct Moments {
  double mean = 0, variance = 0;
};

inline Moments moments(const std::vector<double> &sample) {
  Moments m;
  for (double x : sample)
    m.mean += x;
  m.mean /= static_cast<double>(sample.size());
  for (double x : sample)
    m.variance += (x - m.mean) * (x - m.mean);
  m.variance /= static_cast<double>(sample.size() - 1);
  return m;
}

inline double normalCdf(double x) { return 0.5 * std::erfc(-x / M_SQRT2); }

inline double binomialProbability(double n, double p, double k) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) -
                  std::lgamma(n - k + 1) + k * std::log(p) +
                  (n - k) * std::log1p(-p));
}

inline double poissonProbability(double mean, double k) {
  return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1));
}

} // namespace snn::test

#endif // SNN_TESTS_UNIT_RUNTIME_RANDOM_STATISTICS_H
