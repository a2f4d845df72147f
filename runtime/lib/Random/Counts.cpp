//===- Counts.cpp - Distributions of counts -------------------------------===//
//
// Logarithms of ratios of probabilities are written with log1p of relative
// distances from the mode: nothing cancels, however large the counts.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Counts.h"

#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

namespace {

/// Means below it are inverted; the rejection methods are valid from 10.
constexpr double LargestInverted = 10;

/// Beyond this a search is only rounding's doing (P < 1e-60): start again.
constexpr double LargestSearched = 150;

constexpr double HalfLog2Pi = 0x1.d67f1c864beb5p-1;

/// The largest whole number <= x, for |x| < 2^52.
double floorOf(double x) {
  double nearest = roundHalfEven(x);
  return nearest > x ? nearest - 1 : nearest;
}

} // namespace

//===- Binomial -----------------------------------------------------------===//

Binomial::Binomial(double trials, double probability)
    : n(trials), p(probability > 0.5 ? 1 - probability : probability),
      mirrored(probability > 0.5), odds(p / (1 - p)), noneProb(0), mode(0),
      a(0), b(0), centre(0), alpha(0), squeeze(0), logOddsAtMode(0) {
  if (n * p < LargestInverted) {
    noneProb = snn_exp(n * snn_log1p(-p));
    return;
  }
  double deviation = snn_sqrt(n * p * (1 - p));
  mode = floorOf((n + 1) * p);
  b = 1.15 + 2.53 * deviation;
  a = -0.0873 + 0.0248 * b + 0.01 * p;
  centre = n * p + 0.5;
  alpha = (2.83 + 5.1 / b) * deviation;
  squeeze = 0.92 - 4.2 / b;
  logOddsAtMode = snn_log((mode + 1) / (odds * (n - mode + 1)));
}

double Binomial::byInversion(Words &words) const {
  while (true) {
    double u = words.unit(), probability = noneProb;
    for (double k = 0; k <= n && k < LargestSearched; ++k) {
      if (u <= probability)
        return k;
      u -= probability;
      probability *= odds * ((n - k) / (k + 1));
    }
  }
}

double Binomial::byRejection(Words &words) const {
  while (true) {
    double u = words.unit() - 0.5, v = words.unit();
    double distance = 0.5 - magnitude(u);
    double k = floorOf((2 * a / distance + b) * u + centre);
    if (distance >= 0.07 && v <= squeeze)
      return k;
    if (k < 0 || k > n)
      continue;
    // log P(k)/P(mode)
    double d = k - mode;
    double ratio = (n + 1) * snn_log1p(d / (n - k + 1)) - d * logOddsAtMode +
                   (k + 0.5) * (snn_log1p(-d / (n - mode + 1)) -
                                snn_log1p(d / (mode + 1))) +
                   (stirlingCorrection(mode) + stirlingCorrection(n - mode)) -
                   (stirlingCorrection(k) + stirlingCorrection(n - k));
    if (snn_log(v * alpha / (a / (distance * distance) + b)) <= ratio)
      return k;
  }
}

double Binomial::operator()(Words &words) const {
  if (p == 0 || n == 0)
    return mirrored ? n : 0;
  double k = n * p < LargestInverted ? byInversion(words) : byRejection(words);
  return mirrored ? n - k : k;
}

//===- Poisson ------------------------------------------------------------===//

Poisson::Poisson(double mean)
    : mean(mean), noneProb(0), a(0), b(0), inverseAlpha(0), squeeze(0) {
  if (mean < LargestInverted) {
    noneProb = snn_exp(-mean);
    return;
  }
  b = 0.931 + 2.53 * snn_sqrt(mean);
  a = -0.059 + 0.02483 * b;
  inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  squeeze = 0.9277 - 3.6224 / (b - 2);
}

double Poisson::operator()(Words &words) const {
  if (mean == 0)
    return 0;
  if (mean < LargestInverted)
    while (true) {
      double u = words.unit(), probability = noneProb;
      for (double k = 0; k < LargestSearched; ++k) {
        if (u <= probability)
          return k;
        u -= probability;
        probability *= mean / (k + 1);
      }
    }
  while (true) {
    double u = words.unit() - 0.5, v = words.unit();
    double distance = 0.5 - magnitude(u);
    double k = floorOf((2 * a / distance + b) * u + mean + 0.43);
    if (distance >= 0.07 && v <= squeeze)
      return k;
    if (k < 0 || (distance < 0.013 && v > distance))
      continue;
    // log P(k)
    double n = k + 1;
    double log = (n - mean) + k * snn_log1p((mean - n) / n) - 0.5 * snn_log(n) -
                 HalfLog2Pi - stirlingCorrection(k);
    if (snn_log(v * inverseAlpha / (a / (distance * distance) + b)) <= log)
      return k;
  }
}

//===- Hypergeometric -----------------------------------------------------===//

double snn::runtime::hypergeometric(double marked, double plain, double sample,
                                    Words &words) {
  double least = sample > plain ? sample - plain : 0;
  double most = sample < marked ? sample : marked;
  if (least == most)
    return least;
  double total = marked + plain;
  double mode = floorOf((sample + 1) * (marked + 1) / (total + 2));
  mode = mode < least ? least : mode > most ? most : mode;
  // C(marked, mode) C(plain, sample - mode) / C(total, sample)
  DoubleDouble log = logFactorial(marked) + -logFactorial(mode) +
                     -logFactorial(marked - mode) +
                     (logFactorial(plain) + -logFactorial(sample - mode) +
                      -logFactorial(plain - sample + mode)) +
                     -(logFactorial(total) + -logFactorial(sample) +
                       -logFactorial(total - sample));
  double atMode = snn_exp(log.value());
  // Outwards from the mode, alternately: about a standard deviation of steps.
  while (true) {
    double u = words.unit() - atMode;
    if (u <= 0)
      return mode;
    double up = mode, down = mode, upProb = atMode, downProb = atMode;
    while ((up < most && upProb > 0) || (down > least && downProb > 0)) {
      if (up < most) {
        upProb *= (marked - up) * (sample - up) /
                  ((up + 1) * (plain - sample + up + 1));
        ++up;
        if ((u -= upProb) <= 0)
          return up;
      }
      if (down > least) {
        downProb *= down * (plain - sample + down) /
                    ((marked - down + 1) * (sample - down + 1));
        --down;
        if ((u -= downProb) <= 0)
          return down;
      }
    }
  }
}
