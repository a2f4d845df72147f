//===- WeightMatrix.h - A weight for each pair of neurons -------*- C++ -*-===//
//
// Where most pairs are connected, with one delay, a row has a weight for each
// target and need not say which it is: neighbours are added to neighbours, and
// the rows of all sources that spike in a step to sums that stay in registers.
// Weights take 16 bits where they fit.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_WEIGHTMATRIX_H
#define SNN_RUNTIME_DELIVERY_WEIGHTMATRIX_H

#include "runtime/lib/Core/Buffer.h"

namespace snn::runtime {

class WeightMatrix {
public:
  /// Targets whose sums are in registers at once.
  static constexpr uint64_t BlockTargets = 64;

  static uint64_t paddedTargets(uint64_t targets) {
    return (targets + BlockTargets - 1) / BlockTargets * BlockTargets;
  }

  /// Bytes of a weight: two if it is short.
  [[nodiscard]] bool create(uint64_t sources, uint64_t targets, bool isShort);
  /// Adds a weight to a pair's. False if the pair's is not short any more, and
  /// should be.
  [[nodiscard]] bool add(uint32_t source, uint32_t target, int32_t weight);

  /// Adds to each sum the weights from these sources, of which one may stand
  /// several times.
  void deliver(const Buffer<uint32_t> &spikes, int32_t *sums) const;

  bool isShort() const { return words.empty(); }
  /// As on a machine without wide vectors.
  void useBaseline() { isWide = false; }

  uint64_t bytes() const {
    return halves.size() * sizeof(int16_t) + words.size() * sizeof(int32_t);
  }

private:
  uint64_t targets = 0, sizeOfRow = 0;
  // One of them.
  Buffer<int16_t> halves;
  Buffer<int32_t> words;
  bool isWide = false;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_WEIGHTMATRIX_H
