//===- BitMatrix.cpp - A bit for each pair of neurons ---------------------===//
//
// Eight rows go through a tree of full adders (Warren, Hacker's Delight, 2nd
// ed., section 5-1: population counts by carry-save adders) into planes: bit k
// of 512 counts each. Planes of up to 56 rows become bytes, bytes become
// multiples of the weight.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/BitMatrix.h"

#include "runtime/lib/Core/HugePages.h"
#include "runtime/lib/Core/WideVectors.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace snn::runtime;

namespace {

constexpr uint64_t BlockWords = BitMatrix::BlockTargets / 64;

/// Rows that go through the tree at once.
constexpr uint64_t TreeRows = 8;

/// Rows of which six planes count the bits.
constexpr unsigned MostPlanes = 6;
constexpr uint64_t MostRows = 56;

/// Spikes ahead whose edges beyond the first are looked up, and fetched.
constexpr uint64_t AheadBegins = 16, AheadExtras = 8;

/// So few rows are added one by one.
constexpr uint64_t FewRows = 2;

/// The bits of 512 targets.
using Bits = uint64_t __attribute__((vector_size(64)));

/// a + b + c = sum + 2 * carry, bit by bit; the sum is left in `a`.
[[gnu::always_inline]] inline void addFull(Bits &a, const Bits &b,
                                           const Bits &c, Bits &carry) {
  Bits both = a ^ b;
  carry = (a & b) | (both & c);
  a = both ^ c;
}

/// Counts the bits of eight rows at a column into planes.
template <unsigned Planes>
[[gnu::always_inline]] inline void
count(const uint64_t *const *rows, uint64_t column, Bits (&planes)[Planes]) {
  Bits row[TreeRows], two[4], four[2], carry;
  for (uint64_t i = 0; i < TreeRows; ++i)
    memcpy(&row[i], rows[i] + column, sizeof(Bits));
  for (unsigned i = 0; i < 4; ++i)
    addFull(planes[0], row[2 * i], row[2 * i + 1], two[i]);
  for (unsigned i = 0; i < 2; ++i)
    addFull(planes[1], two[2 * i], two[2 * i + 1], four[i]);
  addFull(planes[2], four[0], four[1], carry);
  for (unsigned k = 3; k < Planes; ++k) {
    Bits next = planes[k] & carry;
    planes[k] ^= carry;
    carry = next;
  }
}

/// What sets of instructions do in their own ways: `expand` adds what the
/// planes of 512 targets count to their sums, `addRow` one row's bits.
struct Baseline {
  template <unsigned Planes>
  static void expand(const Bits (&planes)[Planes], int32_t weight,
                     int32_t *sums) {
    auto each = static_cast<uint32_t>(weight);
    for (uint64_t byte = 0; byte < BitMatrix::BlockTargets / 8; ++byte) {
      uint64_t counts = 0; // eight bytes
      for (unsigned k = 0; k < Planes; ++k) {
        // Bit i to byte i: of eight copies one bit each is kept, then made 1.
        uint64_t eight = planes[k][byte / 8] >> (byte % 8 * 8) & 0xff;
        uint64_t spread = eight * 0x0101010101010101 & 0x8040201008040201;
        spread = (spread + 0x7f7f7f7f7f7f7f7f) >> 7 & 0x0101010101010101;
        counts += spread << k;
      }
      for (unsigned i = 0; i < 8; ++i) {
        int32_t &sum = sums[8 * byte + i];
        sum = static_cast<int32_t>(static_cast<uint32_t>(sum) +
                                   (counts >> (8 * i) & 0xff) * each);
      }
    }
  }
  static void addRow(const uint64_t *row, int32_t weight, int32_t *sums) {
    for (uint64_t word = 0; word < BlockWords; ++word)
      for (uint64_t left = row[word]; left; left &= left - 1)
        sums[64 * word + static_cast<unsigned>(__builtin_ctzll(left))] +=
            weight;
  }
};

#if defined(__x86_64__)
struct Avx512 {
  template <unsigned Planes>
  SNN_WIDE static void expand(const Bits (&planes)[Planes], int32_t weight,
                              int32_t *sums) {
    const __m512i each = _mm512_set1_epi32(weight);
    for (uint64_t word = 0; word < BlockWords; ++word) {
      __m512i counts = _mm512_setzero_si512();
      for (unsigned k = 0; k < Planes; ++k)
        counts = _mm512_mask_add_epi8(counts, planes[k][word], counts,
                                      _mm512_set1_epi8(1 << k));
      __m128i bytes[4];
      _mm512_storeu_si512(bytes, counts);
      for (uint64_t part = 0; part < 4; ++part) {
        int32_t *to = sums + 64 * word + 16 * part;
        __m512i more = _mm512_mullo_epi32(
            _mm512_maskz_cvtepu8_epi32(0xffff, bytes[part]), each);
        _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_loadu_si512(to), more));
      }
    }
  }
  SNN_WIDE static void addRow(const uint64_t *row, int32_t weight,
                              int32_t *sums) {
    const __m512i each = _mm512_set1_epi32(weight);
    for (uint64_t word = 0; word < BlockWords; ++word)
      for (uint64_t part = 0; part < 4; ++part) {
        int32_t *to = sums + 64 * word + 16 * part;
        auto here = static_cast<__mmask16>(row[word] >> (16 * part));
        __m512i sum = _mm512_loadu_si512(to);
        _mm512_storeu_si512(to, _mm512_mask_add_epi32(sum, here, sum, each));
      }
  }
};
#endif

