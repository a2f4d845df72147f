//===- Distribution.cpp - Drawn values ------------------------------------===//
//
// One formula a distribution. Normal numbers are quantiles, one uniform number
// each: so their number of draws is fixed, and they increase with the word.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Distribution.h"

#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Math.h"
#include "runtime/lib/Random/Counts.h"

using namespace snn::runtime;

namespace {

/// Marsaglia and Tsang 2000, of unit scale. A shape below 1 is raised by 1 and
/// the result multiplied by u^(1/shape).
double drawGamma(double shape, Words &words) {
  double factor = shape < 1 ? snn_pow(words.unit(), 1 / shape) : 1;
  double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
  double c = 1 / snn_sqrt(9 * d);
  while (true) {
    double x = normalQuantile(words.unit());
    double u = words.unit();
    double v = 1 + c * x;
    if (v <= 0)
      continue;
    v = v * v * v;
    if (snn_log(u) < 0.5 * x * x + d * (1 - v + snn_log(v)))
      return factor * d * v;
  }
}

/// The first value whose cumulated probability is not below u.
double categoricalQuantile(const snn_value &value, double u) {
  const double *cumulated = value.data + value.count;
  uint64_t low = 0, high = value.count - 1;
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (u <= cumulated[middle])
      high = middle;
    else
      low = middle + 1;
  }
  return value.data[low];
}

bool isWhole(double x) { return roundHalfEven(x) == x; }

const char *findFaultOfCategories(const snn_value &value) {
  if (value.count == 0)
    return "there are no categories";
  double last = 0;
  for (uint64_t i = 0; i < value.count; ++i) {
    double p = value.data[value.count + i];
    if (!isFinite(value.data[i]))
      return "a category is not a finite number";
    if (!(p >= last && p <= 1 + 1e-9))
      return "the cumulated probabilities do not rise from 0 to 1";
    last = p;
  }
  return last >= 1 - 1e-9 ? nullptr : "the probabilities do not sum to 1";
}

double drawOnce(const snn_value &value, Words &words) {
  switch (value.kind) {
  case SNN_CONSTANT:
    return value.a;
  case SNN_GAMMA:
    return value.b * drawGamma(value.a, words);
  case SNN_BINOMIAL:
    return Binomial(value.a, value.b)(words);
  case SNN_POISSON:
    return Poisson(value.a)(words);
  default:
    return quantile(value, words.unit());
  }
}

} // namespace

const char *snn::runtime::findFault(const snn_value &value) {
  if (!(value.redraw_low <= value.redraw_high))
    return "the bounds of `redraw to` are in the wrong order";
  if (!(value.clip_low <= value.clip_high))
    return "the bounds of `clip to` are in the wrong order";
  if (value.kind == SNN_DATA)
    return nullptr;
  if (value.kind == SNN_CATEGORICAL)
    return findFaultOfCategories(value);
  if (!isFinite(value.a))
    return "its first argument is not a finite number";
  if (value.kind == SNN_CONSTANT || value.kind == SNN_EXPONENTIAL)
    return value.kind == SNN_EXPONENTIAL && value.a < 0 ? "the mean is negative"
                                                        : nullptr;
  if (value.kind == SNN_POISSON)
    return !(value.a >= 0 && value.a < 0x1p50)
               ? "the mean is not between 0 and 2^50"
               : nullptr;
  if (!isFinite(value.b))
    return "its second argument is not a finite number";
  switch (value.kind) {
  case SNN_OF_PLACE:
    return value.b < value.a ? "its bounds are in the wrong order" : nullptr;
  case SNN_UNIFORM:
    return value.b < value.a ? "the upper bound is below the lower" : nullptr;
  case SNN_NORMAL:
  case SNN_LOGNORMAL:
    return value.b < 0 ? "the standard deviation is negative" : nullptr;
  case SNN_GAMMA:
    return value.a > 0 && value.b >= 0
               ? nullptr
               : "the shape is not positive, or the scale is negative";
  case SNN_BINOMIAL:
    if (!(value.a >= 0 && value.a < 0x1p50 && isWhole(value.a)))
      return "the number of trials is not a whole number from 0 to 2^50";
    return value.b >= 0 && value.b <= 1 ? nullptr
                                        : "the probability is not in 0 .. 1";
  default:
    return "its distribution is not known";
  }
}

bool snn::runtime::isQuantile(const snn_value &value) {
  switch (value.kind) {
  case SNN_UNIFORM:
  case SNN_NORMAL:
  case SNN_LOGNORMAL:
  case SNN_EXPONENTIAL:
  case SNN_CATEGORICAL:
    return true;
  default:
    return false;
  }
}

double snn::runtime::quantile(const snn_value &value, double u) {
  switch (value.kind) {
  case SNN_UNIFORM:
    return value.a + (value.b - value.a) * u;
  case SNN_NORMAL:
    return value.a + value.b * normalQuantile(u);
  case SNN_LOGNORMAL:
    return snn_exp(value.a + value.b * normalQuantile(u));
  case SNN_EXPONENTIAL:
    return -value.a * snn_log(1 - u);
  default:
    return categoricalQuantile(value, u);
  }
}

bool snn::runtime::draw(const snn_value &value, Words &words, double &result,
                        uint32_t tries) {
  for (; tries < LargestTries; ++tries) {
    double x = drawOnce(value, words);
    if (isWithinRedraw(value, x)) {
      result = clip(value, x);
      return true;
    }
    if (value.kind == SNN_CONSTANT)
      return false;
  }
  return false;
}
