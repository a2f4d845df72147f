//===- Connections.cpp - Projections and drives ---------------------------===//
//
// Each pair of a source and a target population becomes one projection. What
// holds for the numbers is in Rules.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Network.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

std::string Elaborator::numbered(const std::string &path) {
  return path + "#" + std::to_string(pathNumbers[path]++);
}

std::optional<Elaborator::Target> Elaborator::port(const PopulationRef &target,
                                                   SourceRange place) {
  const Population &population = network.populations[target.slice.population];
  if (population.kind != Population::Kind::Neurons) {
    diagnostics.report(diag::NoPorts, target.slice.range, population.path)
        .at("a source of spikes");
    return std::nullopt;
  }
  const NeuronModel &model = program.neurons[population.model];
  std::vector<std::string> names;
  std::vector<Target> ports;
  for (unsigned i = 0; i < model.receptors.size(); ++i) {
    const Receptor &receptor = model.receptors[i];
    const SynapseModel &synapse = program.synapses[receptor.synapse];
    names.push_back(receptor.name);
    ports.push_back({{PortRef::Kind::Receptor, i},
                     receptor.name,
                     synapse.onSpike.arguments[0].dimension,
                     receptor.range});
  }
  for (unsigned i = 0; i < model.ports.size(); ++i) {
    names.push_back(model.ports[i].name);
    ports.push_back({{PortRef::Kind::Port, i},
                     model.ports[i].name,
                     model.ports[i].arguments[0].dimension,
                     model.ports[i].range});
  }
  if (target.member.empty()) {
    if (ports.size() == 1)
      return ports[0];
    if (ports.empty())
      diagnostics.report(diag::NoPorts, place, population.path)
          .at("neuron `" + model.name + "` has no receptor and no port");
    else
      diagnostics
          .report(diag::PortNeeded, place, population.path, Count(ports.size()))
          .help("name one: `" + population.path + "." + names[0] +
                "`; there are " + joinNames(names));
    return std::nullopt;
  }
  auto found = std::ranges::find(names, target.member.text);
  if (found != names.end())
    return ports[static_cast<size_t>(found - names.begin())];
  Diagnostic &message =
      diagnostics.report(diag::UnknownPort, target.member.range,
                         population.path, target.member.text);
  if (std::ranges::find(model.inputs, target.member.text, &Input::name) !=
      model.inputs.end())
    message.at("an input takes no spikes; it is driven: `drive " +
               population.path + "." + target.member.text + " by ...`");
  else if (auto meant = nearest(target.member.text, names))
    message.at("did you mean `" + *meant + "`?")
        .fix("replace the name", target.member.range, *meant);
  message.note("receptors and ports of `" + model.name +
               "`: " + joinNames(names));
  return std::nullopt;
}

/// The synapse model of a receptor that sums; null where spikes arrive.
const SynapseModel *Elaborator::summingSynapse(const PopulationRef &target,
                                               const Target &port) const {
  if (port.port.kind != PortRef::Kind::Receptor)
    return nullptr;
  const Population &population = network.populations[target.slice.population];
  const Receptor &receptor =
      program.neurons[population.model].receptors[port.port.index];
  const SynapseModel &synapse = program.synapses[receptor.synapse];
  return synapse.isContinuous() ? &synapse : nullptr;
}

void Elaborator::connect(
    const std::vector<PopulationRef> &sources,
    const ast::Projection &projection, SourceRange range, SourceRange arrow,
    const std::vector<const ast::Attribute *> &attributes) {
  Entity target = evaluate(*projection.target);
  if (target.isError())
    return;
  if (projection.where)
    conditions.push_back({projection.where.get(), frame});
  connectTo(target, sources, projection, range, arrow, attributes);
  if (projection.where)
    conditions.pop_back();
}

