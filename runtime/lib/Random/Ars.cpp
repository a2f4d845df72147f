//===- Ars.cpp - ARS-7 ----------------------------------------------------===//
//
// Each path is compiled for its instructions and chosen by what the processor
// says it has, so that one archive serves every machine.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Ars.h"

#include "runtime/lib/Random/ArsVectors.h"

#include <atomic>

using namespace snn::runtime;

namespace {

Block toBlock(uint64_t low, uint64_t high) {
  return {static_cast<uint32_t>(low), static_cast<uint32_t>(low >> 32),
          static_cast<uint32_t>(high), static_cast<uint32_t>(high >> 32)};
}

Block arsPortable(const ArsKey &key, uint64_t low, uint64_t high) {
  Block state = toBlock(low, high);
  for (int i = 0; i < 4; ++i)
    state[i] ^= key.rounds[0][i];
  for (int round = 1; round < ArsRounds; ++round)
    state = aesRound(state, key.rounds[round]);
  return aesLastRound(state, key.rounds[ArsRounds]);
}

void fillPortable(const ArsKey &key, uint64_t low, uint64_t high,
                  uint64_t count, uint32_t *out) {
  for (uint64_t i = 0; i < count; ++i) {
    Block block = arsPortable(key, low + i, high);
    for (int lane = 0; lane < 4; ++lane)
      out[4 * i + lane] = block[lane];
  }
}

#if defined(__x86_64__)

__attribute__((target("aes,sse4.1"))) void
fillAesNi(const ArsKey &key, uint64_t low, uint64_t high, uint64_t count,
          uint32_t *out) {
  __m128i keys[ArsRounds + 1];
  for (int round = 0; round <= ArsRounds; ++round)
    keys[round] = _mm_load_si128(
        reinterpret_cast<const __m128i *>(key.rounds[round].data()));
  auto *to = reinterpret_cast<__m128i *>(out);
  uint64_t i = 0;
  // Four blocks at once hide the latency of a round.
  for (; i + 4 <= count; i += 4) {
    __m128i state[4];
    for (int k = 0; k < 4; ++k)
      state[k] =
          _mm_xor_si128(_mm_set_epi64x(static_cast<int64_t>(high),
                                       static_cast<int64_t>(low + i + k)),
                        keys[0]);
    for (int round = 1; round < ArsRounds; ++round)
      for (int k = 0; k < 4; ++k)
        state[k] = _mm_aesenc_si128(state[k], keys[round]);
    for (int k = 0; k < 4; ++k)
      _mm_storeu_si128(to + i + k,
                       _mm_aesenclast_si128(state[k], keys[ArsRounds]));
  }
  for (; i < count; ++i) {
    __m128i state = _mm_xor_si128(_mm_set_epi64x(static_cast<int64_t>(high),
                                                 static_cast<int64_t>(low + i)),
                                  keys[0]);
    for (int round = 1; round < ArsRounds; ++round)
      state = _mm_aesenc_si128(state, keys[round]);
    _mm_storeu_si128(to + i, _mm_aesenclast_si128(state, keys[ArsRounds]));
  }
}

SNN_VAES void fillVaes512(const ArsKey &key, uint64_t low, uint64_t high,
                          uint64_t count, uint32_t *out) {
  uint64_t vectors = count / 8 * 2; // of four blocks; two at once
  if (vectors != 0) {
    ArsVectors<2> words(key, low, high);
    for (uint64_t i = 0; i < vectors; i += 2) {
      __m512i two[2];
      words.next(two);
      _mm512_storeu_si512(out + 16 * i, two[0]);
      _mm512_storeu_si512(out + 16 * i + 16, two[1]);
    }
  }
  uint64_t done = 4 * vectors;
  fillAesNi(key, low + done, high, count - done, out + 4 * done);
}

#endif

using FillFn = void (*)(const ArsKey &, uint64_t, uint64_t, uint64_t,
                        uint32_t *);

FillFn fillOf(ArsPath path) {
  switch (path) {
#if defined(__x86_64__)
  case ArsPath::AesNi:
    return fillAesNi;
  case ArsPath::Vaes512:
    return fillVaes512;
#endif
  default:
    return fillPortable;
  }
}

/// Found at first use; every thread finds the same.
std::atomic<FillFn> Fill{nullptr};

FillFn fill() {
  FillFn fn = Fill.load(std::memory_order_relaxed);
  if (!fn) {
    fn = fillOf(bestArsPath());
    Fill.store(fn, std::memory_order_relaxed);
  }
  return fn;
}

} // namespace

ArsKey::ArsKey(Key key) {
  for (int round = 0; round <= ArsRounds; ++round) {
    rounds[round] = toBlock(key.low, key.high);
    key.low += 0x9e3779b97f4a7c15u;  // the golden ratio
    key.high += 0xbb67ae8584caa73bu; // sqrt(3) - 1
  }
}

ArsPath snn::runtime::bestArsPath() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("aes") && __builtin_cpu_supports("sse4.1"))
    return __builtin_cpu_supports("avx512f") &&
                   __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("vaes")
               ? ArsPath::Vaes512
               : ArsPath::AesNi;
#endif
  return ArsPath::Portable;
}

Block snn::runtime::ars(const ArsKey &key, uint64_t low, uint64_t high) {
  Block out;
  fill()(key, low, high, 1, out.data());
  return out;
}

void snn::runtime::arsFill(const ArsKey &key, uint64_t low, uint64_t high,
                           uint64_t count, uint32_t *out) {
  fill()(key, low, high, count, out);
}

void snn::runtime::arsFill(ArsPath path, const ArsKey &key, uint64_t low,
                           uint64_t high, uint64_t count, uint32_t *out) {
  fillOf(path)(key, low, high, count, out);
}
