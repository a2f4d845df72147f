//===- Words.h - The random words of one item -------------------*- C++ -*-===//
//
// An item is a neuron, an edge, a row or a node of a tree: something whose draw
// is fixed by its place in the model. Its words come from counters of its own,
// so it may use as many as a rejection method needs without touching others.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_WORDS_H
#define SNN_RUNTIME_RANDOM_WORDS_H

#include "runtime/lib/Random/Ars.h"

namespace snn::runtime {

/// The middle of one of 2^32 equal parts of (0, 1).
constexpr double toUnit(uint32_t word) {
  return (static_cast<double>(word) + 0.5) * 0x1p-32;
}

/// The middle of one of 2^52 equal parts of (0, 1).
constexpr double toUnit(uint64_t word) {
  return (static_cast<double>(word >> 12) + 0.5) * 0x1p-52;
}

class Words {
public:
  /// Philox, for parameters and initial states. Counter: index, block.
  static Words ofNeuron(Key key, uint64_t index) {
    Words words;
    words.philoxKey = key.low;
    words.high = index;
    return words;
  }

  /// ARS, for connectivity and steps. Counter: item, block, high. Blocks start
  /// at 1: those of number 0 are drawn in bulk, four items each.
  static Words ofItem(const ArsKey &key, uint32_t item, uint64_t high) {
    Words words;
    words.arsKey = &key;
    words.item = item;
    words.high = high;
    return words;
  }

  uint64_t next() {
    if (used == 4)
      refill();
    used += 2;
    return uint64_t{block[used - 1]} << 32 | block[used - 2];
  }

  /// Uniform in the open interval (0, 1).
  double unit() { return toUnit(next()); }

private:
  Words() = default;
  void refill();

  Block block;
  unsigned used = 4;
  uint32_t number = 0;
  uint32_t item = 0;
  uint64_t high = 0;
  uint64_t philoxKey = 0;
  const ArsKey *arsKey = nullptr;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_WORDS_H
