//===- SynapseEstimate.h - Synapses before they are made --------*- C++ -*-===//
//
// What a projection will take, known from its description alone: a network
// that is too large is refused before memory is taken.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_SYNAPSEESTIMATE_H
#define SNN_RUNTIME_CONNECTIVITY_SYNAPSEESTIMATE_H

#include "runtime/lib/Connectivity/QuantileShelf.h"
#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Core/Failure.h"

namespace snn::runtime {

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
                      uint32_t threads, QuantileShelf &shelf,
                      SynapseEstimate &out, Error &error,
                      SharedDelays *shared = nullptr);

class Connectivity;

/// The share of edges that have each delay, by steps, up to the longest of some
/// thousand draws; for delays that are constant or drawn. False without memory.
bool delayShares(const Connectivity &connectivity, Buffer<double> &out);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_SYNAPSEESTIMATE_H
