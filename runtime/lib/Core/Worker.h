//===- Worker.h - What one thread of a run knows ----------------*- C++ -*-===//
//
// Counters, inputs and failures of a thread; nobody else writes them, and they
// are read by others at the barrier only.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_WORKER_H
#define SNN_RUNTIME_CORE_WORKER_H

#include "runtime/lib/Core/Failure.h"
#include "runtime/lib/Core/RestingBlocks.h"
#include "runtime/lib/Profile/Stopwatch.h"
#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

/// A drive or source whose rate, or delay, cannot be used.
struct RateFault {
  const char *path = nullptr; // null: there is none
  const char *what = nullptr;
  const char *quantity = "rate";
};

struct alignas(64) Worker {
  [[nodiscard]] bool create(const snn_model &model, const Partition &partition,
                            uint32_t number) {
    thread = number;
    uint64_t count = model.num_populations;
    if (!ranges.resize(count) || !inputOffsets.resize(count) ||
        !spikes.resize(count) || !spikesOfWarmup.resize(count) ||
        !resting.create(count) || !reached.resize(count))
      return false;
    uint64_t bytes = 0;
    for (uint32_t p = 0; p < count; ++p) {
      ranges[p] = partition.padded(p, thread);
      inputOffsets[p] = bytes;
      bytes += uint64_t{model.populations[p].num_inputs} * 8;
    }
    return inputBytes.resize(bytes);
  }

  uint32_t thread = 0;
  Buffer<Range> ranges; // by population, padded

  // Uniform inputs of all populations, in their precisions.
  Buffer<char> inputBytes;
  Buffer<uint64_t> inputOffsets; // by population, in inputBytes
  void *inputs(uint32_t population) {
    return inputBytes.data() + inputOffsets[population];
  }

  // By population: what of it may rest, and between which neurons anything may
  // have arrived in a step.
  ObjectArray<RestingBlocks> resting;
  Buffer<Range> reached;

  uint64_t hash = 0;
  uint64_t synapticEvents = 0;
  uint64_t segments = 0;                   // of rows, delivered one by one
  Buffer<uint64_t> spikes, spikesOfWarmup; // by population

  bool outOfMemory = false;
  // The first state that was not finite, by population and neuron.
  uint32_t badPopulation = SNN_NONE, badField = 0;
  uint64_t badNeuron = 0;
  RateFault badRate;
  // The first projection whose handler failed.
  uint32_t badProjection = SNN_NONE;

  Error error = {}; // while the network is made

  Stopwatch watch;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_WORKER_H
