//===- Models.cpp - All rules of a model ----------------------------------===//
//
// The list, and the values of parameters that the rules share.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"

#include "lang/Sema/Evaluate.h"

#include <cmath>

namespace snn::lang::rules {

ParameterValues defaultsOf(const checked::Dynamics &model) {
  ParameterValues result;
  result.values = evaluateParameters(model.params);
  for (const checked::Parameter &param : model.params)
    result.places.push_back(param.range);
  return result;
}

ReceptorParameters receptorParameters(
    const checked::NeuronModel &model, const checked::Receptor &receptor,
    const checked::SynapseModel &synapse, const ParameterValues &params,
    const std::vector<std::optional<double>> &own,
    const std::vector<SourceRange> &ownPlaces) {
  ReceptorParameters result;
  result.prefix = receptor.name + ".";
  result.alias.resize(synapse.params.size());
  Environment ofNeuron = [&](const checked::Expr &expr) {
    return expr.kind == checked::ExprKind::Param ? params.values[expr.index]
                                                 : std::nullopt;
  };
  std::vector<std::optional<double>> given(synapse.params.size());
  for (size_t i = 0; i < synapse.params.size(); ++i) {
    result.places.push_back(synapse.params[i].range);
    if (i < own.size() && own[i]) {
      given[i] = own[i];
      result.places[i] = ownPlaces[i];
    } else if (const checked::ExprRef &argument = receptor.arguments[i]) {
      given[i] = evaluate(*argument, ofNeuron).value;
      // Not the default of the synapse where the argument has no value.
      if (!given[i])
        given[i] = std::nan("");
      bool isLone = argument->kind == checked::ExprKind::Param;
      result.places[i] =
          isLone ? params.places[argument->index] : argument->range;
      if (isLone)
        result.alias[i] = &model.params[argument->index];
    }
  }
  result.values = evaluateParameters(synapse.params, std::move(given));
  return result;
}

void checkReceptor(const checked::SynapseModel &synapse,
                   const ReceptorParameters &params, bool asksAboutSizes,
                   DiagnosticEngine &diagnostics) {
  ParameterValues judged = params;
  for (size_t i = 0; i < judged.values.size(); ++i)
    if (params.alias[i])
      judged.values[i].reset();
  if (asksAboutSizes)
    checkMagnitudes(synapse, judged, diagnostics);
  for (size_t i = 0; i < judged.values.size(); ++i)
    if (params.alias[i] && signOf(*params.alias[i]) == Sign::Any)
      judged.values[i] = params.values[i];
  checkPositive(synapse, judged, diagnostics);
}

void checkNeuron(const checked::NeuronModel &model,
                 const std::vector<checked::SynapseModel> &synapses,
                 DiagnosticEngine &diagnostics) {
  ParameterValues params = defaultsOf(model);
  checkSpikeHasReset(model, diagnostics);
  checkPositive(model, params, diagnostics);
  checkResetBelowThreshold(model, params, diagnostics);
  checkMagnitudes(model, params, diagnostics);
  checkFinite(model, params, diagnostics);
  checkGrowth(model, params, diagnostics);
  for (const checked::Receptor &receptor : model.receptors) {
    const checked::SynapseModel &synapse = synapses[receptor.synapse];
    ReceptorParameters values =
        receptorParameters(model, receptor, synapse, params, {}, {});
    // What the synapse says itself was looked at with the synapse.
    for (size_t i = 0; i < values.values.size(); ++i)
      if (!receptor.arguments[i])
        values.values[i].reset();
    checkReceptor(synapse, values, /*asksAboutSizes=*/true, diagnostics);
  }
}

void checkDynamics(const checked::Dynamics &model,
                   DiagnosticEngine &diagnostics) {
  ParameterValues params = defaultsOf(model);
  checkPositive(model, params, diagnostics);
  checkMagnitudes(model, params, diagnostics);
  checkFinite(model, params, diagnostics);
  checkGrowth(model, params, diagnostics);
}

} // namespace snn::lang::rules
