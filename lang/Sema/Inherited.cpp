//===- Inherited.cpp - What overrides a quantity has its dimension --------===//
//
// The equations of the base read what an heir overrides. If its dimension is
// another, the mistake is in the heir, not in the equations that it breaks: so
// the base is checked for itself, unheard, and asked.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/ModelChecker.h"

#include <algorithm>

namespace snn::lang {

std::optional<Dimension>
ModelChecker::inheritedDimension(const std::string &name) {
  Declared base = declared.module->find(decl.base.text);
  const auto *baseDecl = ast::dynCast<ast::ModelDecl>(base.declaration);
  if (!baseDecl ||
      (!isPlasticity() && baseDecl->generics.size() != generics.size()))
    return std::nullopt;
  DiagnosticEngine unheard(diagnostics.sourceMap());
  checked::Program trialProgram;
  Models trialModels(trialProgram, unheard);
  auto find = [&](const auto &declarations) -> std::optional<Dimension> {
    auto found = std::ranges::find_if(
        declarations, [&](const auto &one) { return one.name == name; });
    if (found == declarations.end())
      return std::nullopt;
    return found->dimension;
  };
  auto findIn = [&](const checked::Dynamics &model) {
    std::optional<Dimension> result = find(model.params);
    return result ? result : find(model.states);
  };
  if (decl.model == ast::ModelKind::Synapse) {
    std::optional<unsigned> index = trialModels.synapse(base, generics);
    return index ? findIn(trialProgram.synapses[*index]) : std::nullopt;
  }
  if (isPlasticity()) {
    std::optional<unsigned> index = trialModels.plasticity(base, generics[0]);
    return index ? findIn(trialProgram.plasticity[*index]) : std::nullopt;
  }
  std::optional<unsigned> index =
      isNeuron() ? trialModels.neuron(base) : trialModels.modulator(base);
  if (!index)
    return std::nullopt;
  const checked::NeuronModel &model = trialProgram.neurons[*index];
  std::optional<Dimension> result = findIn(model);
  return result ? result : find(model.inputs);
}

bool ModelChecker::keepsDimension(const Member &member,
                                  const Dimension &dimension) {
  if (!member.overridden.isValid())
    return true;
  std::optional<Dimension> needed = inheritedDimension(member.name);
  if (!needed || *needed == dimension)
    return true;
  diagnostics
      .report(diag::WrongDimension, member.binding->range,
              "`" + member.name + "`", describeQuantity(*needed),
              describeQuantity(dimension))
      .label(member.overridden, "declared here in `" + decl.base.text + "`");
  return false;
}

} // namespace snn::lang
