//===- Use.cpp - What is declared matters ---------------------------------===//
//
// A parameter, an input or a receptor that nothing reads, and a state that
// nothing changes, mean that a term, an equation or a name went wrong: the
// model runs, and is another one. States and lets that nothing reads can be
// recorded.
//
// What a base declares for its heirs is used by them: a declaration is known by
// its place, which all models that have it share.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"

#include <set>
#include <string>
#include <utility>

namespace snn::lang::rules {

using namespace checked;

namespace {

class Uses {
public:
  void add(const NeuronModel &model);
  void add(const SynapseModel &model);
  void add(const PlasticityModel &model);
  /// What rules read of the neurons they are used with, by its name.
  void addHosts(const NeuronModel &model, const std::set<std::string> &hosts);
  void report(const NeuronModel &model, DiagnosticEngine &diagnostics);
  void report(const SynapseModel &model, DiagnosticEngine &diagnostics);
  void report(const PlasticityModel &model, DiagnosticEngine &diagnostics);

private:
  using Place = std::pair<uint32_t, uint32_t>;
  static Place placeOf(SourceRange range) {
    return {range.buffer, range.begin};
  }

  void addDynamics(const Dynamics &model);
  void visit(const ExprRef &expr);
  void visit(const std::vector<Statement> &body);
  void reportDynamics(const Dynamics &model, DiagnosticEngine &diagnostics);
  template <typename Declared>
  void reportUnread(const Dynamics &model, const std::vector<Declared> &all,
                    const char *what, DiagnosticEngine &diagnostics);
  /// Whether what stands at `range` is not `found`, and nobody was told yet. A
  /// base in another file has readers there.
  static bool isMissing(const Dynamics &model, SourceRange range,
                        std::set<Place> &found) {
    return model.range.buffer == range.buffer &&
           found.insert(placeOf(range)).second;
  }

