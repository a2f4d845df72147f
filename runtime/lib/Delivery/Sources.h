//===- Sources.h - Populations that fire without equations ------*- C++ -*-===//
//
// Poisson sources draw how often each member fires in a step; a member that
// fires twice is twice in the list. Train sources fire at given steps.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_SOURCES_H
#define SNN_RUNTIME_DELIVERY_SOURCES_H

#include "runtime/lib/Delivery/Drives.h"

namespace snn::runtime {

class Sources {
public:
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads);

  /// Spikes stamped `stamp` of the neurons of a thread, ascending; those of
  /// stamp 0, before the first step, can be of trains only. Sets `badRate` to
  /// the path of a source whose rate cannot be. False without memory.
  [[nodiscard]] bool emit(uint32_t population, uint32_t thread, uint64_t stamp,
                          Range range, Buffer<uint32_t> &spikes,
                          RateFault &badRate);

private:
  bool emitPoisson(uint32_t population, uint32_t thread, uint64_t stamp,
                   Range range, Buffer<uint32_t> &spikes, RateFault &badRate);
  bool emitTrains(const snn_population &source, uint64_t stamp, Range range,
                  Buffer<uint32_t> &spikes) const;

  const snn_model *model = nullptr;
  Buffer<uint32_t> slots; // of Poisson sources, by population
  uint32_t numSlots = 0;
  Buffer<ArsKey> keys;            // by slot
  ObjectArray<PoissonRate> rates; // by thread and slot
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_SOURCES_H
