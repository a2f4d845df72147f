//===- Noise.cpp - Gaussian noise of a stimulus ---------------------------===//
//
// Blocks are drawn many at a time, which is what the generator is fast at.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Noise.h"

using namespace snn::runtime;

void snn::runtime::normalNoise(const NormalCurve &curve, const ArsKey &key,
                               uint64_t step, uint64_t first, uint64_t count,
                               double *out) {
  constexpr uint64_t Blocks = 64;
  uint32_t words[4 * Blocks];
  uint64_t index = first, end = first + count;
  while (index < end) {
    uint64_t block = index / 2;
    uint64_t blocks = (end + 1) / 2 - block;
    blocks = blocks < Blocks ? blocks : Blocks;
    arsFill(key, block, step, blocks, words);
    uint64_t next = 2 * (block + blocks);
    next = next < end ? next : end;
    curve(words + 2 * (index - 2 * block), next - index, out);
    out += next - index;
    index = next;
  }
}