/// The column says what its port does; the connection only names a source, and
/// may say by `where` which pairs of neurons are meant at all.
void Elaborator::connectPort(
    const std::vector<PopulationRef> &sources, const Entity &target,
    const ast::Projection &projection, SourceRange arrow,
    const std::vector<const ast::Attribute *> &attributes) {
  bool isNeutral = !projection.rule || sourceText(projection.rule->range,
                                                  diagnostics) == "all_to_all";
  if (!isNeutral || projection.settings.isPresent()) {
    diagnostics
        .report(diag::InPortHasRule,
                !isNeutral ? projection.rule->range : projection.settings.range,
                target.inPort->name.text)
        .label(target.inPort->range, "declared here")
        .help("hand it the whole source: `by all_to_all`, without braces");
    return;
  }
  Frame *caller = frame;
  frame = target.frame.get();
  const ast::InPortStmt &port = *target.inPort;
  // What stands before the connection counts more than what the port says.
  std::vector<const ast::Attribute *> all = attributes;
  for (const ast::Attribute &attribute : port.attributes)
    all.push_back(&attribute);
  connect(sources, port.projection, port.range, arrow, all);
  frame = caller;
}

void Elaborator::connectTo(
    const Entity &target, const std::vector<PopulationRef> &sources,
    const ast::Projection &projection, SourceRange range, SourceRange arrow,
    const std::vector<const ast::Attribute *> &attributes) {
  if (target.kind == Entity::Kind::InPort)
    return connectPort(sources, target, projection, arrow, attributes);
  if (target.kind == Entity::Kind::List && !target.list.empty()) {
    // The ports of an array of columns.
    for (const Entity &port : target.list) {
      unsigned before = diagnostics.reportedErrors();
      connectTo(port, sources, projection, range, arrow, attributes);
      if (diagnostics.reportedErrors() != before)
        return;
    }
    return;
  }
  if (target.kind != Entity::Kind::Populations) {
    diagnostics
        .report(diag::WrongDeclaration, projection.target->range,
                sourceText(projection.target->range, diagnostics),
                std::string(describe(target.kind)), "a population")
        .label(target.range, "declared here");
    return;
  }
  for (const PopulationRef &source : sources)
    for (const PopulationRef &one : target.populations) {
      unsigned before = diagnostics.reportedErrors();
      connectPair(source, one, projection, range, arrow, attributes);
      // One mistake in a connection to many is one mistake.
      if (diagnostics.reportedErrors() != before)
        return;
    }
}

const ast::Setting *Elaborator::findSetting(const ast::Settings &settings,
                                            std::string_view name) {
  for (const ast::Setting &setting : settings.list)
    if (const auto *target = ast::dynCast<ast::NameExpr>(setting.target.get());
        target && target->name == name)
      return &setting;
  return nullptr;
}