  std::set<Place> read, changed;
  /// The model that is visited, and what only some models have.
  const Dynamics *dynamics = nullptr;
  const NeuronModel *neuron = nullptr;
  const std::vector<Host> *hosts = nullptr, *sources = nullptr;
  const std::vector<ModulatorUse> *modulators = nullptr;
};

void Uses::visit(const ExprRef &expr) {
  if (!expr)
    return;
  switch (expr->kind) {
  case ExprKind::Param:
    read.insert(placeOf(dynamics->params[expr->index].range));
    break;
  case ExprKind::Input: // a sum of a synapse is there to be recorded, too
    if (neuron == dynamics)
      read.insert(placeOf(neuron->inputs[expr->index].range));
    break;
  case ExprKind::Source:
    read.insert(placeOf((*sources)[expr->index].range));
    break;
  case ExprKind::Host:
    read.insert(placeOf((*hosts)[expr->index].range));
    break;
  case ExprKind::ReceptorOutput:
    read.insert(placeOf(neuron->receptors[expr->index].range));
    break;
  case ExprKind::Modulator:
    read.insert(placeOf((*modulators)[expr->index].range));
    break;
  default:
    break;
  }
  for (const ExprRef &operand : expr->operands)
    visit(operand);
}

void Uses::visit(const std::vector<Statement> &body) {
  for (const Statement &statement : body) {
    if (const auto &assignment = statement.assignment) {
      changed.insert(placeOf(dynamics->states[assignment->state].range));
      visit(assignment->value);
    }
    visit(statement.sent);
    if (const auto &conditional = statement.conditional) {
      visit(conditional->condition);
      visit(conditional->thenBody);
      visit(conditional->elseBody);
    }
  }
}

void Uses::addDynamics(const Dynamics &model) {
  for (const Parameter &param : model.params)
    visit(param.defaultValue);
  for (const State &state : model.states)
    visit(state.initial);
  for (const Let &let : model.lets)
    visit(let.value);
  for (const Equation &equation : model.equations) {
    changed.insert(placeOf(model.states[equation.state].range));
    visit(equation.drift);
    for (const ExprRef &noise : equation.noise)
      visit(noise);
  }
}

void Uses::add(const NeuronModel &model) {
  dynamics = neuron = &model;
  addDynamics(model);
  for (const Receptor &receptor : model.receptors) {
    for (const ExprRef &argument : receptor.arguments)
      visit(argument);
    for (const HostBinding &host : receptor.hosts) {
      if (host.kind == HostBinding::Kind::Param)
        read.insert(placeOf(model.params[host.index].range));
      else if (host.kind == HostBinding::Kind::Input)
        read.insert(placeOf(model.inputs[host.index].range));
    }
  }
  for (const Port &port : model.ports)
    visit(port.body);
  if (!model.spike)
    return;
  visit(model.spike->condition);
  visit(model.spike->reset);
  if (model.spike->refractory)
    visit(model.spike->refractory->duration);
}

void Uses::add(const SynapseModel &model) {
  dynamics = &model;
  hosts = &model.hosts;
  sources = &model.sources;
  addDynamics(model);
  for (const SynapticSum &sum : model.sums)
    visit(sum.summand);
  visit(model.onSpike.body);
}

void Uses::add(const PlasticityModel &model) {
  dynamics = &model;
  hosts = &model.hosts;
  modulators = &model.modulators;
  addDynamics(model);
  // A rule may leave the weight as it is, and send another.
  changed.insert(placeOf(model.states[0].range));
  for (const PlasticityModel::Sum &sum : model.sums)
    changed.insert(placeOf(model.states[sum.into].range));
  for (const PlasticityHandler &handler : model.handlers)
    visit(handler.body);
  for (const StateBound &bound : model.bounds) {
    visit(bound.low);
    visit(bound.high);
  }
}

void Uses::addHosts(const NeuronModel &model,
                    const std::set<std::string> &hosts) {
  for (const Parameter &param : model.params)
    if (hosts.contains(param.name))
      read.insert(placeOf(param.range));
  for (const Input &input : model.inputs)
    if (hosts.contains(input.name))
      read.insert(placeOf(input.range));
}

template <typename Declared>
void Uses::reportUnread(const Dynamics &model, const std::vector<Declared> &all,
                        const char *what, DiagnosticEngine &diagnostics) {
  for (const Declared &one : all)
    if (isMissing(model, one.range, read))
      diagnostics.report(diag::NeverRead, one.range, what, one.name)
          .help("use it, leave it out, or silence with `@allow(W0355)`");
}

void Uses::reportDynamics(const Dynamics &model,
                          DiagnosticEngine &diagnostics) {
  reportUnread(model, model.params, "parameter", diagnostics);
  for (const State &state : model.states)
    if (isMissing(model, state.range, changed))
      diagnostics.report(diag::NeverChanges, state.range, state.name)
          .help("add `" + state.name +
                "' = ...`, or make it a parameter; silence with "
                "`@allow(W0356)`");
}

void Uses::report(const NeuronModel &model, DiagnosticEngine &diagnostics) {
  reportDynamics(model, diagnostics);
  reportUnread(model, model.inputs, "input", diagnostics);
  reportUnread(model, model.receptors, "receptor", diagnostics);
}

void Uses::report(const SynapseModel &model, DiagnosticEngine &diagnostics) {
  reportDynamics(model, diagnostics);
  reportUnread(model, model.hosts, "host value", diagnostics);
  reportUnread(model, model.sources, "value of the source", diagnostics);
}

void Uses::report(const PlasticityModel &model, DiagnosticEngine &diagnostics) {
  reportDynamics(model, diagnostics);
  reportUnread(model, model.hosts, "host value", diagnostics);
  reportUnread(model, model.modulators, "modulator", diagnostics);
}

} // namespace

void checkUse(const Program &program, DiagnosticEngine &diagnostics) {
  Uses uses;
  for (const NeuronModel &model : program.neurons)
    uses.add(model);
  for (const SynapseModel &model : program.synapses)
    uses.add(model);
  std::set<std::string> hosts;
  for (const PlasticityModel &model : program.plasticity) {
    uses.add(model);
    for (const Host &host : model.hosts)
      hosts.insert(host.name);
  }
  for (const NeuronModel &model : program.neurons)
    uses.addHosts(model, hosts);
  for (const NeuronModel &model : program.neurons)
    uses.report(model, diagnostics);
  for (const SynapseModel &model : program.synapses)
    uses.report(model, diagnostics);
  for (const PlasticityModel &model : program.plasticity)
    uses.report(model, diagnostics);
}

} // namespace snn::lang::rules
