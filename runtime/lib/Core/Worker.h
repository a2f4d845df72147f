//===- Worker.h - What one thread of a run knows ----------------*- C++ -*-===//
//
// Counters, inputs and failures of a thread; nobody else writes them, and they
// are read by others at the barrier only.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_WORKER_H
#define SNN_RUNTIME_CORE_WORKER_H

#include "runtime/lib/Core/Failure.h"
#include "runtime/lib/Threads/Partition.h"

#include <ctime>

namespace snn::runtime {

/// Seconds of a clock that never goes back.
inline double secondsNow() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) +
         1e-9 * static_cast<double>(time.tv_nsec);
}

struct alignas(64) Worker {
  uint32_t thread = 0;
  Buffer<Range> ranges; // by population, padded

  // Uniform inputs of all populations, in their precisions.
  Buffer<uint64_t> inputBytes;
  Buffer<uint64_t> inputOffsets; // by population, in inputBytes
  void *inputs(uint32_t population) {
    return inputBytes.data() + inputOffsets[population];
  }

  uint64_t hash = 0;
  uint64_t synapticEvents = 0;
  Buffer<uint64_t> spikes, spikesOfWarmup; // by population

  bool outOfMemory = false;
  // The first state that was not finite, by population and neuron.
  uint32_t badPopulation = SNN_NONE, badField = 0;
  uint64_t badNeuron = 0;

  Error error = {}; // while the network is made

  // Time of the phases, of the steps that were timed.
  double updateSeconds = 0, deliverSeconds = 0, stimulusSeconds = 0;
  uint64_t timedSteps = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_WORKER_H
