//===- Models.cpp - Checks models, each once ------------------------------===//
//
// Remembers what was checked, and gives models unique names.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Models.h"

#include "lang/Sema/ModelChecker.h"
#include "lang/Sema/Rules/Models.h"

#include <algorithm>

namespace snn::lang {

std::string Models::uniqueName(std::string name) const {
  auto isTaken = [&](const std::string &wanted) {
    auto same = [&](const checked::Dynamics &model) {
      return model.name == wanted;
    };
    return std::ranges::any_of(program.neurons, same) ||
           std::ranges::any_of(program.synapses, same) ||
           std::ranges::any_of(program.plasticity, same);
  };
  std::string result = name;
  for (unsigned number = 2; isTaken(result); ++number)
    result = name + "#" + std::to_string(number);
  return result;
}

std::optional<unsigned> Models::neuron(const Declared &declared) {
  auto [known, isNew] =
      neurons.emplace(declared.declaration, std::optional<unsigned>());
  if (!isNew)
    return known->second;
  ModelChecker checker(*this, declared, {});
  std::optional<checked::NeuronModel> model = checker.neuron();
  if (!model)
    return std::nullopt;
  rules::checkNeuron(*model, program.synapses, diagnostics);
  model->name = uniqueName(model->name);
  keepDraws(*model, std::move(checker.draws));
  program.neurons.push_back(std::move(*model));
  unsigned index = static_cast<unsigned>(program.neurons.size() - 1);
  neurons[declared.declaration] = index;
  return index;
}

std::optional<unsigned>
Models::synapse(const Declared &declared,
                const std::vector<Dimension> &generics) {
  std::string suffix;
  for (const Dimension &dimension : generics)
    suffix += (suffix.empty() ? "<" : ", ") + dimension.unit();
  if (!suffix.empty())
    suffix += ">";
  std::pair key{declared.declaration, suffix};
  auto [known, isNew] = synapses.emplace(key, std::optional<unsigned>());
  if (!isNew)
    return known->second;
  ModelChecker checker(*this, declared, generics);
  std::optional<checked::SynapseModel> model = checker.synapse();
  if (!model)
    return std::nullopt;
  rules::checkDynamics(*model, diagnostics);
  model->name = uniqueName(model->name + suffix);
  keepDraws(*model, std::move(checker.draws));
  program.synapses.push_back(std::move(*model));
  unsigned index = static_cast<unsigned>(program.synapses.size() - 1);
  synapses[key] = index;
  return index;
}

std::optional<unsigned> Models::modulator(const Declared &declared) {
  auto [known, isNew] =
      neurons.emplace(declared.declaration, std::optional<unsigned>());
  if (!isNew)
    return known->second;
  ModelChecker checker(*this, declared, {});
  std::optional<checked::NeuronModel> model = checker.modulator();
  if (!model)
    return std::nullopt;
  rules::checkDynamics(*model, diagnostics);
  model->name = uniqueName(model->name);
  keepDraws(*model, std::move(checker.draws));
  program.neurons.push_back(std::move(*model));
  unsigned index = static_cast<unsigned>(program.neurons.size() - 1);
  neurons[declared.declaration] = index;
  return index;
}

std::optional<unsigned> Models::plasticity(const Declared &declared,
                                           const Dimension &weight) {
  std::pair key{declared.declaration, weight.unit()};
  auto [known, isNew] = plasticityRules.emplace(key, std::optional<unsigned>());
  if (!isNew)
    return known->second;
  ModelChecker checker(*this, declared, {weight});
  std::optional<checked::PlasticityModel> model = checker.plasticity();
  if (!model)
    return std::nullopt;
  rules::checkDynamics(*model, diagnostics);
  model->name = uniqueName(model->name + "<" + weight.unit() + ">");
  program.plasticity.push_back(std::move(*model));
  unsigned index = static_cast<unsigned>(program.plasticity.size() - 1);
  plasticityRules[key] = index;
  return index;
}

std::optional<Dimension> Models::weightOf(const Declared &declared,
                                          const Dimension &wanted) {
  auto [known, isNew] = weights.emplace(
      std::pair(declared.declaration, wanted.unit()), std::nullopt);
  if (!isNew)
    return known->second;
  for (const Dimension &weight :
       {wanted, Dimension::voltage(), Dimension::current(),
        Dimension::conductance(), Dimension::none(),
        Dimension::voltage() / Dimension::time(), Dimension::frequency()}) {
    DiagnosticEngine unheard(diagnostics.sourceMap());
    checked::Program trialProgram;
    Models trial(trialProgram, unheard);
    if (trial.plasticity(declared, weight))
      return known->second = weight;
  }
  return std::nullopt;
}

} // namespace snn::lang
