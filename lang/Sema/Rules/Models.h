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

/// All rules of a neuron, with the receptors that it says the values of; of
/// what has no receptors.
void checkNeuron(const checked::NeuronModel &model,
                 const std::vector<checked::SynapseModel> &synapses,
                 DiagnosticEngine &diagnostics);
void checkDynamics(const checked::Dynamics &model,
                   DiagnosticEngine &diagnostics);

/// Known values of the parameters and the place of each.
struct ParameterValues {
  std::vector<std::optional<double>> values;
  std::vector<SourceRange> places;
  /// Stands before the names in messages: "exc." of a receptor.
  std::string prefix;
};
ParameterValues defaultsOf(const checked::Dynamics &model);

/// The parameters of a receptor's synapse, where the neuron has `params` and
/// the population gives it `own` values (empty: none). Which of them are the
/// neuron's parameters under another name, and judged as such, is in `alias`.
struct ReceptorParameters : ParameterValues {
  std::vector<const checked::Parameter *> alias;
};
ReceptorParameters receptorParameters(
    const checked::NeuronModel &model, const checked::Receptor &receptor,
    const checked::SynapseModel &synapse, const ParameterValues &params,
    const std::vector<std::optional<double>> &own,
    const std::vector<SourceRange> &ownPlaces);
/// The rules of a synapse for the values that a receptor gives it.
void checkReceptor(const checked::SynapseModel &synapse,
                   const ReceptorParameters &params, bool asksAboutSizes,
                   DiagnosticEngine &diagnostics);

/// A bound is not above the other, for these parameters.
bool checkBound(const checked::StateBound &bound, const ParameterValues &params,
                SourceRange place, DiagnosticEngine &diagnostics);
/// The state of a synapse has a closed form between events; `inSteps` is what
/// to write where it has none.
void checkEventDriven(const checked::PlasticityModel &model, unsigned state,
                      const std::string &inSteps,
                      DiagnosticEngine &diagnostics);

/// What the name and the dimension of a parameter say of its sign.
enum class Sign { Any, NotNegative, Positive };
Sign signOf(const checked::Parameter &param);

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
/// The same of a parameter that is drawn: no draw may break the rule.
bool checkDrawnPositive(const checked::Parameter &param,
                        const checked::Value &value, const std::string &name,
                        DiagnosticEngine &diagnostics);

/// The change of state' with the state, in 1/ms, where it is the same for all
/// values of the state; all other states and inputs are zero.
std::optional<double> slopeOf(const checked::Dynamics &model,
                              const checked::Equation &equation,
                              const std::vector<std::optional<double>> &params);
/// No expression is known to have no finite value, for these parameters.
void checkFinite(const checked::Dynamics &model, const ParameterValues &params,
                 DiagnosticEngine &diagnostics);
/// No state grows by its own linear equation, for these parameters.
void checkGrowth(const checked::Dynamics &model, const ParameterValues &params,
                 DiagnosticEngine &diagnostics);

/// What models declare is read, and their states change. Of all models at once:
/// a base may declare what only its heirs use.
void checkUse(const checked::Program &program, DiagnosticEngine &diagnostics);

} // namespace snn::lang::rules

#endif // SNN_LANG_SEMA_RULES_MODELS_H
