//===- Legalize.h - From a model's equations to a chip's neuron -*- C++ -*-===//
//
// Reads flat cells (after receptors have been put in their places) and takes
// each apart; or, for a chip whose neurons the network programs, makes programs
// of them. What is not of the form that Network.h describes is refused at its
// line; nothing is approximated here.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_LEGALIZE_H
#define SNN_COMPILER_TARGET_CORES_MAP_LEGALIZE_H

#include "compiler/Target/Cores/Map/Network.h"
#include "dialects/Spiking/IR/Ops.h"

#include <variant>

namespace snn::target::cores {

/// The network without its edges and initial potentials, which the run-time
/// library draws; wiring is in the order of the projections.
std::variant<Network, Refusal> legalize(spiking::ExperimentOp experiment,
                                        const lang::checked::Chip &chip);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_LEGALIZE_H
