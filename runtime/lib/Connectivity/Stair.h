//===- Stair.h - Whole numbers from words, by table -------------*- C++ -*-===//
//
// A quantile rounded to whole units is an increasing step function of the word.
// Its steps are found once; then a draw costs a look-up instead of logarithms.
// A bucket that holds several steps is divided once more; words whose part
// still holds several are left to the function itself.
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
    if (bucket->below == Unknown && bucket->threshold != 0)
      bucket = &partOf(*bucket, word);
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
      uint32_t j = unknown[i], word = words[j];
      const Bucket &whole = table[word >> bits];
      unknown[left] = j;
      if (whole.threshold == 0) {
        ++left;
        continue;
      }
      const Bucket &part = partOf(whole, word);
      out[j] = base + static_cast<T>(part.below) +
               static_cast<T>(word >= part.threshold);
      left += part.below == Unknown;
    }
    return left;
  }

  /// visit(context, word, value, known) for each word from which on the value
  /// (less base()) is one more, in any order; not known: that begins a part of
  /// the table, or is a step, of more.
  using StepVisitor = void (*)(void *context, uint32_t word, int32_t value,
                               bool known);
  void forEachStep(StepVisitor visit, void *context) const;
  int64_t base() const { return origin; }

private:
  struct Bucket {
    // From this word on, the next higher value; where `below` is unknown, the
    // first of the bucket's parts, or 0 if it has none.
    uint32_t threshold;
    int32_t below; // the value under the threshold, less base()
  };
  static constexpr int32_t Unknown = INT32_MIN;
  static constexpr unsigned FineBits = 5;

  const Bucket &partOf(const Bucket &bucket, uint32_t word) const {
    return buckets.data()[bucket.threshold +
                          (word >> fineShift & ((1u << FineBits) - 1))];
  }
  bool makeBucket(uint32_t first, unsigned bits, Function function,
                  const void *context, Bucket &bucket) const;

  Buffer<Bucket> buckets;
  unsigned shift = 0, fineShift = 0;
  int64_t origin = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_STAIR_H
