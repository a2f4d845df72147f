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

/// Makes the parts of a bucket of several steps, and their parts; `isSmall` if
/// it is a part itself. False without memory.
bool Stair::divide(uint64_t bucket, uint32_t first, unsigned bits, bool isSmall,
                   Function function, const void *context) {
  unsigned bitsOfPart = bits;
  partOf(first, bitsOfPart);
  uint64_t number = uint64_t{1} << (bits - bitsOfPart), part = buckets.size();
  if (bits == bitsOfPart ||
      (isSmall && (smallParts += number) > MostSmallParts))
    return true;
  buckets[bucket].threshold = static_cast<uint32_t>(part);
  if (!buckets.resize(part + number))
    return false;
  for (uint64_t i = 0; i < number; ++i) {
    uint32_t firstOfPart = first | static_cast<uint32_t>(i) << bitsOfPart;
    Bucket made;
    bool isDefined =
        makeBucket(firstOfPart, bitsOfPart, function, context, made);
    buckets[part + i] = made;
    if (isDefined && made.below == Unknown &&
        !divide(part + i, firstOfPart, bitsOfPart, true, function, context))
      return false;
  }
  return true;
}

bool Stair::create(unsigned bits, Function function, const void *context) {
  if (!function(context, 1u << 31, origin))
    return true;
  shift = 32 - bits;
  if (!buckets.resize(uint64_t{1} << bits))
    return false;
  for (uint64_t i = 0; i < uint64_t{1} << bits; ++i) {
    auto first = static_cast<uint32_t>(i << shift);
    if (makeBucket(first, shift, function, context, buckets[i]) &&
        buckets[i].below == Unknown &&
        !divide(i, first, shift, false, function, context))
      return false;
  }
  return true;
}
