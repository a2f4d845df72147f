//===- SumBounds.h - That sums of 32 bits cannot overflow -------*- C++ -*-===//
//
// A synapse delivers at most once a step for each spike of its source, so what
// arrives at a port in one step is at most the sum of the sizes of all weights
// onto it. Where that is below 2^31 for every neuron, no sum of 32 bits can
// overflow, whatever the activity: it is proven once, when the network is made,
// and the hot loops need no test.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_SUMBOUNDS_H
#define SNN_RUNTIME_DELIVERY_SUMBOUNDS_H

#include "runtime/lib/Core/Population.h"

namespace snn::runtime {

class SumBounds {
public:
  /// Spikes of one member of a Poisson source in a step; more end the run.
  static constexpr uint64_t SourceSpikes = 64;
  /// Events of a drive at a neuron in a step, likewise.
  static constexpr uint64_t DriveEvents = 1024;

  /// For the sums of a thread.
  [[nodiscard]] bool create(const snn_model &model,
                            const ObjectArray<Population> &populations,
                            uint32_t thread, Error &error);

  /// The most spikes that one member of a population has in a step.
  static uint64_t spikesInStep(const snn_population &source);

  /// Bounds of the sums from `offset` in the arena on; null if they have 64
  /// bits and need none.
  uint64_t *from(uint64_t offset, uint32_t element) {
    return element == SNN_I64 ? nullptr : bounds.data() + (offset - least) / 4;
  }

  /// Fails if a sum could overflow.
  [[nodiscard]] bool check(const snn_model &model,
                           const ObjectArray<Population> &populations,
                           uint32_t thread, Error &error) const;

private:
  uint64_t least = 0; // offset of the first sum in the arena
  Buffer<uint64_t> bounds;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_SUMBOUNDS_H
