//===- Receptors.cpp - Synapses on a neuron -------------------------------===//
//
// A receptor is an instance of a synapse model: its arguments are expressions
// of the neuron's parameters, its host values are values of the neuron, and the
// neuron reads its states and lets.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/ModelChecker.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

std::vector<std::pair<std::string, ReceptorOutput>>
outputsOf(const SynapseModel &synapse) {
  std::vector<std::pair<std::string, ReceptorOutput>> outputs;
  auto add = [&](ReceptorOutput::Kind kind, const auto &table,
                 auto &&dimensionOf) {
    for (unsigned i = 0; i < table.size(); ++i)
      outputs.push_back({table[i].name, {kind, i, dimensionOf(table[i])}});
  };
  auto own = [](const auto &value) { return value.dimension; };
  add(ReceptorOutput::Kind::State, synapse.states, own);
  add(ReceptorOutput::Kind::Let, synapse.lets,
      [](const checked::Let &let) { return let.value->dimension; });
  add(ReceptorOutput::Kind::Sum, synapse.sums, own);
  return outputs;
}

ExprRef readOutput(Receptor &receptor, unsigned index,
                   const ReceptorOutput &output, SourceRange range) {
  auto same =
      std::ranges::find_if(receptor.outputs, [&](const ReceptorOutput &other) {
        return other.kind == output.kind && other.index == output.index;
      });
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::ReceptorOutput;
  node->index = index;
  node->output = static_cast<unsigned>(same - receptor.outputs.begin());
  node->dimension = output.dimension;
  node->range = range;
  if (same == receptor.outputs.end())
    receptor.outputs.push_back(output);
  return node;
}

/// `V = V_d`: the host value that an argument gives another name to; -1 if
/// none.
static ptrdiff_t hostOf(const ast::Argument &argument,
                        const SynapseModel &synapse) {
  auto found =
      std::ranges::find(synapse.hosts, argument.name.text, &Host::name);
  return argument.name.empty() || found == synapse.hosts.end()
             ? -1
             : found - synapse.hosts.begin();
}

std::vector<ExprRef>
ModelChecker::receptorArguments(const ast::Instantiation &instantiation,
                                const SynapseModel &synapse, bool &isValid) {
  std::vector<ExprRef> arguments(synapse.params.size());
  reach = Reach::Parameters;
  size_t position = 0;
  for (const ast::Argument &argument : instantiation.arguments) {
    if (hostOf(argument, synapse) >= 0)
      continue; // a name, as bindHosts sees it
    auto param = synapse.params.end();
    if (argument.name.empty()) {
      if (position < synapse.params.size())
        param = synapse.params.begin() + static_cast<ptrdiff_t>(position++);
    } else {
      param = std::ranges::find(synapse.params, argument.name.text,
                                &Parameter::name);
    }
    if (param == synapse.params.end()) {
      isValid = false;
      SourceRange range =
          argument.name.empty() ? argument.range : argument.name.range;
      std::string given = argument.name.empty()
                              ? sourceText(argument.range, diagnostics)
                              : argument.name.text;
      std::vector<std::string> names;
      for (const Parameter &known : synapse.params)
        names.push_back(known.name);
      Diagnostic &message = diagnostics.report(
          diag::UnknownParameter, range,
          "synapse `" + instantiation.model.text + "`", given);
      if (auto meant = nearest(given, names))
        message.at("did you mean `" + *meant + "`?");
      message.note("`" + instantiation.model.text +
                   "` has parameters: " + joinNames(names));
      continue;
    }
    size_t index = static_cast<size_t>(param - synapse.params.begin());
    if (arguments[index]) {
      diagnostics.report(diag::GivenTwice, argument.range, param->name);
      isValid = false;
      continue;
    }
    ExpressionChecker checker(*this, diagnostics);
    Typed value = checker.checkGiven(*argument.value, "`" + param->name + "`",
                                     param->dimension, param->range);
    if (value.isError())
      isValid = false;
    arguments[index] = value.expr;
  }
  for (size_t i = 0; i < arguments.size(); ++i)
    if (!arguments[i] && !synapse.params[i].defaultValue && isValid) {
      diagnostics
          .report(diag::MissingArgument, instantiation.range,
                  "synapse `" + instantiation.model.text + "`",
                  synapse.params[i].name)
          .label(synapse.params[i].range, "it has no default");
      isValid = false;
    }
  return arguments;
}

