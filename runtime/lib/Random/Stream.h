//===- Stream.h - The independent streams of a declaration ------*- C++ -*-===//
//
// A declaration draws several things; each has a stream of its own, so that a
// change of one (a weight that becomes random, say) leaves the others alone.
// The numbers are part of the definition of a network: append, never reorder.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_STREAM_H
#define SNN_RUNTIME_RANDOM_STREAM_H

#include "runtime/lib/Random/Hash.h"

namespace snn::runtime {

enum class Stream : uint64_t {
  Parameter = 1, // of a population; the field is the hash of its name
  Initial,       // initial state of a population; likewise
  Count,         // how many edges a row has
  Target,        // which targets
  Weight,
  AxonalDelay,
  DendriticDelay,
  Source,       // which sources, where a rule draws sources
  Event,        // per step: counts of a Poisson drive, spikes of a source
  DriveWeight,  // per neuron: the weight of a drive
  Noise,        // per step: the noise of a stimulus
  SynapseState, // a state of a synapse beside its weight; as Parameter
  Wait,         // per step: how long a condition waits that is met in it
  Rewire,       // per step and synapse: the source that it gets
};

/// The key of one stream of a declaration, or of one field in it.
struct Key {
  uint64_t low, high;

  constexpr bool operator==(const Key &) const = default;
};

/// `declaration` is hash64(seed, path).
constexpr Key makeKey(uint64_t declaration, Stream stream, uint64_t field = 0) {
  uint64_t low =
      mix64(mix64(declaration, static_cast<uint64_t>(stream)), field);
  return {low, mix64(low, 1)};
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_STREAM_H
