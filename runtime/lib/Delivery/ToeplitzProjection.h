//===- ToeplitzProjection.h - Synapses as a kernel --------------*- C++ -*-===//
//
// A convolution with one delay to a port that only adds, of which the kernel is
// kept and nothing for a synapse. All spikes that arrive in a step are
// delivered at once.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_TOEPLITZPROJECTION_H
#define SNN_RUNTIME_DELIVERY_TOEPLITZPROJECTION_H

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/SpikeHistory.h"
#include "runtime/lib/Delivery/SumBounds.h"
#include "runtime/lib/Delivery/ToeplitzSums.h"

namespace snn::runtime {

class ToeplitzProjection {
public:
  /// Whether a projection is kept so.
  static bool keeps(const snn_model &model, const snn_projection &projection);

  [[nodiscard]] bool create(const snn_model &model, uint32_t projection,
                            uint32_t threads, QuantileShelf &shelf,
                            Error &error);

  /// What it will take, and what building it takes beside that.
  uint64_t expectedBytes() const;
  uint64_t temporaryBytes() const;

  /// Synapses onto a thread's neurons; each thread its own.
  [[nodiscard]] bool build(const Population &target, uint32_t thread,
                           SumBounds &bounds, Error &error);

  uint32_t number() const { return projection; }
  uint32_t sourcePopulation() const { return source.population; }
  /// Steps for which the spikes of its sources are looked up.
  uint32_t lookBack() const { return connectivity.constantDelay(); }

  /// What arrives at the end of `step` at the neurons of a thread.
  void deliver(Worker &worker, uint64_t step, SpikeHistory &history,
               const Population &target);

  uint64_t numSynapses() const;
  uint64_t bytes() const;

private:
  /// Of a thread.
  struct alignas(64) Part {
    ToeplitzSums sums;
    Buffer<uint32_t> counts; // edges of each source
    uint64_t synapses = 0;
    Buffer<uint32_t> spikes; // sources that arrive, one after the other
  };
  const snn_convolution &shape() const {
    return *connectivity.projection().convolution;
  }
  [[nodiscard]] bool countEdges(Part &part, Range targets, Error &error) const;
  [[nodiscard]] bool addBounds(Range targets, Range channels, uint64_t *bounds,
                               Error &error) const;

  const snn_model *model = nullptr;
  uint32_t projection = 0;
  snn_slice source = {};
  Connectivity connectivity;
  ToeplitzKernel kernel;
  ObjectArray<Part> parts;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_TOEPLITZPROJECTION_H
