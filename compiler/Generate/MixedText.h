//===- MixedText.h - Neurons between two codes ------------------*- C++ -*-===//
//
// Of networks whose layers have codes of their own: a neuron for each pair of
// what it emits and what it receives.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_GENERATE_MIXEDTEXT_H
#define SNN_COMPILER_GENERATE_MIXEDTEXT_H

#include "compiler/Generate/Plan.h"

namespace snn::generate {

/// What the neuron of a population is called.
std::string mixedNeuron(const Plan &plan, const Population &population);
/// The port of a neuron that spikes of a code go to.
std::string mixedPort(Code code);
/// All neurons that a plan needs, each once.
std::string mixedNeurons(const Plan &plan);
/// Whether neurons of a population are told of single steps.
bool needsSteps(const Plan &plan, const Population &population);

} // namespace snn::generate

#endif // SNN_COMPILER_GENERATE_MIXEDTEXT_H
