//===- Projections.h - Spikes to synapses to sums ---------------*- C++ -*-===//
//
// Each thread delivers every spike to its own neurons, at the step in which it
// arrives. Where all delays of a projection are alike, the spikes of that long
// ago are looked up in the history; where they differ, each spike is a cursor
// in the calendar. Handlers that do more than add see the spikes of a step in
// the order (projection, source, step of emission, place in the row).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_PROJECTIONS_H
#define SNN_RUNTIME_DELIVERY_PROJECTIONS_H

#include "runtime/lib/Connectivity/Synapses.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/Calendar.h"
#include "runtime/lib/Delivery/SpikeHistory.h"

namespace snn::runtime {

class Projections {
public:
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads);

  /// The synapses onto a thread's neurons; each thread its own.
  bool build(const Partition &partition, uint32_t thread, Error &error);

  /// The longest constant delay from a population; once all have built.
  uint32_t longestLookBack(uint32_t population) const;

  /// What arrives at the end of `step` at the neurons of a thread.
  void deliver(Worker &worker, uint64_t step,
               ObjectArray<SpikeHistory> &histories,
               const ObjectArray<Population> &populations);

  void clear();
  uint64_t numSynapses() const;
  uint64_t bytes() const;

private:
  /// A projection onto the neurons of a thread.
  struct alignas(64) Part {
    Synapses synapses;
    Calendar calendar; // if delays differ
  };
  struct Delivery; // one call of deliver() for one projection

  Part &part(uint32_t projection, uint32_t thread) {
    return parts[uint64_t{projection} * threads + thread];
  }

  const snn_model *model = nullptr;
  uint32_t threads = 1;
  ObjectArray<Part> parts;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_PROJECTIONS_H
