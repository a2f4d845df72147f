//===- Hash.h - Keys of declarations, hashes of spikes ----------*- C++ -*-===//
//
// A declaration's random numbers are keyed by hash64(seed, path) alone, so
// that adding a population changes no draw of another. The spike hash uses the
// same two functions.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_HASH_H
#define SNN_RUNTIME_RANDOM_HASH_H

#include <cstdint>
#include <string_view>

namespace snn::runtime {

/// FNV-1a, 64 bits (Fowler, Noll and Vo).
constexpr uint64_t fnv1a64(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return hash;
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's
/// constants): a bijection whose output bits each depend on all input bits.
constexpr uint64_t mix64(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/// Chains a further value into a hash. The added constant keeps zero from
/// being a fixed point.
constexpr uint64_t mix64(uint64_t hash, uint64_t value) {
  return mix64((hash ^ value) + 0x9e3779b97f4a7c15u);
}

/// One spike's contribution to the spike hash, which is their sum mod 2^64.
constexpr uint64_t mix64(uint64_t pathHash, uint64_t neuron, uint64_t step) {
  return mix64(mix64(mix64(0, pathHash), neuron), step);
}

/// The key of the declaration at `path`.
constexpr uint64_t hash64(uint64_t seed, std::string_view path) {
  return mix64(mix64(0, seed), fnv1a64(path));
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_HASH_H
