//===- Synapses.h - The stored synapses of a projection ---------*- C++ -*-===//
//
// What delivery reads: one table for each projection and thread, of the
// synapses onto the thread's own neurons, sorted by source and then delay. A
// source's row is its synapses in the order (delay, tile, position in the
// tile's row), which for one target is the same whoever owns it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_SYNAPSES_H
#define SNN_RUNTIME_CONNECTIVITY_SYNAPSES_H

#include "runtime/lib/Connectivity/QuantileShelf.h"
#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Core/Failure.h"
#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

/// Neighbouring synapses of a row with one delay.
struct Segment {
  uint32_t delay; // steps, at least 1
  uint32_t count;
};

struct Synapses {
  // All delays alike: `delay`, and no segments.
  bool constantDelay = true;
  uint32_t delay = 1;
  // All weights alike: `weight` on the grid of the port, and no `weights`.
  // Only where the projection has a sum field and its weights stay.
  bool constantWeight = true;
  int64_t weight = 0;

  // By index in the source slice, and one more: where rows begin in `targets`.
  Buffer<uint64_t> rows;
  // Likewise in `segments`, if delays differ.
  Buffer<uint64_t> segmentRows;
  Buffer<Segment> segments;
  Buffer<uint32_t> targets; // in the target population
  Buffer<char> weights;     // of projection.weight_element

  uint64_t size() const { return targets.size(); }
  uint64_t bytes() const {
    return rows.capacityBytes() + segmentRows.capacityBytes() +
           segments.capacityBytes() + targets.capacityBytes() +
           weights.capacityBytes();
  }
};

class Connectivity;

/// Of a synapse in the table; 0 where the projection's weight is enough.
unsigned bytesOfWeight(const Connectivity &connectivity);

/// The synapses of a projection onto neurons `owned` of its target population.
/// Called by many threads at once, each for its own neurons. Of a plastic
/// projection, the weights of `out` are those of `state`: 0 is the weight.
bool buildSynapses(const snn_model &model, uint32_t projection, Range owned,
                   QuantileShelf &shelf, Synapses &out, Error &error,
                   uint32_t state = 0);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_SYNAPSES_H
