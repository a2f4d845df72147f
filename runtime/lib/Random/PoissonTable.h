//===- PoissonTable.h - Counts of events in a step --------------*- C++ -*-===//
//
// The number of events that a Poisson process gives each neuron in one step,
// from one 32-bit word a neuron: Walker's alias method with exact integer
// weights. The upper half of a word decides nearly always, so lower halves are
// drawn where they must: one in two thousand. Table and halves lie so that
// vector instructions do 32 neurons at once; every path gives the same counts.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_POISSONTABLE_H
#define SNN_RUNTIME_RANDOM_POISSONTABLE_H

#include "runtime/lib/Random/Ars.h"

namespace snn::runtime {

/// The Poisson distribution of one mean, in units of 2^-32. Words choose a
/// column by their upper bits; the others decide between it and its alias.
class PoissonTable {
public:
  /// False unless 0 <= mean < 2^50.
  [[nodiscard]] bool create(double mean);

  double mean() const { return total; }

  /// Counts of the items [begin, end) at `step`; end <= 2^32.
  void counts(const ArsKey &key, uint64_t step, uint64_t begin, uint64_t end,
              uint32_t *out) const;

  /// Adds count * weight to sums[stride * i] for the items i of [begin, end).
  /// sums are int32_t or int64_t.
  template <typename Sum>
  void add(const ArsKey &key, uint64_t step, uint64_t begin, uint64_t end,
           int64_t weight, Sum *sums, uint64_t stride) const;

  /// The same with a weight for each item.
  template <typename Sum>
  void add(const ArsKey &key, uint64_t step, uint64_t begin, uint64_t end,
           const int64_t *weights, Sum *sums, uint64_t stride) const;

  /// counts() by a certain path, to compare them.
  void counts(ArsPath path, const ArsKey &key, uint64_t step, uint64_t begin,
              uint64_t end, uint32_t *out) const;

  /// The count of a word, in a table of one part.
  uint32_t countOf(uint32_t word) const {
    uint32_t column = word >> (32 - columnBits);
    uint32_t rest = word & ((1u << (32 - columnBits)) - 1);
    return rest < threshold[column] ? column : alias[column];
  }

  /// How many of the 2^32 words give this count, in a table of one part.
  uint64_t numWords(uint32_t count) const;

private:
  /// Items whose halves are 16 words: those of the first 16 items are the lower
  /// halves of the words, so that two multiplications take both apart.
  static constexpr uint64_t RunItems = 32;
  static constexpr uint64_t RunWords = RunItems / 2, RunBlocks = RunWords / 4;
  /// Items whose counts are made at once.
  static constexpr uint64_t Chunk = 512;

  /// Whether no upper half can tell the count: its rest is the threshold's.
  bool isOpen(uint16_t upper) const {
    uint32_t column = upper >> (16 - columnBits);
    uint32_t rest = upper & ((1u << (16 - columnBits)) - 1);
    return rest == threshold[column] >> 16;
  }

  /// The first block of an item's run, with `step` as its other counter.
  static uint64_t runOf(uint32_t part, bool lower, uint64_t item) {
    return (2 * uint64_t{part} + lower) << 32 | item / RunItems * RunBlocks;
  }
  /// An item's half, among the words of its run.
  static uint16_t halfOf(const uint32_t *run, uint64_t item) {
    return static_cast<uint16_t>(run[item % RunWords] >>
                                 (item % RunItems < RunWords ? 0 : 16));
  }
  uint32_t countWithLower(ArsPath path, const ArsKey &key, uint64_t step,
                          uint32_t part, uint64_t item, uint16_t upper) const;
  /// Sums over all parts for the items [begin, begin + count); `begin` is a
  /// multiple of RunItems, `count` at most a chunk. Whole vectors are
  /// written.
  void countChunk(ArsPath path, const ArsKey &key, uint64_t step,
                  uint64_t begin, uint64_t count, uint16_t *out) const;
  void countChunk512(const ArsKey &key, uint64_t step, uint64_t begin,
                     uint64_t count, uint16_t *out) const;
  void addChunks512(const ArsKey &key, uint64_t step, uint64_t begin,
                    uint64_t end, int32_t weight, int32_t *sums) const;
  struct Vectors512;

  static constexpr unsigned MostColumns = 64;

  alignas(64) uint32_t threshold[MostColumns];
  alignas(64) uint32_t alias[MostColumns];
  double total = 0;
  /// For the vectors: upper halves of thresholds, and the aliases.
  alignas(64) uint16_t shortThreshold[MostColumns];
  alignas(64) uint16_t shortAlias[MostColumns];
  unsigned columnBits = 5;
  uint32_t parts = 1; // each of mean total / parts; 0: by rejection
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_POISSONTABLE_H
