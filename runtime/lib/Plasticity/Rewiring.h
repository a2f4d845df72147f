//===- Rewiring.h - Synapses that get other sources -------------*- C++ -*-===//
//
// At a period a rule may say of a synapse that it is to come from another
// neuron. It keeps its target, its delay and what the rule has made of its
// states, so each target has as many synapses as before. The new source is
// drawn from all of the connection alike, keyed by the step, the target and the
// number of the synapse among those of the target, in the order of their
// sources. One thread has all synapses of a target, so the number of threads is
// in no result.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_REWIRING_H
#define SNN_RUNTIME_PLASTICITY_REWIRING_H

#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Random/Hash.h"
#include "snn/abi.h"

namespace snn::runtime {

/// Draws sources for the synapses of one projection at one step.
class NewSources {
public:
  /// `seed`: that of the network.
  NewSources(const snn_projection &projection, uint64_t seed, uint64_t stamp);

  /// The source, an index in its slice, of synapse `number` of a target whose
  /// synapses come from `sources` now. Where so many draws are of sources that
  /// it cannot have, it keeps its own.
  uint32_t draw(uint64_t target, uint32_t number, const uint32_t *sources,
                uint32_t count) const;

private:
  static constexpr unsigned MostTries = 1000;

  const snn_projection &projection;
  uint64_t declaration, stamp;
  bool isRecurrent;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_REWIRING_H
