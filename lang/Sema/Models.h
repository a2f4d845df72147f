//===- Models.h - Checks neurons, synapses and rules ------------*- C++ -*-===//
//
// Turns model declarations into checked models, each once; a generic synapse
// and a plasticity rule once for every dimension it is used with. A model with
// errors is remembered as such, so its uses are silent.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_MODELS_H
#define SNN_LANG_SEMA_MODELS_H

#include "lang/Modules/Modules.h"
#include "lang/Sema/Checked.h"

#include <map>
#include <optional>
#include <vector>

namespace snn::lang {

class Models {
public:
  Models(checked::Program &program, DiagnosticEngine &diagnostics)
      : program(program), diagnostics(diagnostics) {}

  /// The index in Program::neurons; empty for a model with errors.
  std::optional<unsigned> neuron(const Declared &declared);
  /// The index in Program::synapses. `generics` has one dimension for each
  /// generic parameter.
  std::optional<unsigned> synapse(const Declared &declared,
                                  const std::vector<Dimension> &generics);

  /// The index in Program::neurons of a modulator.
  std::optional<unsigned> modulator(const Declared &declared);
  /// The index in Program::plasticity of a rule for weights of a dimension.
  std::optional<unsigned> plasticity(const Declared &declared,
                                     const Dimension &weight);
  /// The dimension of weights that a rule checks with, without saying so: the
  /// wanted one if it does, else the first that does, else none.
  std::optional<Dimension> weightOf(const Declared &declared,
                                    const Dimension &wanted);

  /// Gives a population the draws of its model where it has no values itself.
  void drawStates(const checked::Dynamics &model,
                  std::vector<std::optional<checked::Value>> &initial) const;

  checked::Program &program;
  DiagnosticEngine &diagnostics;

private:
  /// By the name of the model and the index of the state.
  std::map<std::string, std::map<unsigned, checked::Value>> drawn;
  void keepDraws(const checked::Dynamics &model,
                 std::map<unsigned, checked::Value> draws);
  std::map<const ast::Stmt *, std::optional<unsigned>> neurons;
  std::map<std::pair<const ast::Stmt *, std::string>, std::optional<unsigned>>
      synapses, plasticityRules;
  std::map<std::pair<const ast::Stmt *, std::string>, std::optional<Dimension>>
      weights;

  std::string uniqueName(std::string name) const;
};

/// Before what an attribute stands.
enum class AttributeOwner {
  Model,
  Rule,
  Population,
  Connection,
  Structure,
  Experiment,
  Other
};

/// The attribute with its arguments as numbers and words; reports what is
/// neither, attributes that do not exist and those that say nothing of their
/// owner. `@allow` goes to the engine.
std::vector<checked::Attribute>
checkAttributes(const std::vector<const ast::Attribute *> &attributes,
                AttributeOwner owner, SourceRange scope,
                DiagnosticEngine &diagnostics);

/// Checks the attributes before what has none of its own: parameters,
/// equations, drives, expectations. Only `@allow` says something of them.
void checkOtherAttributes(const ast::Stmt &declaration,
                          DiagnosticEngine &diagnostics);

/// What `@storage` among them asks for.
std::optional<checked::Storage>
storageOf(const std::vector<checked::Attribute> &attributes);

/// What a neuron can read of a synapse, and what each is called.
std::vector<std::pair<std::string, checked::ReceptorOutput>>
outputsOf(const checked::SynapseModel &synapse);

/// A reference to an output of receptor `index`, which is listed there.
checked::ExprRef readOutput(checked::Receptor &receptor, unsigned index,
                            const checked::ReceptorOutput &output,
                            SourceRange range);

} // namespace snn::lang

#endif // SNN_LANG_SEMA_MODELS_H
