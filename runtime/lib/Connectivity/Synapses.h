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

#include "runtime/lib/Connectivity/StairShelf.h"
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

/// The synapses of a projection onto neurons `owned` of its target population.
/// Called by many threads at once, each for its own neurons. Of a plastic
/// projection, the weights of `out` are those of `state`: 0 is the weight.
bool buildSynapses(const snn_model &model, uint32_t projection, Range owned,
                   StairShelf &shelf, Synapses &out, Error &error,
                   uint32_t state = 0);

/// What is known before anything is drawn.
struct SynapseEstimate {
  uint64_t synapses;     // their expected number
  uint64_t bytes;        // of all tables together, for so many threads
  uint64_t segments;     // of all tables, if delays differ
  uint64_t temporary;    // the most that building takes besides, at one time
  uint32_t longestDelay; // steps; of drawn ones an upper bound if there is one
  bool shortWeights;     // all are known to fit 16 bits of the grid
};

/// The delays of rows to which several projections contribute.
class SharedDelays {
public:
  [[nodiscard]] bool create();
  /// Some edges of a row do not have the delay, with this probability.
  void add(uint64_t steps, double absence) { absences[steps] *= absence; }
  /// Edges of a row whose delays nobody shares.
  void addOwn(double edges) { own += edges; }
  /// Expected number of different delays in a row.
  double expected() const;

private:
  Buffer<double> absences;
  double own = 0;
};

/// `shared`, if there is any, learns the delays of a thread's row.
bool estimateSynapses(const snn_model &model, uint32_t projection,
                      uint32_t threads, StairShelf &shelf, SynapseEstimate &out,
                      Error &error, SharedDelays *shared = nullptr);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_SYNAPSES_H
