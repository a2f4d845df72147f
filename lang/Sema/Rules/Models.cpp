//===- Models.cpp - All rules of a model ----------------------------------===//
//
// The list, and the values of parameters that the rules share.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"

#include "lang/Sema/Evaluate.h"

namespace snn::lang::rules {

ParameterValues defaultsOf(const checked::Dynamics &model) {
  ParameterValues result;
  result.values = evaluateParameters(model.params);
  for (const checked::Parameter &param : model.params)
    result.places.push_back(param.range);
  return result;
}

void checkNeuron(const checked::NeuronModel &model,
                 DiagnosticEngine &diagnostics) {
  ParameterValues params = defaultsOf(model);
  checkSpikeHasReset(model, diagnostics);
  checkPositive(model, params, diagnostics);
  checkResetBelowThreshold(model, params, diagnostics);
  checkMagnitudes(model, params, diagnostics);
}

void checkSynapse(const checked::SynapseModel &model,
                  DiagnosticEngine &diagnostics) {
  ParameterValues params = defaultsOf(model);
  checkPositive(model, params, diagnostics);
  checkMagnitudes(model, params, diagnostics);
}

} // namespace snn::lang::rules
