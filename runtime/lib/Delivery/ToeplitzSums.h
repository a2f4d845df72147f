//===- ToeplitzSums.h - Adding a kernel's weights ---------------*- C++ -*-===//
//
// The spikes of a step that a convolution brings to a thread's neurons. A spike
// reaches few places of each map, but there the same of all maps: so sums are
// collected with the maps beside one another, a vector of target channels at
// once, and brought to where neurons have theirs once a step, those of the
// places that were touched. Where a group has few target channels, sums are
// changed in place.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_TOEPLITZSUMS_H
#define SNN_RUNTIME_DELIVERY_TOEPLITZSUMS_H

#include "runtime/lib/Connectivity/KernelAxis.h"
#include "runtime/lib/Delivery/ToeplitzKernel.h"
#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

class ToeplitzSums {
public:
  /// With fewer target channels in a group, sums are changed in place.
  static constexpr uint64_t LeastCollected = 8;

  /// For these targets, by their indices in the slice.
  [[nodiscard]] bool create(const snn_convolution &convolution, Range targets);

  /// Adds what these sources send, one of which may stand several times;
  /// `sums` begins with target 0.
  void deliver(const ToeplitzKernel &kernel, const KernelAxis (&axes)[2],
               const Buffer<uint32_t> &spikes, int32_t *sums);

  /// Target channels that have some of the targets.
  Range channels() const { return mine; }

  /// As on a machine without wide vectors.
  void useBaseline() { isWide = false; }

  static uint64_t expectedBytes(const snn_convolution &convolution,
                                uint32_t threads);
  uint64_t bytes() const {
    return maps.size() * sizeof(int32_t) + touched.size() * sizeof(uint64_t);
  }

private:
  const snn_convolution *shape = nullptr;
  Range targets, mine;
  uint64_t map = 0; // places of a target channel
  bool isWide = false;
  Buffer<int32_t> maps;     // [place][channel], zero between steps
  Buffer<uint64_t> touched; // a bit for each place

  template <typename Weight>
  void addBest(const Weight *weights, const KernelAxis (&axes)[2],
               const Buffer<uint32_t> &spikes, int32_t *sums);

  struct Kernels;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_TOEPLITZSUMS_H
