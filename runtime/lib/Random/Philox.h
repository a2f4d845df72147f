//===- Philox.h - Philox4x32-10 ---------------------------------*- C++ -*-===//
//
// The counter-based generator of parameters and initial states: ten rounds of
// a Feistel-like network of 32 x 32 -> 64 bit products (Salmon, Moraes, Dror
// and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_PHILOX_H
#define SNN_RUNTIME_RANDOM_PHILOX_H

#include "runtime/lib/Random/Block.h"

namespace snn::runtime {

constexpr Block philox4x32(Block counter, uint32_t key0, uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    uint64_t p0 = uint64_t{0xd2511f53u} * counter[0];
    uint64_t p1 = uint64_t{0xcd9e8d57u} * counter[2];
    counter = {static_cast<uint32_t>(p1 >> 32) ^ counter[1] ^ key0,
               static_cast<uint32_t>(p1),
               static_cast<uint32_t>(p0 >> 32) ^ counter[3] ^ key1,
               static_cast<uint32_t>(p0)};
    key0 += 0x9e3779b9u; // the golden ratio
    key1 += 0xbb67ae85u; // sqrt(3) - 1
  }
  return counter;
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_PHILOX_H
