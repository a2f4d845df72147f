//===- TargetRows.h - Rows of nothing but targets ---------------*- C++ -*-===//
//
// Where all synapses of a bundle have one weight and one delay, a row is a list
// of sums, 16 bits each, and a spike needs no cursor: its row is looked up when
// it arrives.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_TARGETROWS_H
#define SNN_RUNTIME_DELIVERY_TARGETROWS_H

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Core/Worker.h"

namespace snn::runtime {

class TargetRows {
public:
  /// Bytes of a synapse.
  static constexpr uint64_t SynapseBytes = 2;

  /// Begins rows from so many sources, with room for so many synapses.
  [[nodiscard]] bool create(uint64_t sources, double expected);

  /// Rows of a projection from the sources of a block; `origin` is the sum of
  /// neuron 0 of its target population, modulo 2^64.
  [[nodiscard]] bool collect(const Connectivity &connectivity, Range block,
                             Range targets, uint64_t origin, Error &error);
  /// Lays the rows of a block down.
  [[nodiscard]] bool release(Range block);
  [[nodiscard]] bool finish();

  /// Adds `amount` to the bound of each synapse's sum.
  void addBounds(uint64_t amount, uint64_t *bounds) const;

  /// Adds the weight to every sum of a source's row; returns how many.
  template <typename Sum>
  uint64_t deliver(uint64_t source, Sum weight, Sum *sums) const;
  void fetchBegin(uint64_t source) const {
    __builtin_prefetch(begins.data() + source);
  }
  /// The first lines of a row; the processor finds the others by itself.
  void fetch(uint64_t source, uint64_t lines) const;

  uint64_t numSynapses() const { return targets.size(); }
  uint64_t bytes() const {
    return begins.size() * sizeof(uint64_t) + targets.size() * SynapseBytes;
  }

private:
  struct HeldRow {
    uint32_t source, count;
    uint64_t first; // in `held`
  };
  static bool take(void *self, const Row &row);

  Buffer<uint64_t> begins; // first target of each source's row, and one more
  Buffer<uint16_t> targets;

  // What is collected of a block.
  uint64_t originOfMember = 0;
  Buffer<uint16_t> held;
  Buffer<HeldRow> heldRows, sorted;
  Buffer<uint64_t> places;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_TARGETROWS_H
