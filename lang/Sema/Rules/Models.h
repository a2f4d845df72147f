//===- Models.h - Rules of whole models -------------------------*- C++ -*-===//
//
// What holds for a neuron or a synapse beyond names and dimensions; one file
// each.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_RULES_MODELS_H
#define SNN_LANG_SEMA_RULES_MODELS_H

#include "lang/Diagnostics/Engine.h"
#include "lang/Sema/Checked.h"

#include <optional>
#include <vector>

namespace snn::lang::rules {

/// All rules of a neuron, of a synapse.
void checkNeuron(const checked::NeuronModel &model,
                 DiagnosticEngine &diagnostics);
void checkSynapse(const checked::SynapseModel &model,
                  DiagnosticEngine &diagnostics);

/// Known values of the parameters and the place of each.
struct ParameterValues {
  std::vector<std::optional<double>> values;
  std::vector<SourceRange> places;
};
ParameterValues defaultsOf(const checked::Dynamics &model);

/// A level condition is undone by the reset or followed by a refractory time.
void checkSpikeHasReset(const checked::NeuronModel &model,
                        DiagnosticEngine &diagnostics);
/// The reset lies below the threshold, for these parameters.
void checkResetBelowThreshold(const checked::NeuronModel &model,
                              const ParameterValues &params,
                              DiagnosticEngine &diagnostics);
/// The refractory time is whole steps, for these parameters.
void checkRefractoryOnGrid(const checked::NeuronModel &model,
                           const ParameterValues &params, double step,
                           SourceRange stepRange,
                           DiagnosticEngine &diagnostics);
/// Values that no neuron has.
void checkMagnitudes(const checked::Dynamics &model,
                     const ParameterValues &params,
                     DiagnosticEngine &diagnostics);
/// Time constants and capacitances are positive, refractory times not negative.
void checkPositive(const checked::Dynamics &model,
                   const ParameterValues &params,
                   DiagnosticEngine &diagnostics);

} // namespace snn::lang::rules

#endif // SNN_LANG_SEMA_RULES_MODELS_H