void Elaborator::connectPair(
    const PopulationRef &source, const PopulationRef &target,
    const ast::Projection &projection, SourceRange range, SourceRange arrow,
    const std::vector<const ast::Attribute *> &attributes) {
  const Population &from = network.populations[source.slice.population];
  const Population &to = network.populations[target.slice.population];
  if (!source.member.empty()) {
    diagnostics.report(diag::SourceHasPort, source.member.range, from.path,
                       source.member.text);
    return;
  }
  if (source.isRowOfBlock || target.isRowOfBlock) {
    diagnostics.report(diag::Unsupported,
                       source.isRowOfBlock ? source.slice.range
                                           : target.slice.range,
                       "a block of a grid as an end of a connection");
    return;
  }
  std::optional<Target> port = this->port(target, projection.target->range);
  if (!port)
    return;
  const SynapseModel *summing = summingSynapse(target, *port);
  if (!(summing ? rules::checkSourceStates(from, *summing, port->name, program,
                                           source.slice.range, diagnostics)
                : rules::checkSourceSpikes(from, program, source.slice.range,
                                           diagnostics)))
    return;
  ExprRef where;
  SourceRange whereRange;
  for (const Condition &condition : conditions) {
    Frame *caller = frame;
    frame = condition.frame;
    ExprRef one = placeCondition(*condition.expr);
    frame = caller;
    if (!one)
      return;
    whereRange = condition.expr->range;
    where = where ? makeConjunction(where, one) : one;
  }
  if (where && !mayBeNear(*where, source.slice, target.slice))
    return;
  Projection made;
  made.source = source.slice;
  made.target = target.slice;
  made.port = port->port;
  made.range = range;
  if (!projection.rule)
    return; // reported where it was read
  std::optional<Rule> rule =
      this->rule(*projection.rule, source.slice, target.slice);
  if (!rule || !rules::checkRule(*rule, source.slice, target.slice, network,
                                 diagnostics))
    return;
  made.rule = std::move(*rule);
  if (where && !narrow(made.rule, where, whereRange))
    return;
  made.attributes = checkAttributes(attributes, AttributeOwner::Connection,
                                    range, diagnostics);
  if (std::optional<Storage> own = storageOf(made.attributes))
    made.storage = *own;
  else if (const Storage *around = frame->findStorage())
    made.storage = *around;

  static const std::vector<std::string> known = {"weight", "delay", "axonal",
                                                 "dendritic", "backprop"};
  for (const ast::Setting &setting : projection.settings.list) {
    std::string name = sourceText(setting.target->range, diagnostics);
    if (std::ranges::find(known, name) != known.end()) {
      if (findSetting(projection.settings, name) == &setting)
        continue;
      diagnostics.report(diag::GivenTwice, setting.target->range, name);
      return;
    }
    Diagnostic &message =
        diagnostics.report(diag::UnknownSetting, setting.target->range, name);
    if (auto meant = nearest(name, known))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", setting.target->range, *meant);
    message.note("a connection has: " + joinNames(known));
    return;
  }
  placeIsKnown = true;
  std::optional<Value> weight =
      this->weight(projection.settings, *port, arrow,
                   rules::valuesOf(made.rule, made.source, made.target));
  if (weight)
    made.weight = std::move(*weight);
  made.isContinuous = summing != nullptr;
  bool isWhole =
      weight && (summing ? rules::checkContinuous(projection, made, port->name,
                                                  diagnostics)
                         : delays(projection.settings, made, arrow));
  placeIsKnown = false;
  // What the engine asks of every edge: it sees the states one step later.
  if (summing) {
    made.axonal.dimension = made.dendritic.dimension = Dimension::time();
    made.axonal.constant = step.value_or(1);
  }
  if (!isWhole)
    return;
  if (resolvePlaces(made, arrow) != Placed::Yes ||
      !rules::checkConductance(made.weight, port->name, diagnostics) ||
      !rules::checkKernel(made, diagnostics) ||
      !rules::checkTotalDelay(made, step, diagnostics) ||
      (!summing && !plasticity(projection, *port, made)) ||
      !rules::checkStorage(made, diagnostics))
    return;
  made.path = numbered(from.path + "->" + to.path + "." + port->name);
  network.projections.push_back(std::move(made));
}

std::optional<Value> Elaborator::weight(const ast::Settings &settings,
                                        const Target &target, SourceRange place,
                                        uint64_t elements) {
  const ast::Setting *setting = findSetting(settings, "weight");
  if (!setting) {
    std::string unit = target.weight.unit();
    diagnostics.report(diag::WeightMissing, place)
        .label(target.range, "the port takes " + unit)
        .help("state it, for example `{ weight = 1" +
              (target.weight.isNone() ? "" : " " + unit) + " }`");
    return std::nullopt;
  }
  std::optional<Value> result =
      value(setting->init, "the weight", target.weight, target.range, elements);
  // Of what depends on places the least value is found later.
  if (!result || (result->kind != Value::Kind::Place &&
                  !rules::checkConductance(*result, target.name, diagnostics)))
    return std::nullopt;
  return result;
}

bool Elaborator::delays(const ast::Settings &settings, Projection &projection,
                        SourceRange arrow) {
  const ast::Setting *plain = findSetting(settings, "delay");
  const ast::Setting *axonal = findSetting(settings, "axonal");
  const ast::Setting *dendritic = findSetting(settings, "dendritic");
  if (plain && axonal) {
    diagnostics.report(diag::GivenTwice, axonal->range, "axonal")
        .label(plain->range, "`delay` is the axonal delay");
    return false;
  }
  if (!plain && !axonal && !dendritic) {
    rules::reportMissingDelay(projection, network, arrow, settings, step,
                              diagnostics);
    return false;
  }
  uint64_t edges =
      rules::valuesOf(projection.rule, projection.source, projection.target);
  Value none;
  none.dimension = Dimension::time();
  projection.axonal = none;
  projection.dendritic = none;
  auto take = [&](const ast::Setting *setting, Value &place) {
    if (!setting)
      return true;
    std::optional<Value> given =
        value(setting->init, "the delay", Dimension::time(), {}, edges);
    if (!given)
      return false;
    place = std::move(*given);
    return rules::checkDelay(place, step, stepRange, diagnostics);
  };
  return take(plain ? plain : axonal, projection.axonal) &&
         take(dendritic, projection.dendritic);
}

