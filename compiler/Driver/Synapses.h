//===- Synapses.h - The synapses of a run, as files -------------*- C++ -*-===//
//
// A network is a function of its description and the seed, so that the
// synapses of a run can be had from both, without the run.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_SYNAPSES_H
#define SNN_COMPILER_DRIVER_SYNAPSES_H

#include "compiler/Driver/Console.h"
#include "lang/Sema/Checked.h"
#include "snn/runtime.h"

namespace snn::driver {

/// Writes synapses.npz and synapses.json into `folder`, for the projections
/// that `plot weights` and `plot connectivity` clauses name; nothing without
/// such clauses.
std::optional<Failure>
writeSynapses(const lang::checked::Experiment &experiment,
              const snn_model &model, uint64_t networkSeed,
              const std::string &folder);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_SYNAPSES_H
