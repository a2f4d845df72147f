//===- Partition.h - Which thread owns which neurons ------------*- C++ -*-===//
//
// Every neuron belongs to one thread, which updates it and alone adds to its
// sums: so nothing in a step needs an atomic operation. Ranges are contiguous
// in each population, ascending with the thread, and multiples of SNN_LANES.
// Nothing observable depends on them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_THREADS_PARTITION_H
#define SNN_RUNTIME_THREADS_PARTITION_H

#include "runtime/lib/Core/Buffer.h"
#include "snn/abi.h"

namespace snn::runtime {

/// Neurons [begin, end).
struct Range {
  uint64_t begin = 0, end = 0;

  bool empty() const { return begin >= end; }
  uint64_t size() const { return end > begin ? end - begin : 0; }
};

constexpr uint64_t padToLanes(uint64_t neurons) {
  return (neurons + SNN_LANES - 1) / SNN_LANES * SNN_LANES;
}

class Partition {
public:
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads);

  /// Padded: the last range may end beyond the population.
  Range padded(uint32_t population, uint32_t thread) const {
    const uint64_t *bound = bounds.data() + population * (threads + 1) + thread;
    return {bound[0], bound[1]};
  }

private:
  uint64_t threads = 0;
  Buffer<uint64_t> bounds; // threads + 1 of each population
};

/// Threads worth using where the user leaves the number to us.
uint32_t usefulThreads(const snn_model &model, uint32_t cores);

} // namespace snn::runtime

#endif // SNN_RUNTIME_THREADS_PARTITION_H