//===----------------------------------------------------------------------===//
// Rules of connection
//===----------------------------------------------------------------------===//

std::optional<Rule> Elaborator::rule(const ast::Expr &expr, const Slice &source,
                                     const Slice &target) {
  struct Known {
    std::string name;
    Rule::Kind kind;
    /// The name of its number; empty for none.
    std::string_view number;
    bool autapses, multapses;
  };
  static const std::vector<Known> known = {
      {"probability", Rule::Kind::Probability, "p", true, false},
      {"indegree", Rule::Kind::Indegree, "count", true, true},
      {"outdegree", Rule::Kind::Outdegree, "count", true, true},
      {"total", Rule::Kind::Total, "count", true, true},
      {"one_to_one", Rule::Kind::OneToOne, {}, true, false},
      {"all_to_all", Rule::Kind::AllToAll, {}, true, false},
      {"list", Rule::Kind::List, "pairs", true, true},
      {"conv", Rule::Kind::Convolution, "kernel", true, false},
  };
  const auto *call = ast::dynCast<ast::CallExpr>(&expr);
  std::string name =
      sourceText(call ? call->callee->range : expr.range, diagnostics);
  auto found = std::ranges::find(known, name, &Known::name);
  if (found == known.end()) {
    std::vector<std::string> names;
    for (const Known &one : known)
      names.push_back(one.name);
    Diagnostic &message = diagnostics.report(
        diag::UnknownRule, call ? call->callee->range : expr.range, name);
    if (auto meant = nearest(name, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", call ? call->callee->range : expr.range,
               *meant);
    message.note("rules: " + joinNames(names));
    return std::nullopt;
  }
  if (call && found->kind == Rule::Kind::Convolution)
    return convolution(*call, source, target);
  Rule rule;
  rule.kind = found->kind;
  rule.range = expr.range;
  rule.autapses = found->autapses;
  rule.multapses = found->multapses;
  const ast::Expr *numberExpr = nullptr;
  if (call)
    for (const ast::Argument &argument : call->arguments) {
      if (argument.name.text == "autapses" ||
          argument.name.text == "multapses") {
        std::optional<bool> holds = truth(*argument.value);
        if (!holds)
          return std::nullopt;
        (argument.name.text == "autapses" ? rule.autapses : rule.multapses) =
            *holds;
        continue;
      }
      bool fits = argument.name.empty() || argument.name.text == found->number;
      if (!fits || found->number.empty() || numberExpr) {
        diagnostics
            .report(diag::UnknownParameter, argument.range,
                    "rule `" + name + "`",
                    sourceText(argument.name.empty() ? argument.range
                                                     : argument.name.range,
                               diagnostics))
            .note("it has: " +
                  (found->number.empty() ? std::string()
                                         : std::string(found->number) + ", ") +
                  "autapses, multapses");
        return std::nullopt;
      }
      numberExpr = argument.value.get();
    }
  if (found->number.empty())
    return rule;
  if (!numberExpr) {
    diagnostics.report(diag::MissingArgument, expr.range, "rule `" + name + "`",
                       std::string(found->number));
    return std::nullopt;
  }
  if (rule.kind == Rule::Kind::Probability) {
    ExprRef p =
        function(placeIsKnown, *numberExpr, "a probability", Dimension::none());
    if (!p)
      return std::nullopt;
    rule.probability = p->number;
    if (p->kind != ExprKind::Number) {
      rule.kind = Rule::Kind::Place;
      rule.function = p;
    }
    return rule;
  }
  if (rule.kind != Rule::Kind::List) {
    std::optional<uint64_t> edges =
        count(*numberExpr, "the number of connections");
    if (!edges)
      return std::nullopt;
    rule.count = *edges;
    return rule;
  }
  if (const ast::CallExpr *call = asLoad(*numberExpr))
    return loadPairs(*call, source, target, rule) ? std::optional(rule)
                                                  : std::nullopt;
  const auto *list = ast::dynCast<ast::ListExpr>(numberExpr);
  if (!list) {
    diagnostics.report(diag::NotASequence, numberExpr->range,
                       sourceText(numberExpr->range, diagnostics),
                       "no list of pairs");
    return std::nullopt;
  }
  for (const ast::ExprPtr &element : list->elements) {
    const auto *pair = ast::dynCast<ast::ListExpr>(element.get());
    if (!pair || pair->elements.size() != 2) {
      diagnostics.report(diag::NotASequence, element->range,
                         sourceText(element->range, diagnostics),
                         "no pair `[source, target]`");
      return std::nullopt;
    }
    std::optional<uint64_t> i = count(*pair->elements[0], "an index");
    std::optional<uint64_t> j = count(*pair->elements[1], "an index");
    if (!i || !j)
      return std::nullopt;
    for (auto [index, slice, place] :
         {std::tuple(*i, &source, pair->elements[0].get()),
          std::tuple(*j, &target, pair->elements[1].get())})
      if (index >= slice->size()) {
        diagnostics
            .report(diag::IndexOutside, place->range,
                    network.populations[slice->population].path,
                    std::to_string(index), Count(slice->size()), "neurons")
            .at("valid: 0.." + std::to_string(slice->size() - 1));
        return std::nullopt;
      }
    rule.pairs.push_back({*i, *j});
  }
  return rule;
}

//===----------------------------------------------------------------------===//
// Drives
//===----------------------------------------------------------------------===//

void Elaborator::disconnect(const ast::DisconnectStmt &statement) {
  auto sources = populations(*statement.source);
  auto targets = populations(*statement.target);
  if (!sources || !targets)
    return;
  auto holds = [](const PopulationRef &ref, const Slice &slice) {
    return ref.slice.isSameAs(slice) ||
           (ref.slice.population == slice.population && ref.slice.stride == 1 &&
            ref.slice.first <= slice.first && slice.last <= ref.slice.last);
  };
  for (const PopulationRef &target : *targets) {
    std::optional<Target> narrowed;
    if (!target.member.empty() &&
        !(narrowed = port(target, statement.target->range)))
      return;
    for (const PopulationRef &source : *sources) {
      auto isMeant = [&](const Projection &projection) {
        return holds(source, projection.source) &&
               holds(target, projection.target) &&
               (!narrowed || (projection.port.kind == narrowed->port.kind &&
                              projection.port.index == narrowed->port.index));
      };
      if (std::erase_if(network.projections, isMeant) || lost.connections)
        continue;
      diagnostics
          .report(diag::NothingToDisconnect,
                  join(statement.source->range, statement.target->range),
                  network.populations[source.slice.population].path,
                  network.populations[target.slice.population].path)
          .help("name the two ends as a `connect` does; a part of a "
                "connection cannot be taken away");
      return;
    }
  }
}

void Elaborator::drive(const ast::DriveStmt &statement) {
  std::optional<std::vector<PopulationRef>> targets =
      populations(*statement.target);
  if (!targets)
    return;
  const auto *call = ast::dynCast<ast::CallExpr>(statement.stimulus.get());
  bool isPoisson =
      call && sourceText(call->callee->range, diagnostics) == "poisson";
  for (const PopulationRef &target : *targets) {
    unsigned before = diagnostics.reportedErrors();
    if (isPoisson)
      drivePort(statement, *call, target);
    else
      driveInput(statement, target);
    if (diagnostics.reportedErrors() != before)
      return;
  }
}

void Elaborator::drivePort(const ast::DriveStmt &statement,
                           const ast::CallExpr &poisson,
                           const PopulationRef &target) {
  std::optional<Target> port = this->port(target, statement.target->range);
  if (!port)
    return;
  bool fits = poisson.arguments.size() == 1 &&
              (poisson.arguments[0].name.empty() ||
               poisson.arguments[0].name.text == "rate");
  if (!fits) {
    diagnostics.report(diag::WrongArgumentCount, poisson.range, "poisson",
                       argumentCount(1), Count(poisson.arguments.size()));
    return;
  }
  for (const ast::Setting &setting : statement.settings.list) {
    std::string name = sourceText(setting.target->range, diagnostics);
    if (name == "weight")
      continue;
    diagnostics.report(diag::UnknownSetting, setting.target->range, name)
        .note(name == "delay" ? "a drive has no delay" : "a drive has: weight");
    return;
  }
  if (summingSynapse(target, *port)) {
    diagnostics
        .report(diag::NotOfContinuous, poisson.range, "`poisson`", port->name)
        .at("it sums over states, and takes no spikes");
    return;
  }
  Drive made;
  made.target = target.slice;
  made.port = port->port;
  made.range = statement.range;
  const ast::Expr &rate = *poisson.arguments[0].value;
  made.rate = timeFunction(rate, "the rate", Dimension::frequency());
  if (!made.rate || !rules::checkRate(made.rate, rate.range, diagnostics))
    return;
  std::optional<Value> weight = this->weight(
      statement.settings, *port, statement.target->range, target.slice.size());
  if (!weight)
    return;
  made.weight = std::move(*weight);
  made.path =
      numbered("drive " + network.populations[target.slice.population].path +
               "." + port->name);
  network.drives.push_back(std::move(made));
}

/// `noise(mean = 0 pA, sd = 20 pA)`: a normal draw for every neuron and step.
/// White noise of amplitude a, held over a step h, has the deviation a/sqrt(h).
bool Elaborator::noiseStimulus(const ast::CallExpr &call, std::string_view what,
                               const Dimension &dimension, Stimulus &made) {
  made.value = makeNumber(0, dimension, call.range);
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const ast::Argument &argument = call.arguments[i];
    bool isDeviation =
        argument.name.text == "sd" ||
        (argument.name.empty() && i + 1 == call.arguments.size());
    bool isMean =
        argument.name.text == "mean" || (argument.name.empty() && !isDeviation);
    if ((!isMean && !isDeviation) || call.arguments.size() > 2) {
      diagnostics
          .report(diag::UnknownParameter, argument.range, "`noise`",
                  sourceText(argument.range, diagnostics))
          .note("noise(mean, sd)");
      return false;
    }
    ExprRef value = timeFunction(*argument.value, what, dimension);
    if (!value)
      return false;
    if (isMean) {
      made.value = value;
      continue;
    }
    ExprRef root = makeNumber(std::sqrt(step.value_or(1)),
                              *Dimension::time().sqrt(), value->range);
    made.noise = makeBinary(BinaryOp::Mul, value, root,
                            dimension * root->dimension, value->range);
  }
  if (!made.noise) {
    diagnostics.report(diag::MissingArgument, call.range, "`noise`", "sd");
    return false;
  }
  made.noise = foldConstants(made.noise, diagnostics);
  return made.noise != nullptr;
}

