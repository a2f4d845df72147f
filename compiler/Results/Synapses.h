//===- Synapses.h - Synapses of a stored run --------------------*- C++ -*-===//
//
// What synapses.npz and synapses.json hold: the projections that the experiment
// plots, as the network was built.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_RESULTS_SYNAPSES_H
#define SNN_COMPILER_RESULTS_SYNAPSES_H

#include "compiler/Results/Expected.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snn::results {

/// The arrays have one entry a synapse.
struct Synapses {
  /// "E->I.exc#0".
  std::string path;
  /// Paths of the populations.
  std::string source, target;
  /// Of the weights; empty for plain numbers.
  std::string unit;
  std::vector<uint32_t> sources, targets;
  std::vector<double> weights;
};

Expected<std::vector<Synapses>> readSynapses(const std::string &folder);

} // namespace snn::results

#endif // SNN_COMPILER_RESULTS_SYNAPSES_H
