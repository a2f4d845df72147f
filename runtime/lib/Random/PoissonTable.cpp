//===- PoissonTable.cpp - Counts of events in a step ----------------------===//
//
// Probabilities are differences of the rounded survival function, so that they
// sum to 2^32 exactly and the mean is right to 1e-8. A large mean is the sum of
// several draws, a very large one a draw by rejection.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/PoissonTable.h"

#include "runtime/lib/Math/Math.h"
#include "runtime/lib/Random/Counts.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace snn::runtime;

namespace {

constexpr double LargestPart = 20;
constexpr uint32_t MostParts = 8;

/// Items whose words are made at once; a multiple of 4.
constexpr uint64_t Chunk = 512;

template <typename Sum>
[[gnu::always_inline]] inline void addMultiples(const uint32_t *events,
                                                uint64_t count, Sum weight,
                                                Sum *sums, uint64_t stride) {
  for (uint64_t i = 0; i < count; ++i)
    sums[stride * i] += static_cast<Sum>(events[i]) * weight;
}

#if defined(__x86_64__)
__attribute__((target("avx512f"))) void
accumulate512(const uint32_t *threshold, const uint32_t *alias,
              const uint32_t *words, uint64_t count, uint32_t *out) {
  const __m512i thresholds0 = _mm512_load_si512(threshold);
  const __m512i thresholds1 = _mm512_load_si512(threshold + 16);
  const __m512i aliases0 = _mm512_load_si512(alias);
  const __m512i aliases1 = _mm512_load_si512(alias + 16);
  const __m512i mask = _mm512_set1_epi32((1 << 27) - 1);
  for (uint64_t i = 0; i < count; i += 16) {
    __mmask16 lanes = count - i >= 16
                          ? static_cast<__mmask16>(0xffff)
                          : static_cast<__mmask16>((1u << (count - i)) - 1);
    __m512i word = _mm512_maskz_loadu_epi32(lanes, words + i);
    __m512i column = _mm512_srli_epi32(word, 27);
    __m512i least = _mm512_permutex2var_epi32(thresholds0, column, thresholds1);
    __m512i other = _mm512_permutex2var_epi32(aliases0, column, aliases1);
    __mmask16 own =
        _mm512_cmplt_epu32_mask(_mm512_and_si512(word, mask), least);
    __m512i result = _mm512_mask_blend_epi32(own, other, column);
    result = _mm512_add_epi32(result, _mm512_maskz_loadu_epi32(lanes, out + i));
    _mm512_mask_storeu_epi32(out + i, lanes, result);
  }
}

/// The same loop for neighbours, with the widest vectors.
template <typename Sum>
__attribute__((target("avx512f,avx512dq"))) void
addMultiples512(const uint32_t *events, uint64_t count, Sum weight, Sum *sums) {
  addMultiples(events, count, weight, sums, 1);
}

#define WIDEST                                                                 \
  __attribute__((always_inline, target("vaes,avx512f,avx512dq"))) inline

/// Blocks of ARS, 16 words in a vector. Four vectors at once hide the latency
/// of a round of AES.
struct WordStream {
  static constexpr uint64_t Lanes = 16, Vectors = 4;

  WIDEST WordStream(const ArsKey &key, uint64_t step, uint64_t block) {
    for (int round = 0; round <= ArsRounds; ++round)
      keys[round] = _mm512_broadcast_i32x4(_mm_load_si128(
          reinterpret_cast<const __m128i *>(key.rounds[round].data())));
    auto h = static_cast<int64_t>(step);
    auto l = static_cast<int64_t>(block);
    // Blocks l .. l + 3; words of an item are where arsFill() puts them.
    counter = _mm512_add_epi64(_mm512_set_epi64(h, l, h, l, h, l, h, l),
                               _mm512_set_epi64(0, 3, 0, 2, 0, 1, 0, 0));
  }

  WIDEST void draw(__m512i (&words)[Vectors]) {
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

  __m512i keys[ArsRounds + 1], counter;
};

/// The counts of 16 words, times a weight.
struct CountMultiples {
  WIDEST CountMultiples(const uint32_t *threshold, const uint32_t *alias,
                        int32_t weight)
      : thresholds0(_mm512_load_si512(threshold)),
        thresholds1(_mm512_load_si512(threshold + 16)),
        aliases0(_mm512_load_si512(alias)),
        aliases1(_mm512_load_si512(alias + 16)),
        weights(_mm512_set1_epi32(weight)) {}

