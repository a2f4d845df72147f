//===- ArsVectors.h - Words of ARS in vectors -------------------*- C++ -*-===//
//
// The words that arsFill() would write, in registers: for loops that use them
// where they are made. Several vectors at once hide the latency of a round of
// AES.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_ARSVECTORS_H
#define SNN_RUNTIME_RANDOM_ARSVECTORS_H

#if defined(__x86_64__)

#include "runtime/lib/Random/Ars.h"

#include <immintrin.h>

// What ArsPath::Vaes512 has.
#define SNN_VAES_TARGET target("vaes,avx512f,avx512bw,avx512dq")
#define SNN_VAES __attribute__((SNN_VAES_TARGET))
#define SNN_VAES_INLINE __attribute__((always_inline, SNN_VAES_TARGET)) inline

namespace snn::runtime {

/// Words of the counters high:low, high:low + 1, ...: four blocks in a vector,
/// so many vectors at a time.
template <unsigned Vectors>
class ArsVectors {
public:
  SNN_VAES_INLINE ArsVectors(const ArsKey &key, uint64_t low, uint64_t high) {
    for (int round = 0; round <= ArsRounds; ++round)
      keys[round] = _mm512_broadcast_i32x4(_mm_load_si128(
          reinterpret_cast<const __m128i *>(key.rounds[round].data())));
    auto h = static_cast<int64_t>(high);
    auto l = static_cast<int64_t>(low);
    counter = _mm512_add_epi64(_mm512_set_epi64(h, l, h, l, h, l, h, l),
                               _mm512_set_epi64(0, 3, 0, 2, 0, 1, 0, 0));
  }

  SNN_VAES_INLINE void next(__m512i (&words)[Vectors]) {
    const __m512i four = _mm512_set_epi64(0, 4, 0, 4, 0, 4, 0, 4);
    for (__m512i &word : words) {
      word = _mm512_xor_si512(counter, keys[0]);
      counter = _mm512_add_epi64(counter, four);
    }
    for (int round = 1; round < ArsRounds; ++round)
      for (__m512i &word : words)
        word = _mm512_aesenc_epi128(word, keys[round]);
    for (__m512i &word : words)
      word = _mm512_aesenclast_epi128(word, keys[ArsRounds]);
  }

private:
  __m512i keys[ArsRounds + 1], counter;
};

} // namespace snn::runtime

#endif

#endif // SNN_RUNTIME_RANDOM_ARSVECTORS_H