void Elaborator::driveInput(const ast::DriveStmt &statement,
                            const PopulationRef &target) {
  const Population &population = network.populations[target.slice.population];
  std::vector<std::string> names;
  const NeuronModel *model = population.kind == Population::Kind::Neurons
                                 ? &program.neurons[population.model]
                                 : nullptr;
  if (model)
    for (const Input &input : model->inputs)
      names.push_back(input.name);
  std::string wanted = target.member.text;
  if (wanted.empty() && names.size() == 1)
    wanted = names[0];
  auto found = std::ranges::find(names, wanted);
  if (found == names.end()) {
    Diagnostic &message = diagnostics.report(
        diag::UnknownInput,
        target.member.empty() ? statement.target->range : target.member.range,
        population.path, wanted.empty() ? "an input" : "`" + wanted + "`");
    if (auto meant = nearest(wanted, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", target.member.range, *meant);
    message.note(names.empty() ? "it has no inputs"
                               : "inputs: " + joinNames(names));
    message.help("spikes come from `by poisson(rate)`");
    return;
  }
  Stimulus made;
  made.target = target.slice;
  made.input = static_cast<unsigned>(found - names.begin());
  made.range = statement.range;
  const Dimension &dimension = model->inputs[made.input].dimension;
  std::string what = "`" + population.path + "." + wanted + "`";
  const auto *call = ast::dynCast<ast::CallExpr>(statement.stimulus.get());
  if (call && sourceText(call->callee->range, diagnostics) == "noise") {
    if (!noiseStimulus(*call, what, dimension, made))
      return;
  } else {
    made.value = timeFunction(*statement.stimulus, what, dimension);
    if (!made.value)
      return;
  }
  for (const ast::Setting &setting : statement.settings.list) {
    diagnostics
        .report(diag::UnknownSetting, setting.target->range,
                sourceText(setting.target->range, diagnostics))
        .note("an input has no weight and no delay");
    return;
  }
  made.path = numbered("stimulus " + population.path + "." + wanted);
  network.stimuli.push_back(std::move(made));
}

} // namespace snn::lang