/// What the neuron calls each host value; empty if an argument is wrong.
std::optional<std::vector<std::string>>
ModelChecker::hostNames(const ast::Instantiation &instantiation,
                        const SynapseModel &synapse) {
  std::vector<std::string> names;
  for (const Host &host : synapse.hosts)
    names.push_back(host.name);
  for (const ast::Argument &argument : instantiation.arguments) {
    ptrdiff_t host = hostOf(argument, synapse);
    if (host < 0)
      continue;
    const auto *name = ast::dynCast<ast::NameExpr>(argument.value.get());
    if (!name) {
      diagnostics.report(diag::HostIsAName, argument.value->range,
                         sourceText(argument.value->range, diagnostics),
                         argument.name.text);
      return std::nullopt;
    }
    names[static_cast<size_t>(host)] = name->name;
  }
  return names;
}

/// How a neuron's value is bound; only states, parameters and inputs can be.
static std::optional<HostBinding::Kind> bindingKind(Symbol::Kind kind) {
  switch (kind) {
  case Symbol::Kind::State:
    return HostBinding::Kind::State;
  case Symbol::Kind::Param:
    return HostBinding::Kind::Param;
  case Symbol::Kind::Input:
    return HostBinding::Kind::Input;
  default:
    return std::nullopt;
  }
}

bool ModelChecker::bindHosts(const std::vector<std::string> &names,
                             const SynapseModel &synapse, Receptor &receptor) {
  for (size_t i = 0; i < names.size(); ++i) {
    const Host &host = synapse.hosts[i];
    const std::string &name = names[i];
    const Symbol *symbol = symbols.find(name);
    if (symbol && !symbol->isValid)
      return false;
    auto kind = symbol ? bindingKind(symbol->kind) : std::nullopt;
    if (!kind) {
      Diagnostic &message = diagnostics.report(
          diag::HostMissing, receptor.range, receptor.name,
          name + " : " + host.dimension.unit(), decl.name.text);
      message.label(host.range, "read here");
      if (symbol)
        message.label(symbol->range,
                      "it is " + std::string(describe(symbol->kind)));
      else if (std::ranges::find(members, name, &Member::name) != members.end())
        message.note("`" + name +
                     "` depends on receptors itself; a host value is a "
                     "state, a parameter or an input");
      return false;
    }
    if (symbol->dimension != host.dimension) {
      diagnostics
          .report(diag::HostDimension, receptor.range, receptor.name, name,
                  host.dimension, symbol->dimension)
          .label(symbol->range, "declared here in " + symbol->dimension.unit())
          .label(host.range, "read here in " + host.dimension.unit());
      return false;
    }
    if (synapse.isContinuous() && kind == HostBinding::Kind::Input) {
      diagnostics
          .report(diag::SumReadsInput, receptor.range, receptor.name, name)
          .label(symbol->range, "declared here")
          .label(host.range, "read here");
      return false;
    }
    receptor.hosts.push_back({*kind, symbol->index});
  }
  return true;
}

