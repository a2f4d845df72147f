//===- Permutation.h - Keyed permutations -----------------------*- C++ -*-===//
//
// A random permutation of 0 .. size-1 that can be evaluated at any place: that
// is how a rule draws distinct targets, or exact in-degrees, without a list. A
// Feistel network of six rounds on just enough bits, with cycle walking (Black
// and Rogaway 2002); small ones are shuffled instead.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_PERMUTATION_H
#define SNN_RUNTIME_RANDOM_PERMUTATION_H

#include "runtime/lib/Random/Ars.h"

namespace snn::runtime {

class Permutation {
public:
  /// The permutation of [0, size), size <= 2^62, named by the counter `name` of
  /// a key. Takes the blocks high = name, low = 0 ...
  Permutation(const ArsKey &key, uint64_t name, uint64_t size);

  uint64_t operator()(uint64_t index) const {
    return size <= LargestShuffled ? shuffled[index] : walk(once(index));
  }

  /// Where first, first + 1, ... go; all below 2^32 where `out` is 32 bits
  /// wide.
  void fill(uint64_t first, uint64_t count, uint32_t *out) const;
  void fill(uint64_t first, uint64_t count, uint64_t *out) const;

private:
  static constexpr uint64_t LargestShuffled = 256;
  static constexpr int Rounds = 6;

  uint64_t once(uint64_t x) const;
  uint64_t walk(uint64_t x) const {
    while (x >= size)
      x = once(x);
    return x;
  }

  uint64_t size;
  unsigned lowBits = 0;
  uint32_t lowMask = 0, highMask = 0;
  uint32_t keys[8];
  uint8_t shuffled[LargestShuffled];
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_PERMUTATION_H