  WIDEST __m512i of(__m512i word) const {
    const __m512i mask = _mm512_set1_epi32((1 << 27) - 1);
    __m512i column = _mm512_srli_epi32(word, 27);
    __m512i least = _mm512_permutex2var_epi32(thresholds0, column, thresholds1);
    __m512i other = _mm512_permutex2var_epi32(aliases0, column, aliases1);
    __mmask16 own =
        _mm512_cmplt_epu32_mask(_mm512_and_si512(word, mask), least);
    return _mm512_mullo_epi32(_mm512_mask_blend_epi32(own, other, column),
                              weights);
  }

  __m512i thresholds0, thresholds1, aliases0, aliases1, weights;
};

/// Words, counts and sums in one go, for sums of 32 bits that are neighbours:
/// what a cortical circuit spends on its background. Only the end needs masks.
__attribute__((target("vaes,avx512f,avx512dq"))) void
addDrawn512(const ArsKey &key, uint64_t step, uint64_t begin, uint64_t end,
            const uint32_t *threshold, const uint32_t *alias, int32_t weight,
            int32_t *sums) {
  constexpr uint64_t Lanes = WordStream::Lanes, Vectors = WordStream::Vectors;
  WordStream stream(key, step, begin / 4);
  const CountMultiples multiples(threshold, alias, weight);
  __m512i words[Vectors];
  uint64_t i = begin;
  for (; i + Lanes * Vectors <= end; i += Lanes * Vectors) {
    stream.draw(words);
    for (uint64_t v = 0; v < Vectors; ++v) {
      int32_t *to = sums + (i - begin) + v * Lanes;
      _mm512_storeu_si512(
          to, _mm512_add_epi32(_mm512_loadu_si512(to), multiples.of(words[v])));
    }
  }
  if (i >= end)
    return;
  stream.draw(words);
  for (uint64_t v = 0; v < Vectors && i < end; ++v, i += Lanes) {
    auto lanes = static_cast<__mmask16>(
        end - i >= Lanes ? 0xffff : (1u << (end - i)) - 1);
    int32_t *to = sums + (i - begin);
    __m512i sum = _mm512_maskz_loadu_epi32(lanes, to);
    _mm512_mask_storeu_epi32(to, lanes,
                             _mm512_add_epi32(sum, multiples.of(words[v])));
  }
}
#undef WIDEST
#endif

} // namespace

bool PoissonTable::create(double mean) {
  if (!(mean >= 0 && mean < 0x1p50))
    return false;
  total = mean;
  parts = 0;
  if (mean > LargestPart * MostParts)
    return true;
  parts = mean <= LargestPart ? 1 : static_cast<uint32_t>(mean / LargestPart);
  if (parts * LargestPart < mean)
    ++parts;
  double part = mean / parts;

  // Units of P(X = k), from the survival function P(X >= k), which is summed
  // from the small end.
  double probability[2 * MostColumns];
  probability[0] = snn_exp(-part);
  for (unsigned k = 1; k < 2 * MostColumns; ++k)
    probability[k] = probability[k - 1] * (part / k);
  double survival = 0;
  uint64_t above = 0; // units of P(X >= k)
  uint64_t units[MostColumns];
  for (unsigned k = 2 * MostColumns; k-- > 0;) {
    survival += probability[k];
    auto here = static_cast<uint64_t>(survival * 0x1p32 + 0.5);
    if (k == 0)
      here = 1ull << 32;
    if (k < MostColumns)
      units[k] = here - above;
    above = here;
  }

  columnBits = 5;
  for (unsigned k = 32; k < MostColumns; ++k)
    if (units[k] != 0)
      columnBits = 6;
  unsigned columns = 1u << columnBits;
  uint64_t capacity = 1ull << (32 - columnBits);
  for (unsigned k = columns; k < MostColumns; ++k)
    threshold[k] = alias[k] = 0;

  // Vose's form of the alias method: a column with less than the capacity is
  // filled up from one with more.
  unsigned small[MostColumns], large[MostColumns];
  unsigned smalls = 0, larges = 0;
  for (unsigned k = 0; k < columns; ++k)
    (units[k] < capacity ? small[smalls++] : large[larges++]) = k;
  while (smalls != 0) {
    unsigned to = small[--smalls], from = large[larges - 1];
    threshold[to] = static_cast<uint32_t>(units[to]);
    alias[to] = from;
    units[from] -= capacity - units[to];
    if (units[from] < capacity) {
      --larges;
      small[smalls++] = from;
    }
  }
  while (larges != 0) {
    unsigned k = large[--larges];
    threshold[k] = static_cast<uint32_t>(capacity);
    alias[k] = k;
  }
  return true;
}

uint64_t PoissonTable::numWords(uint32_t count) const {
  uint64_t capacity = 1ull << (32 - columnBits), words = 0;
  for (uint32_t column = 0; column < 1u << columnBits; ++column) {
    words += column == count ? threshold[column] : 0;
    words += alias[column] == count ? capacity - threshold[column] : 0;
  }
  return words;
}

void PoissonTable::accumulate(const uint32_t *words, uint64_t count,
                              uint32_t *out) const {
  for (uint64_t i = 0; i < count; ++i)
    out[i] += countOf(words[i]);
}

void PoissonTable::counts(ArsPath path, const ArsKey &key, uint64_t step,
                          uint64_t begin, uint64_t end, uint32_t *out) const {
  if (parts == 0) {
    Poisson poisson(total);
    for (uint64_t i = begin; i < end; ++i) {
      Words words = Words::ofItem(key, static_cast<uint32_t>(i), step);
      out[i - begin] = static_cast<uint32_t>(poisson(words));
    }
    return;
  }
  alignas(64) uint32_t words[Chunk + 4];
  for (uint64_t from = begin; from < end;) {
    uint64_t block = from / 4, skipped = from % 4;
    uint64_t count = end - from < Chunk ? end - from : Chunk;
    for (uint64_t i = 0; i < count; ++i)
      out[from - begin + i] = 0;
    for (uint32_t part = 0; part < parts; ++part) {
      arsFill(path, key, uint64_t{part} << 32 | block, step,
              (skipped + count + 3) / 4, words);
#if defined(__x86_64__)
      if (path == ArsPath::Vaes512 && columnBits == 5) {
        accumulate512(threshold, alias, words + skipped, count,
                      out + (from - begin));
        continue;
      }
#endif
      accumulate(words + skipped, count, out + (from - begin));
    }
    from += count;
  }
}

void PoissonTable::counts(const ArsKey &key, uint64_t step, uint64_t begin,
                          uint64_t end, uint32_t *out) const {
  counts(bestArsPath(), key, step, begin, end, out);
}

template <typename Sum>
void PoissonTable::add(const ArsKey &key, uint64_t step, uint64_t begin,
                       uint64_t end, int64_t weight, Sum *sums,
                       uint64_t stride) const {
  ArsPath path = bestArsPath();
#if defined(__x86_64__)
  if constexpr (sizeof(Sum) == 4)
    if (path == ArsPath::Vaes512 && columnBits == 5 && parts == 1 &&
        stride == 1 && begin % 4 == 0)
      return addDrawn512(key, step, begin, end, threshold, alias,
                         static_cast<int32_t>(weight), sums + begin);
#endif
  alignas(64) uint32_t events[Chunk];
  for (uint64_t from = begin; from < end; from += Chunk) {
    uint64_t count = end - from < Chunk ? end - from : Chunk;
    counts(path, key, step, from, from + count, events);
    Sum *to = sums + stride * from;
    auto each = static_cast<Sum>(weight);
#if defined(__x86_64__)
    if (path == ArsPath::Vaes512 && stride == 1) {
      addMultiples512(events, count, each, to);
      continue;
    }
#endif
    addMultiples(events, count, each, to, stride);
  }
}

template <typename Sum>
void PoissonTable::add(const ArsKey &key, uint64_t step, uint64_t begin,
                       uint64_t end, const int64_t *weights, Sum *sums,
                       uint64_t stride) const {
  alignas(64) uint32_t events[Chunk];
  for (uint64_t from = begin; from < end; from += Chunk) {
    uint64_t count = end - from < Chunk ? end - from : Chunk;
    counts(key, step, from, from + count, events);
    for (uint64_t i = 0; i < count; ++i)
      sums[stride * (from + i)] +=
          static_cast<Sum>(int64_t{events[i]} * weights[from + i]);
  }
}

#define INSTANTIATE(SUM)                                                       \
  template void PoissonTable::add(const ArsKey &, uint64_t, uint64_t,          \
                                  uint64_t, int64_t, SUM *, uint64_t) const;   \
  template void PoissonTable::add(const ArsKey &, uint64_t, uint64_t,          \
                                  uint64_t, const int64_t *, SUM *, uint64_t)  \
      const;
INSTANTIATE(int32_t)
INSTANTIATE(int64_t)
#undef INSTANTIATE
