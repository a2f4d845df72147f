//===- RowRecipe.cpp - What is kept of a generated row --------------------===//
//
// Of n edges that draw their delays independently, P(none has d) is
// (1 - p_d)^n, and the number that has d is close to Poisson's with n p_d.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/RowRecipe.h"

#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

/// Whether a Poisson number of this mean takes half a byte, with probability.
static double fitsHalf(double mean) {
  double term = snn_exp(-mean), sum = term;
  for (uint32_t k = 1; k <= RowRecipe::MostOfHalf; ++k)
    sum += term *= mean / k;
  return sum < 1 ? sum : 1;
}

RecipeEstimate snn::runtime::estimateRecipe(const Buffer<double> &shares,
                                            double edges) {
  double until = 0; // P(delay <= d)
  double span = 0, taken = 0, last = 0, halves = 1;
  for (double share : shares) {
    double allBefore = snn_pow(until, edges);
    until = until + share < 1 ? until + share : 1;
    double allBehind = until < 1 ? snn_pow(1 - until, edges) : 0;
    last += 1 - allBefore;
    if (1 - allBefore - allBehind > 0)
      span += 1 - allBefore - allBehind;
    taken += 1 - snn_pow(1 - share, edges);
    halves *= fitsHalf(edges * share);
  }
  last -= 1; // the sum runs from delay 0 on
  // The header and the first delay.
  double bytes = 2;
  if (RowRecipe::isSparse(span, taken))
    bytes += 2 * taken;
  else
    bytes += span * (halves / 2 + (1 - halves));
  return {bytes, last > 0 ? last : 0};
}
