//===- Permutation.cpp - Keyed permutations -------------------------------===//
//
// Rounds alternate between the two halves, so the halves need not be equal and
// the domain is less than twice the size.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Permutation.h"

#include "runtime/lib/Core/WideVectors.h"

using namespace snn::runtime;

namespace {

/// The round function: bits of x and of the key in every bit of the result.
[[gnu::always_inline]] inline uint32_t scramble(uint32_t x, uint32_t key) {
  x = (x ^ key) * 0x9e3779b1u;
  x = (x ^ (x >> 15)) * 0x85ebca6bu;
  return x ^ (x >> 13);
}

/// All rounds, on halves of up to 31 bits.
[[gnu::always_inline]] inline void mixHalves(const uint32_t *keys,
                                             uint32_t lowMask,
                                             uint32_t highMask, uint32_t &low,
                                             uint32_t &high) {
  for (int round = 0; round < 6; round += 2) {
    low ^= scramble(high, keys[round]) & lowMask;
    high ^= scramble(low, keys[round + 1]) & highMask;
  }
}

/// What the loops over many places need.
struct Network {
  const uint32_t *keys;
  uint32_t lowMask, highMask;
  unsigned lowBits;
  uint32_t last; // the largest place
};

constexpr uint32_t Chunk = 256;

/// The network once on each number.
[[gnu::always_inline]] inline void mixAll(const Network &network,
                                          uint32_t *places, uint32_t count) {
  const uint32_t *keys = network.keys;
  const uint32_t lowMask = network.lowMask, highMask = network.highMask;
  const unsigned lowBits = network.lowBits;
  for (uint32_t i = 0; i < count; ++i) {
    uint32_t low = places[i] & lowMask, high = places[i] >> lowBits;
    mixHalves(keys, lowMask, highMask, low, high);
    places[i] = high << lowBits | low;
  }
}

/// Loops without branches, so that compilers make vectors of them: all numbers
/// once, then those outside again, until there are none.
[[gnu::always_inline]] inline void fillChunk(const Network &network,
                                             uint32_t first, uint32_t count,
                                             uint32_t *out) {
  for (uint32_t i = 0; i < count; ++i)
    out[i] = first + i;
  mixAll(network, out, count);
  uint32_t outside[Chunk], places[Chunk];
  uint32_t left = 0;
  for (uint32_t i = 0; i < count; ++i) {
    outside[left] = i;
    left += out[i] > network.last;
  }
  while (left != 0) {
    for (uint32_t i = 0; i < left; ++i)
      places[i] = out[outside[i]];
    mixAll(network, places, left);
    uint32_t still = 0;
    for (uint32_t i = 0; i < left; ++i) {
      uint32_t at = outside[i];
      out[at] = places[i];
      outside[still] = at;
      still += places[i] > network.last;
    }
    left = still;
  }
}

using ChunkFn = void (*)(const Network &, uint32_t, uint32_t, uint32_t *);

void fillBaseline(const Network &network, uint32_t first, uint32_t count,
                  uint32_t *out) {
  fillChunk(network, first, count, out);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void fillAvx2(const Network &network,
                                              uint32_t first, uint32_t count,
                                              uint32_t *out) {
  fillChunk(network, first, count, out);
}

SNN_WIDE void fillAvx512(const Network &network, uint32_t first, uint32_t count,
                         uint32_t *out) {
  fillChunk(network, first, count, out);
}
#endif

ChunkFn bestFill() {
#if defined(__x86_64__)
  if (hasWideVectors())
    return fillAvx512;
  if (__builtin_cpu_supports("avx2"))
    return fillAvx2;
#endif
  return fillBaseline;
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
  Network network = {keys, lowMask, highMask, lowBits,
                     static_cast<uint32_t>(size - 1)};
  ChunkFn fillNext = bestFill();
  for (uint64_t i = 0; i < count; i += Chunk)
    fillNext(network, static_cast<uint32_t>(first + i),
             static_cast<uint32_t>(count - i < Chunk ? count - i : Chunk),
             out + i);
}

void Permutation::fill(uint64_t first, uint64_t count, uint64_t *out) const {
  for (uint64_t i = 0; i < count; ++i)
    out[i] = (*this)(first + i);
}
