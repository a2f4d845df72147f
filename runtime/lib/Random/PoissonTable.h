//===- PoissonTable.h - Counts of events in a step --------------*- C++ -*-===//
//
// The number of events that a Poisson process gives each neuron in one step,
// from one 32-bit word a neuron: Walker's alias method with exact integer
// weights. Table and words lie so that vector instructions do 16 neurons at
// once; every path gives the same counts.
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

  /// How many of the 2^32 words give this count, in a table of one part.
  uint64_t numWords(uint32_t count) const;

private:
  uint32_t countOf(uint32_t word) const {
    uint32_t column = word >> (32 - columnBits);
    uint32_t rest = word & ((1u << (32 - columnBits)) - 1);
    return rest < threshold[column] ? column : alias[column];
  }
  void accumulate(const uint32_t *words, uint64_t count, uint32_t *out) const;

  static constexpr unsigned MostColumns = 64;

  alignas(64) uint32_t threshold[MostColumns];
  alignas(64) uint32_t alias[MostColumns];
  double total = 0;
  unsigned columnBits = 5;
  uint32_t parts = 1; // each of mean total / parts; 0: by rejection
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_POISSONTABLE_H
