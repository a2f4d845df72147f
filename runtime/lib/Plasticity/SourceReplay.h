//===- SourceReplay.h - What sources' traces were since a spike -*- C++ -*-===//
//
// A synapse that has missed spikes of its target needs to know what its
// source's trace was at each of them. It is computed again, from what the
// source's last spike left, by the steps of the follower's own update: so it
// has the same bits, and nothing is kept of steps in which nothing happens.
// What a source's last spike left is kept by each thread for itself, as of the
// spikes that have arrived there.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_SOURCEREPLAY_H
#define SNN_RUNTIME_PLASTICITY_SOURCEREPLAY_H

#include "runtime/lib/Plasticity/Followers.h"

namespace snn::runtime {

class SourceReplay {
public:
  /// Of the sources of a slice, whose states `followers` has; null if there
  /// are none.
  [[nodiscard]] bool create(const Population *followers,
                            const snn_slice &slice);
  static uint64_t bytesOf(const snn_population *followers, uint64_t rows);
  uint64_t bytes() const {
    return steps.capacityBytes() + left.capacityBytes();
  }

  /// Before the first spike.
  void begin(const Followers &all, uint32_t population);

  /// When the last spike of a row was emitted that has arrived.
  uint64_t basis(uint64_t row) const { return steps.data()[row]; }
  /// A spike has arrived, which left these states one behind the other.
  void setBasis(uint64_t row, uint64_t step, const char *states);

  /// Computes the states of up to SNN_LANES rows from their bases to step
  /// `last`, and says that they were the same in the `before` steps before.
  [[nodiscard]] bool run(const uint64_t *rows, uint64_t count, uint64_t last,
                         uint64_t before);

  /// State s of a lane in step `first` + n of its source is then at
  /// of(lane, first)[s][n * SNN_LANES].
  const void *const *of(uint64_t lane, int64_t first);
  /// Step `step`, which was computed, becomes the basis of a lane's row.
  void advance(uint64_t lane, uint64_t step);

private:
  uint64_t countStates() const { return pointers.size(); }
  void fillOthers(uint64_t count);
  static constexpr uint64_t OtherBytes = SNN_LANES * sizeof(double);

  const Population *followers = nullptr;
  snn_slice slice = {};
  uint64_t element = 4;   // bytes of a state
  Buffer<uint32_t> steps; // by row
  Buffer<char> left;      // by state and row
  // Of the rows that ran last.
  uint64_t lanes[SNN_LANES] = {};
  uint64_t stride = 0, padding = 0;
  Buffer<char> start, out;
  Buffer<uint32_t> others; // fields that are no states
  Buffer<char> othersOfLanes;
  Buffer<void *> table; // to the latter, which begin at 64 bytes each
  Buffer<const void *> pointers;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_SOURCEREPLAY_H
