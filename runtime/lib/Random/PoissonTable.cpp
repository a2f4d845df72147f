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

using namespace snn::runtime;

namespace {

constexpr double LargestPart = 20;
constexpr uint32_t MostParts = 8;

template <typename Sum>
[[gnu::always_inline]] inline void addMultiples(const uint32_t *events,
                                                uint64_t count, Sum weight,
                                                Sum *sums, uint64_t stride) {
  for (uint64_t i = 0; i < count; ++i)
    sums[stride * i] += static_cast<Sum>(events[i]) * weight;
}

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
  for (unsigned k = 0; k < MostColumns; ++k) {
    shortThreshold[k] = static_cast<uint16_t>(threshold[k] >> 16);
    shortAlias[k] = static_cast<uint16_t>(alias[k]);
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

uint32_t PoissonTable::countWithLower(ArsPath path, const ArsKey &key,
                                      uint64_t step, uint32_t part,
                                      uint64_t item, uint16_t upper) const {
  uint32_t lower[RunWords];
  arsFill(path, key, runOf(part, /*lower=*/true, item), step, RunBlocks, lower);
  return countOf(uint32_t{upper} << 16 | halfOf(lower, item));
}

void PoissonTable::countChunk(ArsPath path, const ArsKey &key, uint64_t step,
                              uint64_t begin, uint64_t count,
                              uint16_t *out) const {
#if defined(__x86_64__)
  if (path == ArsPath::Vaes512)
    return countChunk512(key, step, begin, count, out);
#endif
  for (uint64_t i = 0; i < count; ++i)
    out[i] = 0;
  uint32_t words[Chunk / 2];
  uint64_t runs = (count + RunItems - 1) / RunItems;
  for (uint32_t part = 0; part < parts; ++part) {
    arsFill(path, key, runOf(part, /*lower=*/false, begin), step,
            runs * RunBlocks, words);
    for (uint64_t i = 0; i < count; ++i) {
      uint16_t upper = halfOf(words + i / RunItems * RunWords, i);
      out[i] += static_cast<uint16_t>(
          isOpen(upper)
              ? countWithLower(path, key, step, part, begin + i, upper)
              : countOf(uint32_t{upper} << 16));
    }
  }
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
  alignas(64) uint16_t events[Chunk];
  uint64_t skipped = begin % RunItems;
  for (uint64_t from = begin - skipped; from < end; from += Chunk) {
    uint64_t count = end - from < Chunk ? end - from : Chunk;
    countChunk(path, key, step, from, count, events);
    for (uint64_t i = skipped; i < count; ++i)
      *out++ = events[i];
    skipped = 0;
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
    if (path == ArsPath::Vaes512 && parts == 1 && stride == 1 &&
        begin % RunWords == 0)
      return addChunks512(key, step, begin, end, static_cast<int32_t>(weight),
                          sums + begin);
#endif
  alignas(64) uint32_t events[Chunk];
  for (uint64_t from = begin; from < end; from += Chunk) {
    uint64_t count = end - from < Chunk ? end - from : Chunk;
    counts(path, key, step, from, from + count, events);
    addMultiples(events, count, static_cast<Sum>(weight), sums + stride * from,
                 stride);
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
