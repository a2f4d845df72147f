//===- Stair.cpp - Whole numbers from words, by table ---------------------===//
//
// Each bucket is looked at from both ends; a single step inside is found by
// bisection.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Stair.h"

using namespace snn::runtime;

bool Stair::create(unsigned bits, Function function, const void *context) {
  if (!function(context, 1u << 31, origin))
    return true;
  shift = 32 - bits;
  if (!buckets.resize(uint64_t{1} << bits))
    return false;
  for (uint64_t i = 0; i < buckets.size(); ++i) {
    auto first = static_cast<uint32_t>(i << shift);
    uint32_t last = first | ((1u << shift) - 1);
    int64_t low, high;
    buckets[i] = {0, Unknown};
    if (!function(context, first, low) || !function(context, last, high))
      continue;
    // Twice the largest span, so that nothing here can overflow.
    if (low < origin - (1 << 30) || high > origin + (1 << 30) ||
        high - low < 0 || high - low > 1)
      continue;
    auto relative = static_cast<int32_t>(low - origin);
    if (low == high) {
      buckets[i] = {0, relative - 1}; // every word is above the step
      continue;
    }
    while (last - first > 1) {
      uint32_t middle = first + (last - first) / 2;
      int64_t value;
      if (function(context, middle, value) && value == low)
        first = middle;
      else
        last = middle;
    }
    buckets[i] = {last, relative};
  }
  return true;
}
