//===- Quantize.h - From numbers of a model to codes of a chip --*- C++ -*-===//
//
// Each population gets a scale: units of the chip's potential for one of the
// model's. Where thresholds, weights and biases have a common unit and fit, the
// scale makes them whole and nothing is lost; else it is the one, of those that
// fit, with the least error of weights.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_QUANTIZE_H
#define SNN_COMPILER_TARGET_CORES_MAP_QUANTIZE_H

#include "compiler/Target/Cores/Map/Network.h"
#include "compiler/Target/Cores/Map/Probe.h"

#include <variant>

namespace snn::target::cores {

/// What rounding did to a population.
struct Loss {
  double scale = 1;
  double weights = 0;   // root of the mean square error over that of weights
  double threshold = 0; // relative
  double decay = 0;     // of what a step keeps of the potential, absolute
  double decayCurrent = 0;
  double bias = 0; // relative
  bool isExact() const {
    return weights == 0 && threshold == 0 && decay == 0 && decayCurrent == 0 &&
           bias == 0;
  }
};

struct CodedEdge {
  uint32_t target;
  int16_t weight;
  /// Of an axon: where weights come from a table, which; else the receptor.
  uint8_t type;
  uint16_t delay; // ticks beyond that of the next
};

/// The network in the numbers of the chip, not yet on its cores.
struct CodedNetwork {
  uint32_t numNeurons = 0, numLines = 0;
  std::vector<int32_t> parameters; // of each neuron
  std::vector<int32_t> initial;    // registers of each neuron
  std::vector<int16_t> tables;     // weights by type of each neuron
  Rows<CodedEdge> edges;           // of each neuron, then of each line
  std::vector<Loss> losses;        // of each population
};

std::variant<CodedNetwork, Refusal> quantize(const Network &network,
                                             const lang::checked::Chip &chip);

/// The same for a network that programs its neurons.
std::variant<CodedNetwork, Refusal> take(const Network &network,
                                         const lang::checked::Chip &chip);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_QUANTIZE_H
