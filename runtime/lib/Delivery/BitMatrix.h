//===- BitMatrix.h - A bit for each pair of neurons -------------*- C++ -*-===//
//
// Where many pairs are connected and all synapses have one weight and one
// delay, a row has a bit for each target: from one pair in sixteen on that is
// less than the list. The bits of all sources that spike in a step are counted
// as hardware would, 512 targets at once, and each sum is changed once a step,
// by the count times the weight.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_BITMATRIX_H
#define SNN_RUNTIME_DELIVERY_BITMATRIX_H

#include "runtime/lib/Core/Buffer.h"

namespace snn::runtime {

class BitMatrix {
public:
  /// Targets of which a row's bits lie in one line of the cache.
  static constexpr uint64_t BlockTargets = 512;

  /// Bytes of an edge beyond the first between two neurons, and more until it
  /// has its place; of these, some are free again before others are needed.
  static constexpr double ExtraBytes = 4, TemporaryBytes = 6;

  /// Bytes of a row.
  static uint64_t rowBytes(uint64_t targets) {
    return (targets + BlockTargets - 1) / BlockTargets * (BlockTargets / 8);
  }

  [[nodiscard]] bool create(uint64_t sources, uint64_t targets);
  /// One edge more, in any order.
  [[nodiscard]] bool add(uint32_t source, uint32_t target);
  [[nodiscard]] bool finish();

  /// Adds to each sum the weight times its edges from these sources, of which
  /// one may stand several times.
  void deliver(const Buffer<uint32_t> &spikes, int32_t weight,
               int32_t *sums) const;

  /// As on a machine without wide vectors.
  void useBaseline() { isWide = false; }

  uint64_t bytes() const;

private:
  struct Extra {
    uint32_t source, target;
  };

  void deliverExtras(const Buffer<uint32_t> &spikes, int32_t weight,
                     int32_t *sums) const;

  uint64_t sources = 0, targets = 0, wordsOfRow = 0;
  /// Rows, and one without a bit; whole lines.
  Buffer<uint64_t> bits;
  uint64_t *lines = nullptr;
  bool isWide = false;
  /// Edges beyond the first between two neurons: as they come, then by source.
  Buffer<Extra> extras;
  Buffer<uint32_t> extraTargets;
  Buffer<uint64_t> extraBegins;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_BITMATRIX_H
