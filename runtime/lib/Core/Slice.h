//===- Slice.h - Indices of a slice and of its population -------*- C++ -*-===//
//
// A slice names neurons first, first + stride, ... by the indices 0, 1, ...;
// random numbers and files go by the latter.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_SLICE_H
#define SNN_RUNTIME_CORE_SLICE_H

#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

/// Indices of the slice whose neurons lie in `neurons`.
inline Range sliceIndices(const snn_slice &slice, Range neurons) {
  auto firstAtOrAfter = [&](uint64_t neuron) -> uint64_t {
    if (neuron <= slice.first)
      return 0;
    uint64_t index = (neuron - slice.first + slice.stride - 1) / slice.stride;
    return index < slice.count ? index : slice.count;
  };
  return {firstAtOrAfter(neurons.begin), firstAtOrAfter(neurons.end)};
}

inline uint64_t sliceNeuron(const snn_slice &slice, uint64_t index) {
  return slice.first + index * slice.stride;
}

/// The index of a neuron in the slice, or UINT64_MAX.
inline uint64_t sliceIndex(const snn_slice &slice, uint64_t neuron) {
  if (neuron < slice.first)
    return UINT64_MAX;
  uint64_t offset = neuron - slice.first;
  uint64_t index = offset;
  if (slice.stride != 1) {
    if (offset % slice.stride)
      return UINT64_MAX;
    index = offset / slice.stride;
  }
  return index < slice.count ? index : UINT64_MAX;
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_SLICE_H