/// A block of sums that is cut off by the end of the targets.
class LastBlock {
public:
  LastBlock(int32_t *begin, uint64_t size)
      : to(begin), bytes(size * sizeof(int32_t)) {
    memcpy(sums, to, bytes);
  }
  void finish() { memcpy(to, sums, bytes); }
  alignas(64) int32_t sums[BitMatrix::BlockTargets] = {};

private:
  int32_t *to;
  uint64_t bytes;
};

/// Up to MostRows rows, and some without a bit up to a multiple of eight.
struct Rows {
  const uint64_t *row[MostRows];
  uint64_t number, padded;
};

/// Blocks of targets whose planes are in the first cache at once.
constexpr uint64_t TileBlocks = 32;

/// Adds the bits of rows to the sums of up to 32 blocks: eight rows after the
/// other, so that each is read from its beginning to its end, and the next
/// eight are fetched meanwhile.
template <typename Isa, unsigned Planes>
[[gnu::always_inline]] inline void addTile(const Rows &rows, uint64_t column,
                                           uint64_t blocks, int32_t weight,
                                           int32_t *sums, int32_t *lastSums) {
  Bits planes[TileBlocks][Planes];
  for (uint64_t block = 0; block < blocks; ++block)
    for (Bits &plane : planes[block])
      plane = Bits{};
  for (uint64_t r = 0; r < rows.padded; r += TreeRows) {
    uint64_t next = r + TreeRows < rows.padded ? r + TreeRows : r;
    for (uint64_t block = 0; block < blocks; ++block) {
      uint64_t at = column + block * BlockWords;
      for (uint64_t i = 0; i < TreeRows; ++i)
        __builtin_prefetch(rows.row[next + i] + at);
      count(rows.row + r, at, planes[block]);
    }
  }
  for (uint64_t block = 0; block < blocks; ++block)
    Isa::expand(planes[block], weight,
                block + 1 == blocks ? lastSums
                                    : sums + block * BitMatrix::BlockTargets);
}

template <typename Isa>
[[gnu::always_inline]] inline void addRows(const Rows &rows, uint64_t targets,
                                           int32_t weight, int32_t *sums) {
  uint64_t blocks =
      (targets + BitMatrix::BlockTargets - 1) / BitMatrix::BlockTargets;
  uint64_t whole = targets / BitMatrix::BlockTargets;
  LastBlock last(sums + whole * BitMatrix::BlockTargets,
                 targets % BitMatrix::BlockTargets);
  auto sumsOf = [&](uint64_t block) {
    return block == whole ? last.sums : sums + block * BitMatrix::BlockTargets;
  };
  if (rows.number <= FewRows) {
    for (uint64_t r = 0; r < rows.number; ++r)
      for (uint64_t block = 0; block < blocks; ++block)
        Isa::addRow(rows.row[r] + block * BlockWords, weight, sumsOf(block));
    return last.finish();
  }
  for (uint64_t block = 0; block < blocks; block += TileBlocks) {
    uint64_t end = block + TileBlocks < blocks ? block + TileBlocks : blocks;
    if (rows.padded == TreeRows)
      addTile<Isa, 4>(rows, block * BlockWords, end - block, weight,
                      sumsOf(block), sumsOf(end - 1));
    else
      addTile<Isa, MostPlanes>(rows, block * BlockWords, end - block, weight,
                               sumsOf(block), sumsOf(end - 1));
  }
  last.finish();
}

