//===- Models.cpp - Checks neurons and synapses, each once ----------------===//
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
           std::ranges::any_of(program.synapses, same);
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
  rules::checkSynapse(*model, diagnostics);
  model->name = uniqueName(model->name + suffix);
  keepDraws(*model, std::move(checker.draws));
  program.synapses.push_back(std::move(*model));
  unsigned index = static_cast<unsigned>(program.synapses.size() - 1);
  synapses[key] = index;
  return index;
}

} // namespace snn::lang
