//===- Noise.cpp - Gaussian noise of a stimulus ---------------------------===//
//
// Blocks are drawn many at a time, which is what the generator is fast at.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Noise.h"

#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

void snn::runtime::normalNoise(const ArsKey &key, uint64_t step, uint64_t first,
                               uint64_t count, double *out) {
  constexpr uint64_t Blocks = 32;
  uint32_t words[4 * Blocks];
  uint64_t index = first, end = first + count;
  while (index < end) {
    uint64_t block = index / 2;
    uint64_t blocks = (end + 1) / 2 - block;
    blocks = blocks < Blocks ? blocks : Blocks;
    arsFill(key, block, step, blocks, words);
    for (; index < end && index < 2 * (block + blocks); ++index) {
      const uint32_t *word = words + 2 * (index - 2 * block);
      // The middle of one of 2^52 equal parts of (0, 1): never 0 or 1.
      uint64_t bits = (uint64_t{word[0]} << 32 | word[1]) >> 12;
      *out++ = normalQuantile((static_cast<double>(bits) + 0.5) * 0x1p-52);
    }
  }
}
