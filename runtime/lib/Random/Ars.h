//===- Ars.h - ARS-7 --------------------------------------------*- C++ -*-===//
//
// The counter-based generator of connectivity and of per-step draws: seven
// rounds of AES over a counter, with a Weyl sequence for a key schedule
// (Salmon, Moraes, Dror and Shaw, SC 2011). The portable form, AES-NI and
// 512-bit VAES give the same bits; the fastest is chosen at run time.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_ARS_H
#define SNN_RUNTIME_RANDOM_ARS_H

#include "runtime/lib/Random/Aes.h"
#include "runtime/lib/Random/Stream.h"

namespace snn::runtime {

constexpr int ArsRounds = 7;

/// Round keys; made once per stream.
struct ArsKey {
  ArsKey() = default;
  explicit ArsKey(Key key);

  alignas(16) std::array<Block, ArsRounds + 1> rounds;
};

/// The 128-bit counter is high:low.
Block ars(const ArsKey &key, uint64_t low, uint64_t high);

/// Blocks of the counters high:low, high:low+1, ... (low wraps alone); 4 *
/// count words.
void arsFill(const ArsKey &key, uint64_t low, uint64_t high, uint64_t count,
             uint32_t *out);

/// The ways to compute it, slowest first.
enum class ArsPath { Portable, AesNi, Vaes512 };

/// What this machine can do at best.
ArsPath bestArsPath();

/// Each path by name, to compare them. `path` must be possible here.
void arsFill(ArsPath path, const ArsKey &key, uint64_t low, uint64_t high,
             uint64_t count, uint32_t *out);

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_ARS_H
