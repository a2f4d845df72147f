//===- LaterSums.h - What reaches a port after a dendrite -------*- C++ -*-===//
//
// A synapse with a dendritic delay sends when a spike reaches it, but to the
// sum of a later step: a ring of arrays for each port, one for each step to
// come, which is added to the port's sum when it is due.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_LATERSUMS_H
#define SNN_RUNTIME_PLASTICITY_LATERSUMS_H

#include "runtime/lib/Core/Population.h"

namespace snn::runtime {

class LaterSums {
public:
  /// Of the sum `field` of a population, up to `longest` steps ahead.
  [[nodiscard]] bool create(const Population &population, uint32_t target,
                            uint32_t field, uint32_t longest);

  static uint64_t bytesOf(const snn_population &population, uint32_t field,
                          uint32_t longest);

  bool isOf(uint32_t population, uint32_t sum) const {
    return population == target && sum == field;
  }

  /// The sums of a stamp, to be written: as kernels count neurons.
  void *due(uint32_t thread, uint64_t stamp) {
    Share &share = shares[thread];
    uint64_t slot = stamp % slots;
    share.written[slot] = true;
    return reinterpret_cast<void *>(
        reinterpret_cast<uintptr_t>(share.sums.data()) +
        (slot * share.neurons.size() - share.neurons.begin) * bytes);
  }

  /// Adds what is due at `stamp` to the port.
  void add(uint32_t thread, uint64_t stamp, const Population &population);

  void clear();
  uint64_t capacityBytes() const;

private:
  struct alignas(64) Share {
    Range neurons;
    Buffer<char> sums; // by slot and neuron
    Buffer<bool> written;
  };

  uint32_t target = 0, field = 0;
  uint64_t slots = 1, bytes = 4;
  ObjectArray<Share> shares; // by thread
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_LATERSUMS_H
