//===- Counters.h - What a run on a chip amounts to -------------*- C++ -*-===//
//
// Counted as they happen; energies follow from them and the chip's constants.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_COUNTERS_H
#define SNN_EMULATOR_COUNTERS_H

#include "runtime/emulator/Machine.h"

namespace snn::emulator {

struct Counters {
  uint64_t ticks = 0;
  uint64_t accesses = 0; // neurons looked at, in all ticks
  uint64_t updates = 0;  // of them, with input or a state that is not zero
  uint64_t synapticEvents = 0;
  uint64_t spikes = 0; // of neurons
  uint64_t inputSpikes = 0;
  uint64_t messages = 0;         // to a core, its own included
  uint64_t hopsX = 0, hopsY = 0; // links that messages took, one by one
  uint64_t fullestLink = 0;      // messages over the one that took most
  uint64_t outputs = 0;          // events that left through the output
  uint64_t merged = 0;           // events on an axon that was active already
  uint64_t dropped = 0;          // events that a queue did not hold
  uint64_t queueMark = 0;        // events that waited at most
  Overflows overflows;

  bool operator==(const Counters &) const = default;
};

/// In joules, of what the chip's constants are known; the rest counts nothing.
struct Energy {
  double synapses = 0, neurons = 0, network = 0;
  double total() const { return synapses + neurons + network; }
};

Energy energyOf(const Counters &counters, const Costs &costs);

} // namespace snn::emulator

#endif // SNN_EMULATOR_COUNTERS_H
