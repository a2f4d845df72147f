//===- SpikeHistory.h - Who fired in the last steps -------------*- C++ -*-===//
//
// A ring of spike lists for each population, at least as long as the longest
// constant delay from it. A spike of stamp n was emitted at t_n. Each thread
// writes the list of its own neurons; the others read it from the next step on,
// so one barrier a step suffices. Lists ascend, and so does their concatenation
// over threads: the order of spikes does not depend on the number of threads.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_SPIKEHISTORY_H
#define SNN_RUNTIME_DELIVERY_SPIKEHISTORY_H

#include "runtime/lib/Core/Buffer.h"

namespace snn::runtime {

/// For qsort: neurons in ascending order, as spike lists have them.
inline int compareNeurons(const void *left, const void *right) {
  auto a = *static_cast<const uint32_t *>(left);
  auto b = *static_cast<const uint32_t *>(right);
  return a < b ? -1 : a > b;
}

class SpikeHistory {
public:
  /// `longest`: the longest delay in steps that is looked back to.
  [[nodiscard]] bool create(uint64_t longest, uint32_t threadCount) {
    threads = threadCount;
    // A power of two: places are found by a mask.
    uint64_t length = 2;
    while (length <= longest)
      length *= 2;
    mask = length - 1;
    return lists.create(length * threads);
  }

  Buffer<uint32_t> &list(uint64_t stamp, uint32_t thread) {
    return lists[(stamp & mask) * threads + thread].spikes;
  }

  void clear() {
    for (List &list : lists)
      list.spikes.clear();
  }

private:
  /// On a line of its own: each thread writes its own in every step.
  struct alignas(64) List {
    Buffer<uint32_t> spikes;
  };

  uint64_t mask = 0, threads = 0;
  ObjectArray<List> lists;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_SPIKEHISTORY_H
