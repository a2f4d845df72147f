//===- ModelChecker.h - Checks one model ------------------------*- C++ -*-===//
//
// What the four kinds of model share: symbols, parameters, states, lets,
// equations and handlers, in that order, so that each sees what it may use.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_MODELCHECKER_H
#define SNN_LANG_SEMA_MODELCHECKER_H

#include "lang/Sema/Expressions.h"
#include "lang/Sema/Members.h"
#include "lang/Sema/Models.h"
#include "lang/Sema/Symbols.h"

#include <utility>

namespace snn::lang {

/// What an expression of a model may refer to.
enum class Reach {
  Parameters, // parameters alone
  All,
};

/// Stands for `noise()` until equations are split into drift and noise.
inline constexpr unsigned noiseArgument = ~0u;

class ModelChecker : public Scope {
public:
  /// Of a plasticity rule, the one generic is the dimension of its weight.
  ModelChecker(Models &models, const Declared &declared,
               std::vector<Dimension> generics);

  /// Checks all; empty if there were errors.
  std::optional<checked::NeuronModel> neuron();
  std::optional<checked::SynapseModel> synapse();
  std::optional<checked::NeuronModel> modulator();
  std::optional<checked::PlasticityModel> plasticity();
  /// Initial values of states that are drawn, by their index.
  std::map<unsigned, checked::Value> draws;

  // Scope
  std::optional<Typed> name(const ast::NameExpr &name) override;
  std::optional<Typed> call(const ast::CallExpr &call) override;
  Typed member(const ast::MemberExpr &member) override;
  Typed element(const ast::IndexExpr &index) override;
  Typed identity(const ast::BinaryExpr &is) override;
  std::vector<Visible> visible() const override;
  std::string description() const override;
  bool isGeneric(const checked::Expr &value) const override;
  checked::ExprRef stepSize(SourceRange range) const override;

private:
  Models &models;
  checked::Program &program;
  DiagnosticEngine &diagnostics;
  const Declared declared;
  const ast::ModelDecl &decl;
  std::vector<Dimension> generics;
  std::vector<Member> members;
  SymbolTable symbols;
  Reach reach = Reach::All;
  /// `noise()` has a meaning: the right side of an equation.
  bool inEquation = false;
  /// Symbols of the handler that is being checked.
  const SymbolTable *locals = nullptr;

  checked::NeuronModel neuronModel;
  /// Some receptor has no kinetics that could be used.
  bool hasBrokenReceptor = false;
  checked::SynapseModel synapseModel;
  /// What connections give to the sums of the synapse: a weight.
  checked::Port summed;
  /// The summand of a `sum` is being checked.
  bool inSum = false;
  Typed sourceValue(const ast::MemberExpr &member);
  checked::PlasticityModel plasticityModel;
  bool isNeuron() const { return decl.model == ast::ModelKind::Neuron; }
  bool isPlasticity() const { return decl.model == ast::ModelKind::Plasticity; }
  checked::Dynamics &dynamics() {
    return const_cast<checked::Dynamics &>(std::as_const(*this).dynamics());
  }
  const checked::Dynamics &dynamics() const {
    if (decl.model == ast::ModelKind::Synapse)
      return synapseModel;
    if (isPlasticity())
      return plasticityModel;
    return neuronModel;
  }

  struct DeclaredType {
    Dimension dimension;
    bool isGeneric = false;
  };
  /// Empty where it names nothing; reported.
  std::optional<DeclaredType> type(const ast::Unit &unit);

  /// The parameters that are being checked; an overriding one may use what the
  /// heir declares after the place that it takes.
  std::vector<const Member *> open;
  bool checkEarly(const Member &later);

  /// What overrides a quantity has its dimension; reports it if not.
  bool keepsDimension(const Member &member, const Dimension &dimension);
  std::optional<Dimension> inheritedDimension(const std::string &name);

  void common();
  void parameter(const Member &member);
  std::optional<DeclaredType> unitOf(const ast::Binding &binding,
                                     std::string_view what);
  void input(const Member &member);
  void host(const Member &member);
  void source(const Member &member);
  void sum(const Member &member);
  void state(const Member &member);
  void let(const Member &member);
  void equation(const Member &member);
  void other(const Member &member);
  void receptor(const Member &member);
  /// The value and dimension of a binding: from its type, its value, or both.
  struct Bound {
    bool isValid = false;
    DeclaredType type;
    checked::ExprRef value;
  };
  Bound binding(const ast::Binding &binding, Reach what,
                const std::string &context);
  /// `state V ~ uniform(-70 mV, -50 mV)`; adds to `draws`.
  Bound drawnState(const Member &member);

  std::vector<Dimension> receptorGenerics(const Member &member,
                                          const ast::ModelDecl &synapse,
                                          bool &isValid);
  std::optional<Dimension> inferGeneric(const Member &member,
                                        const Declared &synapse);
  /// Whether all that reads the receptor checks, if its synapse is `model`.
  bool acceptsReceptor(const Member &tried, unsigned model,
                       const ModelChecker &outer);
  std::optional<std::vector<std::string>>
  hostNames(const ast::Instantiation &instantiation,
            const checked::SynapseModel &synapse);
  bool bindHosts(const std::vector<std::string> &names,
                 const checked::SynapseModel &synapse,
                 checked::Receptor &receptor);
  std::vector<checked::ExprRef>
  receptorArguments(const ast::Instantiation &instantiation,
                    const checked::SynapseModel &synapse, bool &isValid);

  /// `event` is what messages call it: "`on spike`".
  checked::Port port(const std::string &event, const ast::Name &name,
                     const std::vector<ast::Binding> &arguments,
                     const ast::Block &body, SourceRange range);
  std::vector<checked::Statement>
  handler(const std::string &event, SourceRange place, const ast::Block &body);
  void spike(const Member &member);

  // Plasticity.cpp
  /// What a spike changes of a trace.
  struct TraceChange {
    unsigned state = 0;
    std::vector<checked::Statement> body;
  };
  std::vector<TraceChange> traceChanges;
  /// The dimension of what `send` sends, in the handler that may.
  std::optional<Dimension> sends;
  /// The state whose trace is being checked.
  std::optional<unsigned> openTrace;
  /// What `every` does is being checked.
  bool inPeriod = false;
  Typed synapticSum(const ast::CallExpr &call, const std::string &function);
  std::optional<checked::Statement> rewiring(const ast::EventStmt &statement);
  void weight();
  void modulatorUses();
  void modulatorUse(const ast::Binding &binding, const Module &module);
  void trace(const Member &member);
  void traceBody(const Member &member);
  void orderTraces(checked::PlasticityModel::Home side);
  void ruleHandler(const ast::HandlerStmt &handler);
  void periodic(const ast::PeriodicStmt &statement);
  void bound(const Member &member);
  void checkClaim();
  Typed modulatorState(const ast::MemberExpr &member, const Symbol &modulator);
  bool mayHaveEquation(const Symbol &state, const ast::EquationStmt &equation);
  bool mayAssign(const Symbol &state, SourceRange place);
  bool checkTraceReads(const checked::Expr &expr, SourceRange place);
  void checkNoArguments(const ast::HandlerStmt &handler);
  std::string inSteps(const ast::EquationStmt &equation);

  // Handlers
  friend class HandlerChecker;
};

} // namespace snn::lang

#endif // SNN_LANG_SEMA_MODELCHECKER_H
