//===- Counts.h - Distributions of counts -----------------------*- C++ -*-===//
//
// Binomial, Poisson and hypergeometric numbers, exact up to rounding: by
// inversion where the mean is small, by transformed rejection with squeeze
// (Hoermann 1993, algorithms BTRS and PTRS) elsewhere.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_COUNTS_H
#define SNN_RUNTIME_RANDOM_COUNTS_H

#include "runtime/lib/Random/Words.h"

namespace snn::runtime {

/// Successes in `trials` (whole, up to 2^53) of probability 0 <= p <= 1.
class Binomial {
public:
  Binomial(double trials, double probability);
  double operator()(Words &words) const;

private:
  double byInversion(Words &words) const;
  double byRejection(Words &words) const;

  double n, p; // p <= 1/2
  bool mirrored;
  double odds;     // p / (1 - p)
  double noneProb; // P(0), for inversion
  double mode, a, b, centre, alpha, squeeze, logOddsAtMode;
};

/// Of finite mean >= 0.
class Poisson {
public:
  explicit Poisson(double mean);
  double operator()(Words &words) const;

private:
  double mean, noneProb;
  double a, b, inverseAlpha, squeeze;
};

/// Marked among `sample` drawn without replacement from `marked` + `plain`;
/// whole numbers, sample <= marked + plain.
double hypergeometric(double marked, double plain, double sample, Words &words);

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_COUNTS_H
