//===- Stair.h - Whole numbers from words, by table -------------*- C++ -*-===//
//
// For quantiles that no curve is near enough to, such as those with an edge
// where they are clipped. Rounded to whole units, a quantile is an increasing
// step function of the word. Its steps are found once; then a draw costs a
// look-up instead of logarithms.
// A bucket that holds several steps is divided, and again: the ends of a normal
// distribution take a few parts of parts. Where that would take too many, words
// are left to the function itself.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_STAIR_H
#define SNN_RUNTIME_CONNECTIVITY_STAIR_H

#include "runtime/lib/Core/Buffer.h"

namespace snn::runtime {

class Stair {
public:
  /// The function; false where it has no value from the word alone.
  using Function = bool (*)(const void *context, uint32_t word,
                            int64_t &result);

  /// 2^bits buckets. False without memory. A function that is not defined at
  /// its middle gets an empty table.
  [[nodiscard]] bool create(unsigned bits, Function function,
                            const void *context);

  bool empty() const { return buckets.empty(); }

  /// False if the function is to be asked.
  bool find(uint32_t word, int64_t &result) const {
    const Bucket *bucket = &buckets.data()[word >> shift];
    for (unsigned bits = shift; bucket->isDivided();)
      bucket = &buckets.data()[bucket->threshold + partOf(word, bits)];
    result = origin + bucket->below + (word >= bucket->threshold ? 1 : 0);
    return bucket->below != Unknown;
  }

  /// The values of many words; returns how many are unknown, and where they are
  /// in `unknown`, which has room for all.
  template <typename T>
  uint64_t findAll(const uint32_t *words, uint64_t count, T *out,
                   uint32_t *unknown) const {
    const Bucket *table = buckets.data();
    const unsigned bits = shift;
    const auto base = static_cast<T>(origin);
    uint64_t numUnknown = 0;
    for (uint64_t j = 0; j < count; ++j) {
      Bucket bucket = table[words[j] >> bits];
      out[j] = base + static_cast<T>(bucket.below) +
               static_cast<T>(words[j] >= bucket.threshold);
      unknown[numUnknown] = static_cast<uint32_t>(j);
      numUnknown += bucket.below == Unknown;
    }
    uint64_t left = 0;
    for (uint64_t i = 0; i < numUnknown; ++i) {
      uint32_t j = unknown[i];
      int64_t value;
      unknown[left] = j;
      left += !find(words[j], value);
      out[j] = static_cast<T>(value);
    }
    return left;
  }

private:
  static constexpr int32_t Unknown = INT32_MIN;

  struct Bucket {
    // From this word on, the next higher value; where `below` is unknown, the
    // first of the bucket's parts, or 0 if it has none.
    uint32_t threshold;
    int32_t below; // the value under the threshold, less the origin

    bool isDivided() const { return below == Unknown && threshold != 0; }
  };
  static constexpr unsigned PartBits = 5;
  /// Parts of parts, at most: a quarter of a megabyte.
  static constexpr uint64_t MostSmallParts = 1 << 15;

  /// Which part of a bucket with words of `bits` bits has the word; `bits` are
  /// the part's afterwards.
  static uint32_t partOf(uint32_t word, unsigned &bits) {
    unsigned whole = bits;
    bits = bits > PartBits ? bits - PartBits : 0;
    return word >> bits & ((1u << (whole - bits)) - 1);
  }
  bool makeBucket(uint32_t first, unsigned bits, Function function,
                  const void *context, Bucket &bucket) const;
  bool divide(uint64_t bucket, uint32_t first, unsigned bits, bool isSmall,
              Function function, const void *context);

  Buffer<Bucket> buckets;
  unsigned shift = 0;
  uint64_t smallParts = 0;
  int64_t origin = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_STAIR_H
