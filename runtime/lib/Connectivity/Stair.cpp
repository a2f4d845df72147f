//===- Stair.cpp - Whole numbers from words, by table ---------------------===//
//
// Each bucket is looked at from both ends; a single step inside is found by
// bisection.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Stair.h"

using namespace snn::runtime;

/// The bucket of `bits` low bits from `first` on, unknown if there are several
/// steps; false where the function is not defined at its ends.
bool Stair::makeBucket(uint32_t first, unsigned bits, Function function,
                       const void *context, Bucket &bucket) const {
  uint32_t last = first | ((1u << bits) - 1);
  int64_t low, high;
  bucket = {0, Unknown};
  if (!function(context, first, low) || !function(context, last, high) ||
      high < low)
    return false;
  // Twice the largest span, so that nothing here can overflow.
  if (low < origin - (1 << 30) || high > origin + (1 << 30))
    return false;
  if (high - low > 1)
    return true;
  auto relative = static_cast<int32_t>(low - origin);
  if (low == high) {
    bucket = {0, relative - 1}; // every word is above the step
    return true;
  }
  while (last - first > 1) {
    uint32_t middle = first + (last - first) / 2;
    int64_t value;
    if (function(context, middle, value) && value == low)
      first = middle;
    else
      last = middle;
  }
  bucket = {last, relative};
  return true;
}

bool Stair::create(unsigned bits, Function function, const void *context) {
  if (!function(context, 1u << 31, origin))
    return true;
  shift = 32 - bits;
  if (!buckets.resize(uint64_t{1} << bits))
    return false;
  fineShift = shift > FineBits ? shift - FineBits : shift;
  for (uint64_t i = 0; i < uint64_t{1} << bits; ++i) {
    auto first = static_cast<uint32_t>(i << shift);
    if (!makeBucket(first, shift, function, context, buckets[i]) ||
        buckets[i].below != Unknown || fineShift == shift)
      continue;
    // Several steps: the bucket's own parts.
    uint64_t part = buckets.size();
    buckets[i].threshold = static_cast<uint32_t>(part);
    if (!buckets.resize(part + (1u << FineBits)))
      return false;
    for (uint32_t j = 0; j < 1u << FineBits; ++j)
      makeBucket(first | j << fineShift, fineShift, function, context,
                 buckets[part + j]);
  }
  return true;
}

void Stair::forEachStep(StepVisitor visit, void *context) const {
  auto visitBucket = [&](const Bucket &bucket, uint32_t first, unsigned bits) {
    uint32_t last = first | ((1u << bits) - 1);
    if (bucket.below == Unknown)
      visit(context, first, 0, false);
    else if (bucket.threshold > first && bucket.threshold <= last)
      visit(context, bucket.threshold, bucket.below + 1, true);
    // A step may also be where two buckets meet.
    int64_t here, before;
    if (first != 0 && find(first, here) && find(first - 1, before) &&
        here != before)
      visit(context, first, static_cast<int32_t>(here - origin),
            here == before + 1);
  };
  for (uint64_t i = 0; i < uint64_t{1} << (32 - shift); ++i) {
    auto first = static_cast<uint32_t>(i << shift);
    const Bucket &bucket = buckets[i];
    if (bucket.below != Unknown || bucket.threshold == 0) {
      visitBucket(bucket, first, shift);
      continue;
    }
    for (uint32_t j = 0; j < 1u << FineBits; ++j)
      visitBucket(buckets[bucket.threshold + j], first | j << fineShift,
                  fineShift);
  }
}
