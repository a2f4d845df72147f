//===- PoissonTable512.cpp - Counts of 32 neurons at once -----------------===//
//
// The loops of PoissonTable for AVX-512 and VAES. A vector has the upper halves
// of the words of a run of 32 neurons; four vectors at once hide the latency of
// a round of AES. Counts that an upper half leaves open are mended one by one.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/PoissonTable.h"

#if defined(__x86_64__)
#include "runtime/lib/Random/ArsVectors.h"

#include <cstring>

using namespace snn::runtime;

namespace {

constexpr uint64_t Lanes = 32;
constexpr unsigned Group = 4; // vectors
constexpr uint64_t GroupItems = Lanes * Group;

/// Halves of words, 32 in a vector.
using HalfWords = ArsVectors<Group>;

/// A table of 2^Bits columns in registers.
template <unsigned Bits>
struct Columns {
  SNN_VAES_INLINE Columns(const uint16_t *threshold, const uint16_t *alias)
      : thresholds{_mm512_load_si512(threshold),
                   _mm512_load_si512(threshold + Lanes)},
        aliases{_mm512_load_si512(alias), _mm512_load_si512(alias + Lanes)} {}

  SNN_VAES_INLINE static __m512i find(const __m512i (&table)[2],
                                      __m512i column) {
    return Bits == 5 ? _mm512_permutexvar_epi16(column, table[0])
                     : _mm512_permutex2var_epi16(table[0], column, table[1]);
  }

  /// Counts of upper halves, and which of them these leave open.
  SNN_VAES_INLINE __m512i of(__m512i halves, __mmask32 &open) const {
    const __m512i mask = _mm512_set1_epi16((1 << (16 - Bits)) - 1);
    __m512i column = _mm512_srli_epi16(halves, 16 - Bits);
    __m512i rest = _mm512_and_si512(halves, mask);
    __m512i least = find(thresholds, column);
    open = _mm512_cmpeq_epu16_mask(rest, least);
    return _mm512_mask_blend_epi16(_mm512_cmplt_epu16_mask(rest, least),
                                   find(aliases, column), column);
  }

  __m512i thresholds[2], aliases[2];
};

} // namespace

struct PoissonTable::Vectors512 {
  const PoissonTable &table;
  const ArsKey &key;
  uint64_t step;
  uint32_t part;

  /// The counts of `GroupItems` items from `first` on.
  template <unsigned Bits>
  SNN_VAES_INLINE void count(HalfWords &halfWords, const Columns<Bits> &columns,
                             uint64_t first, __m512i (&counts)[Group]) const {
    __m512i halves[Group];
    __mmask32 open[Group];
    halfWords.next(halves);
    for (uint64_t v = 0; v < Group; ++v)
      counts[v] = columns.of(halves[v], open[v]);
    if ((open[0] | open[1] | open[2] | open[3]) != 0) [[unlikely]]
      for (uint64_t v = 0; v < Group; ++v)
        if (open[v])
          counts[v] = mend(first + v * Lanes, halves[v], open[v], counts[v]);
  }

  [[gnu::noinline]] SNN_VAES __m512i mend(uint64_t first, __m512i halves,
                                          __mmask32 open,
                                          __m512i counts) const {
    alignas(64) uint16_t upper[Lanes], count[Lanes];
    _mm512_store_si512(upper, halves);
    _mm512_store_si512(count, counts);
    for (; open; open &= open - 1) {
      auto lane = static_cast<unsigned>(__builtin_ctz(open));
      uint64_t item = first + lane / 2 + lane % 2 * RunWords;
      count[lane] = static_cast<uint16_t>(table.countWithLower(
          ArsPath::Vaes512, key, step, part, item, upper[lane]));
    }
    return _mm512_load_si512(count);
  }

  /// The lower or upper halves, by the items that have them.
  SNN_VAES_INLINE static __m256i halves(__m512i counts, bool upper) {
    return _mm512_cvtepi32_epi16(upper ? _mm512_srli_epi32(counts, 16)
                                       : counts);
  }

