//===- Permutation.cpp - Keyed permutations -------------------------------===//
//
// Rounds alternate between the two halves, so the halves need not be equal and
// the domain is less than twice the size.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Permutation.h"

using namespace snn::runtime;

namespace {

/// The round function: bits of x and of the key in every bit of the result.
inline uint32_t scramble(uint32_t x, uint32_t key) {
  x = (x ^ key) * 0x9e3779b1u;
  x = (x ^ (x >> 15)) * 0x85ebca6bu;
  return x ^ (x >> 13);
}

/// All rounds, on halves of up to 31 bits.
inline void mixHalves(const uint32_t *keys, uint32_t lowMask, uint32_t highMask,
                      uint32_t &low, uint32_t &high) {
  for (int round = 0; round < 6; round += 2) {
    low ^= scramble(high, keys[round]) & lowMask;
    high ^= scramble(low, keys[round + 1]) & highMask;
  }
}

} // namespace

Permutation::Permutation(const ArsKey &key, uint64_t name, uint64_t size)
    : size(size) {
  if (size <= LargestShuffled) {
    uint32_t words[LargestShuffled];
    arsFill(key, 0, name, (size + 3) / 4, words);
    for (uint64_t i = 0; i < size; ++i)
      shuffled[i] = static_cast<uint8_t>(i);
    // Fisher and Yates; the remainder is uniform to 2^-24.
    for (uint64_t i = 0; i + 1 < size; ++i) {
      uint64_t j = i + (uint64_t{words[i]} * (size - i) >> 32);
      uint8_t held = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = held;
    }
    return;
  }
  unsigned bits = 64 - static_cast<unsigned>(__builtin_clzll(size - 1));
  lowBits = bits / 2;
  lowMask = static_cast<uint32_t>((uint64_t{1} << lowBits) - 1);
  highMask = static_cast<uint32_t>((uint64_t{1} << (bits - lowBits)) - 1);
  arsFill(key, 0, name, 2, keys);
}

uint64_t Permutation::once(uint64_t x) const {
  auto low = static_cast<uint32_t>(x) & lowMask;
  auto high = static_cast<uint32_t>(x >> lowBits);
  mixHalves(keys, lowMask, highMask, low, high);
  return uint64_t{high} << lowBits | low;
}

void Permutation::fill(uint64_t first, uint64_t count, uint32_t *out) const {
  if (size <= LargestShuffled) {
    for (uint64_t i = 0; i < count; ++i)
      out[i] = shuffled[first + i];
    return;
  }
  // A loop without branches for all, then the walk for those outside.
  for (uint64_t i = 0; i < count; ++i) {
    auto x = static_cast<uint32_t>(first + i);
    uint32_t low = x & lowMask, high = x >> lowBits;
    mixHalves(keys, lowMask, highMask, low, high);
    out[i] = high << lowBits | low;
  }
  for (uint64_t i = 0; i < count; ++i)
    if (out[i] >= size)
      out[i] = static_cast<uint32_t>(walk(out[i]));
}

void Permutation::fill(uint64_t first, uint64_t count, uint64_t *out) const {
  for (uint64_t i = 0; i < count; ++i)
    out[i] = (*this)(first + i);
}
