//===- Block.h - What a counter-based generator returns ---------*- C++ -*-===//
//
// Both generators map 128-bit counters to 128 random bits: four words.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_BLOCK_H
#define SNN_RUNTIME_RANDOM_BLOCK_H

#include <array>
#include <cstdint>

namespace snn::runtime {

using Block = std::array<uint32_t, 4>;

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_BLOCK_H