  template <unsigned Bits>
  SNN_VAES void addTo(uint64_t begin, uint64_t count, uint16_t *out) const {
    HalfWords halfWords(key, runOf(part, /*lower=*/false, begin), step);
    const Columns<Bits> columns(table.shortThreshold, table.shortAlias);
    __m512i counts[Group];
    for (uint64_t i = 0; i < count; i += GroupItems) {
      this->count(halfWords, columns, begin + i, counts);
      auto *to = reinterpret_cast<__m256i *>(out + i);
      for (uint64_t half = 0; half < 2 * Group; ++half, ++to)
        _mm256_store_si256(
            to, _mm256_add_epi16(_mm256_load_si256(to),
                                 halves(counts[half / 2], half % 2 == 1)));
    }
  }

  /// Counts times a weight, of the lower or upper halves.
  struct Multiples {
    __m512i weights;
    bool upper;

    /// madd multiplies both halves of a lane and adds: the other half by 0.
    SNN_VAES_INLINE Multiples(int32_t weight, bool isShort, bool upper)
        : weights(_mm512_set1_epi32(!isShort ? weight
                                    : upper  ? weight << 16
                                             : weight & 0xffff)),
          upper(upper) {}

    template <bool Short>
    SNN_VAES_INLINE __m512i of(__m512i counts) const {
      if (Short)
        return _mm512_madd_epi16(counts, weights);
      return _mm512_mullo_epi32(
          upper ? _mm512_srli_epi32(counts, 16)
                : _mm512_and_si512(counts, _mm512_set1_epi32(0xffff)),
          weights);
    }
  };

  /// Short where the weight has 16 bits. Only the first and the last group need
  /// masks.
  template <unsigned Bits, bool Short>
  SNN_VAES void addMultiples(uint64_t begin, uint64_t end, int32_t weight,
                             int32_t *sums) const {
    HalfWords halfWords(key, runOf(part, /*lower=*/false, begin), step);
    const Columns<Bits> columns(table.shortThreshold, table.shortAlias);
    const Multiples multiples[2] = {{weight, Short, false},
                                    {weight, Short, true}};
    __m512i counts[Group];
    for (uint64_t first = begin / RunItems * RunItems; first < end;
         first += GroupItems) {
      count(halfWords, columns, first, counts);
      bool isWhole = first >= begin && first + GroupItems <= end;
      for (uint64_t half = 0; half < 2 * Group; ++half) {
        __m512i more = multiples[half % 2].template of<Short>(counts[half / 2]);
        uint64_t item = first + half * RunWords;
        if (isWhole) {
          int32_t *to = sums + (item - begin);
          _mm512_storeu_si512(to,
                              _mm512_add_epi32(_mm512_loadu_si512(to), more));
        } else if (item >= begin && item < end) {
          int32_t *to = sums + (item - begin);
          auto lanes = static_cast<__mmask16>(
              end - item >= RunWords ? 0xffff : (1u << (end - item)) - 1);
          __m512i sum = _mm512_maskz_loadu_epi32(lanes, to);
          _mm512_mask_storeu_epi32(to, lanes, _mm512_add_epi32(sum, more));
        }
      }
    }
  }

  template <unsigned Bits>
  void addMultiples(uint64_t begin, uint64_t end, int32_t weight,
                    int32_t *sums) const {
    if (weight == static_cast<int16_t>(weight))
      addMultiples<Bits, true>(begin, end, weight, sums);
    else
      addMultiples<Bits, false>(begin, end, weight, sums);
  }
};

void PoissonTable::countChunk512(const ArsKey &key, uint64_t step,
                                 uint64_t begin, uint64_t count,
                                 uint16_t *out) const {
  memset(out, 0, Chunk * sizeof(*out));
  for (uint32_t part = 0; part < parts; ++part) {
    const Vectors512 vectors{*this, key, step, part};
    if (columnBits == 5)
      vectors.addTo<5>(begin, count, out);
    else
      vectors.addTo<6>(begin, count, out);
  }
}

void PoissonTable::addChunks512(const ArsKey &key, uint64_t step,
                                uint64_t begin, uint64_t end, int32_t weight,
                                int32_t *sums) const {
  const Vectors512 vectors{*this, key, step, /*part=*/0};
  if (columnBits == 5)
    vectors.addMultiples<5>(begin, end, weight, sums);
  else
    vectors.addMultiples<6>(begin, end, weight, sums);
}

#endif
