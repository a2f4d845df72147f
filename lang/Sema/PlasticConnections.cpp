//===- PlasticConnections.cpp - `via Rule(...)` of a connection -----------===//
//
// A rule on a connection has numbers for its parameters, populations of one for
// its modulators, and values of the target neuron for what it reads there.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Models.h"
#include "lang/Sema/Rules/Network.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

std::optional<unsigned> Elaborator::findRule(const ast::Name &name,
                                             const Target &port) {
  Declared found = frame->module->find(name.text);
  const auto *model = ast::dynCast<ast::ModelDecl>(found.declaration);
  if (!model || model->model != ast::ModelKind::Plasticity) {
    if (found) {
      diagnostics
          .report(diag::WrongDeclaration, name.range, name.text,
                  "no plasticity rule", "a plasticity rule")
          .label(nameOf(*found.declaration).range, "declared here");
      return std::nullopt;
    }
    std::vector<std::string> names;
    for (const auto &[known, other] : frame->module->names)
      if (const auto *rule = ast::dynCast<ast::ModelDecl>(other.declaration);
          rule && rule->model == ast::ModelKind::Plasticity)
        names.push_back(known);
    Diagnostic &message = diagnostics.report(diag::UnknownModel, name.range,
                                             "plasticity rule", name.text);
    if (auto meant = nearest(name.text, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", name.range, *meant);
    if (!names.empty())
      message.note("rules in scope: " + joinNames(names));
    else
      message.help("bring it in with `use plasticity." + name.text + "`");
    return std::nullopt;
  }
  std::optional<Dimension> weight = models.weightOf(found, port.weight);
  if (weight && *weight != port.weight) {
    diagnostics
        .report(diag::RuleDimension, name.range, name.text,
                describeQuantity(*weight), port.name,
                describeQuantity(port.weight))
        .label(model->name.range, "the rule is declared here")
        .label(port.range, "the port is declared here");
    return std::nullopt;
  }
  // A rule that is wrong for all is judged as its declaration is, once.
  return models.plasticity(found, weight.value_or(Dimension::voltage()));
}

/// What an argument gives a value to: a modulator first, then a parameter.
struct RuleArgument {
  bool isModulator = false;
  size_t index = 0;
};

static std::optional<RuleArgument> findArgument(const PlasticityModel &rule,
                                                const ast::Argument &argument,
                                                size_t &position) {
  size_t modulators = rule.modulators.size();
  if (argument.name.empty()) {
    if (position >= modulators + rule.params.size())
      return std::nullopt;
    size_t at = position++;
    return at < modulators ? RuleArgument{true, at}
                           : RuleArgument{false, at - modulators};
  }
  const std::string &name = argument.name.text;
  for (size_t i = 0; i < modulators; ++i)
    if (rule.modulators[i].name == name)
      return RuleArgument{true, i};
  for (size_t i = 0; i < rule.params.size(); ++i)
    if (rule.params[i].name == name)
      return RuleArgument{false, i};
  return std::nullopt;
}

/// The population of one that an argument names.
std::optional<unsigned> Elaborator::modulator(const ast::Argument &argument,
                                              const ModulatorUse &use) {
  auto named = [&](unsigned model) {
    return "a modulator `" + program.neurons[model].name + "`";
  };
  auto refs = populations(*argument.value);
  if (!refs)
    return std::nullopt;
  std::string found = "no modulator";
  if (refs->size() == 1 && (*refs)[0].member.empty()) {
    unsigned index = (*refs)[0].slice.population;
    const Population &population = network.populations[index];
    if (population.isModulator && population.model == use.model)
      return index;
    if (population.isModulator)
      found = named(population.model);
  }
  diagnostics
      .report(diag::WrongDeclaration, argument.value->range,
              sourceText(argument.value->range, diagnostics), found,
              named(use.model))
      .label(use.range, "read here");
  return std::nullopt;
}

bool Elaborator::ruleArguments(const ast::Instantiation &written,
                               const PlasticityModel &rule, Plasticity &made,
                               rules::ParameterValues &params) {
  bool isValid = true;
  std::vector<std::optional<unsigned>> modulators(rule.modulators.size());
  std::vector<bool> isGiven(rule.modulators.size());
  made.arguments.resize(rule.params.size());
  for (const Parameter &param : rule.params)
    params.places.push_back(param.range);
  size_t position = 0;
  for (const ast::Argument &argument : written.arguments) {
    std::optional<RuleArgument> meant = findArgument(rule, argument, position);
    if (!meant) {
      isValid = false;
      std::vector<std::string> names;
      for (const ModulatorUse &use : rule.modulators)
        names.push_back(use.name);
      for (const Parameter &param : rule.params)
        names.push_back(param.name);
      SourceRange place =
          argument.name.empty() ? argument.range : argument.name.range;
      std::string text = sourceText(place, diagnostics);
      Diagnostic &message = diagnostics.report(
          diag::UnknownParameter, place,
          "plasticity rule `" + written.model.text + "`", text);
      if (auto closest = nearest(text, names))
        message.at("did you mean `" + *closest + "`?")
            .fix("replace the name", place, *closest);
      message.note("it has: " + joinNames(names));
      continue;
    }
    const std::string &name = meant->isModulator
                                  ? rule.modulators[meant->index].name
                                  : rule.params[meant->index].name;
    bool isTwice = meant->isModulator ? isGiven[meant->index]
                                      : bool(made.arguments[meant->index]);
    if (isTwice) {
      diagnostics.report(diag::GivenTwice, argument.range, name);
      isValid = false;
      continue;
    }
    if (meant->isModulator) {
      isGiven[meant->index] = true;
      modulators[meant->index] =
          modulator(argument, rule.modulators[meant->index]);
      isValid &= modulators[meant->index].has_value();
      continue;
    }
    const Parameter &param = rule.params[meant->index];
    made.arguments[meant->index] =
        number(*argument.value, "`" + name + "`", param.dimension);
    params.places[meant->index] = argument.range;
    isValid &= made.arguments[meant->index].has_value();
  }
  auto missing = [&](const std::string &name, SourceRange range) {
    if (isValid)
      diagnostics
          .report(diag::MissingArgument, written.range,
                  "plasticity rule `" + written.model.text + "`", name)
          .label(range, "it has no default");
    isValid = false;
  };
  for (size_t i = 0; i < rule.modulators.size(); ++i) {
    if (!isGiven[i])
      missing(rule.modulators[i].name, rule.modulators[i].range);
    if (modulators[i])
      made.modulators.push_back(*modulators[i]);
  }
  for (size_t i = 0; i < rule.params.size(); ++i)
    if (!made.arguments[i] && !rule.params[i].defaultValue)
      missing(rule.params[i].name, rule.params[i].range);
  params.values = evaluateParameters(rule.params, made.arguments);
  return isValid;
}

bool Elaborator::ruleHosts(const PlasticityModel &rule, const ast::Name &name,
                           const NeuronModel &neuron, Plasticity &made) {
  for (const Host &host : rule.hosts) {
    auto report = [&](const std::string &why) -> Diagnostic & {
      return diagnostics
          .report(diag::RuleHost, name.range, name.text,
                  host.name + " : " + host.dimension.unit(), why)
          .label(host.range, "read here");
    };
    std::optional<HostBinding> binding;
    Dimension dimension;
    SourceRange range;
    auto look = [&](HostBinding::Kind kind, const auto &declarations,
                    auto dimensionOf) {
      for (unsigned i = 0; i < declarations.size(); ++i)
        if (!binding && declarations[i].name == host.name) {
          binding = {kind, i};
          dimension = dimensionOf(declarations[i]);
          range = declarations[i].range;
        }
    };
    auto own = [](const auto &one) { return one.dimension; };
    look(HostBinding::Kind::State, neuron.states, own);
    look(HostBinding::Kind::Let, neuron.lets,
         [](const Let &let) { return let.value->dimension; });
    look(HostBinding::Kind::Param, neuron.params, own);
    look(HostBinding::Kind::Input, neuron.inputs, own);
    if (!binding) {
      report("neuron `" + neuron.name + "` has no `" + host.name + "`");
      return false;
    }
    if (dimension != host.dimension) {
      report("in neuron `" + neuron.name + "` it is " +
             describeQuantity(dimension))
          .label(range, "declared here");
      return false;
    }
    made.hosts.push_back(*binding);
  }
  return true;
}

bool Elaborator::plasticity(const ast::Projection &projection,
                            const Target &port, Projection &made) {
  const auto *backprop = findSetting(projection.settings, "backprop");
  if (projection.plasticity.empty()) {
    if (!backprop)
      return true;
    diagnostics
        .report(diag::UnknownSetting, backprop->target->range, "backprop")
        .help("it is the time from a spike of the target to `on post` of a "
              "plasticity rule: `via PairSTDP(...)`");
    return false;
  }
  const ast::Instantiation &written = projection.plasticity[0];
  if (projection.plasticity.size() > 1) {
    diagnostics
        .report(diag::Unsupported, projection.plasticity[1].range,
                "a second rule of a connection")
        .label(written.range, "the first one")
        .help("write one rule that does both");
    return false;
  }
  std::optional<unsigned> index = findRule(written.model, port);
  if (!index)
    return false;
  const PlasticityModel &rule = program.plasticity[*index];
  const NeuronModel &neuron =
      program.neurons[network.populations[made.target.population].model];
  Plasticity result;
  result.rule = *index;
  result.range = written.range;
  rules::ParameterValues params;
  if (!ruleArguments(written, rule, result, params) ||
      !ruleHosts(rule, written.model, neuron, result) ||
      !rules::checkPlasticPort(made, neuron, program.synapses, written.range,
                               diagnostics))
    return false;
  unsigned before = diagnostics.reportedErrors();
  rules::ParameterValues judged = params;
  for (size_t i = 0; i < judged.values.size(); ++i)
    if (!result.arguments[i])
      judged.values[i].reset();
  rules::checkPositive(rule, judged, diagnostics);
  for (const StateBound &bound : rule.bounds)
    if (!rules::checkBound(bound, params, written.range, diagnostics) ||
        (bound.state == 0 &&
         !rules::checkWeightInBound(made.weight, bound, params, diagnostics)))
      return false;
  rules::checkPeriods(rule, step, stepRange, diagnostics);
  rules::checkRewirable(rule, made, written.range, diagnostics);
  if (backprop) {
    std::optional<double> time =
        backprop->init.kind == ast::Initializer::Kind::Given
            ? number(*backprop->init.value, "`backprop`", Dimension::time())
            : std::nullopt;
    if (backprop->init.kind == ast::Initializer::Kind::Drawn)
      diagnostics.report(diag::Unsupported, backprop->init.value->range,
                         "a drawn backprop");
    Value delay;
    delay.dimension = Dimension::time();
    delay.constant = time.value_or(0);
    delay.range = backprop->init.value->range;
    if (time && rules::checkDelay(delay, step, stepRange, diagnostics))
      result.backprop = *time;
  }
  made.plasticity = std::move(result);
  return diagnostics.reportedErrors() == before;
}

} // namespace snn::lang