void addBaseline(const Rows &rows, uint64_t targets, int32_t weight,
                 int32_t *sums) {
  addRows<Baseline>(rows, targets, weight, sums);
}

#if defined(__x86_64__)
SNN_WIDE void addAvx512(const Rows &rows, uint64_t targets, int32_t weight,
                        int32_t *sums) {
  addRows<Avx512>(rows, targets, weight, sums);
}
#endif

} // namespace

bool BitMatrix::create(uint64_t numSources, uint64_t numTargets) {
  sources = numSources;
  targets = numTargets;
  wordsOfRow = rowBytes(targets) / sizeof(uint64_t);
  uint64_t words;
  if (__builtin_mul_overflow(sources + 1, wordsOfRow, &words) ||
      !reserveHuge(bits, words + BlockWords) ||
      !bits.resize(words + BlockWords))
    return false;
  auto address = reinterpret_cast<uintptr_t>(bits.data());
  lines = reinterpret_cast<uint64_t *>((address + 63) / 64 * 64);
  isWide = hasWideVectors();
  return true;
}

bool BitMatrix::add(uint32_t source, uint32_t target) {
  uint64_t &word = lines[source * wordsOfRow + target / 64];
  uint64_t bit = uint64_t{1} << target % 64;
  if (word & bit)
    return extras.push({source, target});
  word |= bit;
  return true;
}

bool BitMatrix::finish() {
  if (extras.empty())
    return true;
  if (!extraTargets.resize(extras.size()) || !extraBegins.resize(sources + 1))
    return false;
  for (const Extra &extra : extras)
    ++extraBegins[extra.source];
  uint64_t end = 0;
  for (uint64_t &begin : extraBegins)
    begin = end += begin;
  // From the back: what were ends become beginnings.
  for (uint64_t i = extras.size(); i-- > 0;)
    extraTargets[--extraBegins[extras[i].source]] = extras[i].target;
  extras = {};
  return true;
}

void BitMatrix::deliver(const Buffer<uint32_t> &spikes, int32_t weight,
                        int32_t *sums) const {
  const uint64_t *none = lines + sources * wordsOfRow;
  for (uint64_t first = 0; first < spikes.size(); first += MostRows) {
    Rows rows = {};
    while (rows.number < MostRows && first + rows.number < spikes.size()) {
      rows.row[rows.number] = lines + spikes[first + rows.number] * wordsOfRow;
      ++rows.number;
    }
    rows.padded = rows.number;
    while (rows.padded % TreeRows)
      rows.row[rows.padded++] = none;
#if defined(__x86_64__)
    if (isWide) {
      addAvx512(rows, targets, weight, sums);
      continue;
    }
#endif
    addBaseline(rows, targets, weight, sums);
  }
  if (!extraTargets.empty())
    deliverExtras(spikes, weight, sums);
}

void BitMatrix::deliverExtras(const Buffer<uint32_t> &spikes, int32_t weight,
                              int32_t *sums) const {
  for (uint64_t i = 0; i < spikes.size(); ++i) {
    if (i + AheadBegins < spikes.size())
      __builtin_prefetch(extraBegins.data() + spikes[i + AheadBegins]);
    if (i + AheadExtras < spikes.size()) {
      uint64_t end = extraBegins[spikes[i + AheadExtras] + 1];
      for (uint64_t e = extraBegins[spikes[i + AheadExtras]]; e < end; e += 16)
        __builtin_prefetch(extraTargets.data() + e);
    }
    for (uint64_t e = extraBegins[spikes[i]], end = extraBegins[spikes[i] + 1];
         e < end; ++e)
      sums[extraTargets[e]] += weight;
  }
}

uint64_t BitMatrix::bytes() const {
  return bits.size() * sizeof(uint64_t) +
         extraTargets.size() * sizeof(uint32_t) +
         extraBegins.size() * sizeof(uint64_t);
}