void ModelChecker::receptor(const Member &member) {
  const ast::Instantiation &instantiation = member.receptor->synapse;
  Receptor receptor;
  receptor.name = member.name;
  receptor.range = member.receptor->range;
  auto finish = [&](bool isValid) {
    hasBrokenReceptor |= !isValid;
    symbols.define({Symbol::Kind::Receptor,
                    member.name,
                    static_cast<unsigned>(neuronModel.receptors.size()),
                    {},
                    member.range,
                    isValid,
                    false,
                    nullptr});
    neuronModel.receptors.push_back(std::move(receptor));
  };
  Declared found = member.module->find(instantiation.model.text);
  const auto *model = ast::dynCast<ast::ModelDecl>(found.declaration);
  if (!found || !model || model->model != ast::ModelKind::Synapse) {
    if (found) {
      diagnostics
          .report(diag::WrongDeclaration, instantiation.model.range,
                  instantiation.model.text, "no synapse", "a synapse")
          .label(nameOf(*found.declaration).range, "declared here");
      return finish(false);
    }
    std::vector<std::string> names;
    for (const auto &[name, known] : member.module->names)
      if (const auto *other = ast::dynCast<ast::ModelDecl>(known.declaration);
          other && other->model == ast::ModelKind::Synapse)
        names.push_back(name);
    Diagnostic &message =
        diagnostics.report(diag::UnknownModel, instantiation.model.range,
                           "synapse model", instantiation.model.text);
    if (auto meant = nearest(instantiation.model.text, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", instantiation.model.range, *meant);
    if (!names.empty())
      message.note("synapses in scope: " + joinNames(names));
    else
      message.help("bring it in with `use synapses." +
                   instantiation.model.text + "`");
    return finish(false);
  }
  bool isValid = true;
  std::vector<Dimension> dimensions = receptorGenerics(member, *model, isValid);
  std::optional<unsigned> synapse;
  if (isValid)
    synapse = models.synapse(found, dimensions);
  if (!synapse)
    return finish(false);
  receptor.synapse = *synapse;
  // The table of synapses may grow while arguments are checked.
  SynapseModel checkedModel = program.synapses[*synapse];
  receptor.arguments = receptorArguments(instantiation, checkedModel, isValid);
  auto names = hostNames(instantiation, checkedModel);
  isValid &= names && bindHosts(*names, checkedModel, receptor);
  finish(isValid);
}

std::vector<Dimension>
ModelChecker::receptorGenerics(const Member &member,
                               const ast::ModelDecl &synapse, bool &isValid) {
  const ast::Instantiation &instantiation = member.receptor->synapse;
  std::vector<Dimension> dimensions;
  if (instantiation.generics.size() > synapse.generics.size()) {
    diagnostics.report(diag::WrongArgumentCount, instantiation.range,
                       instantiation.model.text,
                       argumentCount(synapse.generics.size()),
                       Count(instantiation.generics.size()));
    isValid = false;
    return dimensions;
  }
  for (const ast::Unit &unit : instantiation.generics) {
    std::optional<DeclaredType> given = type(unit);
    if (!given) {
      isValid = false;
      return dimensions;
    }
    dimensions.push_back(given->dimension);
  }
  if (dimensions.size() == synapse.generics.size())
    return dimensions;
  std::optional<Dimension> inferred;
  if (synapse.generics.size() - dimensions.size() == 1)
    inferred =
        inferGeneric(member, member.module->find(instantiation.model.text));
  if (!inferred) {
    diagnostics
        .report(diag::GenericUnknown, instantiation.range,
                instantiation.model.text, synapse.generics.back().text,
                member.name)
        .help("write it: `" + instantiation.model.text + "<pA>`");
    isValid = false;
    return dimensions;
  }
  dimensions.push_back(*inferred);
  return dimensions;
}

Typed ModelChecker::member(const ast::MemberExpr &member) {
  const auto *base = ast::dynCast<ast::NameExpr>(member.base.get());
  const Symbol *symbol = base ? symbols.find(base->name) : nullptr;
  if (!symbol && base && base->name == "pre" &&
      decl.model == ast::ModelKind::Synapse)
    return sourceValue(member);
  if (!symbol) {
    std::string name = sourceText(member.base->range, diagnostics);
    if (base &&
        std::ranges::find(members, name, &Member::name) != members.end()) {
      diagnostics.report(diag::UsedBeforeDefinition, member.base->range, name);
      return Typed::error();
    }
    std::vector<std::string> names;
    for (const Receptor &receptor : neuronModel.receptors)
      names.push_back(receptor.name);
    Diagnostic &message = diagnostics.report(
        diag::UnknownName, member.base->range, name, description());
    if (auto meant = nearest(name, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", member.base->range, *meant);
    else if (!names.empty())
      message.note("receptors: " + joinNames(names));
    return Typed::error();
  }
  if (!symbol->isValid)
    return Typed::error();
  if (symbol->kind == Symbol::Kind::Modulator)
    return modulatorState(member, *symbol);
  if (symbol->kind != Symbol::Kind::Receptor) {
    diagnostics
        .report(diag::NoMembers, member.range, symbol->name,
                std::string(describe(symbol->kind)))
        .label(symbol->range, "declared here");
    return Typed::error();
  }
  Receptor &receptor = neuronModel.receptors[symbol->index];
  const SynapseModel &synapse = program.synapses[receptor.synapse];
  auto outputs = outputsOf(synapse);
  auto found =
      std::ranges::find(outputs, member.member.text,
                        &std::pair<std::string, ReceptorOutput>::first);
  if (found == outputs.end()) {
    std::vector<std::string> names;
    for (const auto &[name, output] : outputs)
      names.push_back(name);
    Diagnostic &message =
        diagnostics.report(diag::UnknownMember, member.member.range,
                           symbol->name, member.member.text);
    if (auto meant = nearest(member.member.text, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", member.member.range, *meant);
    message.note("synapse `" + synapse.name + "` has: " + joinNames(names));
    return Typed::error();
  }
  if (reach == Reach::Parameters) {
    diagnostics.report(diag::NotParameter, member.range,
                       sourceText(member.range, diagnostics));
    return Typed::error();
  }
  return Typed::quantity(
      readOutput(receptor, symbol->index, found->second, member.range));
}

} // namespace snn::lang
