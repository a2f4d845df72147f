//===- Populations.cpp - Populations and the values of their neurons ------===//
//
// A population is instances of a neuron model or a source of spikes. Its values
// come from the brackets behind the model, the braces behind the size, and
// `--set`, in this order.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Dimensions.h"
#include "lang/Sema/Rules/Network.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

uint64_t Elaborator::size(const ast::InstanceStmt::Instance &instance,
                          Population &population, bool &isValid) {
  uint64_t total = 1;
  for (const ast::ExprPtr &expr : instance.sizes) {
    std::optional<uint64_t> extent =
        count(*expr, "the size of `" + instance.name.text + "`");
    if (!extent) {
      isValid = false;
      return 1;
    }
    if (*extent == 0) {
      diagnostics.report(diag::EmptyPopulation, expr->range,
                         instance.name.text);
      isValid = false;
      return 1;
    }
    if (__builtin_mul_overflow(total, *extent, &total) ||
        total > maxNeurons - neurons) {
      diagnostics.report(diag::TooManyNeurons, expr->range, Count(maxNeurons));
      isValid = false;
      return 1;
    }
    if (instance.sizes.size() > 1)
      population.extents.push_back(*extent);
  }
  return total;
}

void Elaborator::population(const ast::InstanceStmt::Instance &instance,
                            const std::vector<ast::Attribute> &attributes,
                            ast::ModelKind kind) {
  Population made;
  made.isModulator = kind == ast::ModelKind::Modulator;
  made.path = frame->prefix + instance.name.text;
  made.range = instance.name.range;
  bool isValid = true;
  made.size = size(instance, made, isValid);
  if (made.isModulator && !instance.sizes.empty()) {
    diagnostics
        .report(diag::Unsupported, instance.sizesRange, "several modulators")
        .help("a modulator is one for all; declare each by its name");
    isValid = false;
  }
  if (network.populations.size() == maxPopulations) {
    diagnostics.report(diag::TooManyPopulations, instance.range,
                       Count(maxPopulations));
    isValid = false;
    isStopped = true;
  }
  auto [samePath, isNew] = paths.emplace(made.path, made.range);
  if (!isNew && !frame->names.contains(instance.name.text)) {
    diagnostics
        .report(diag::DuplicateName, instance.name.range, made.path,
                frame->description)
        .label(samePath->second, "first declared here")
        .help("a population in a loop is declared again in every turn; give "
              "it a size, or put it into a column");
    isValid = false;
  }
  isValid = place(instance, made) && isValid;
  std::vector<const ast::Attribute *> given;
  for (const ast::Attribute &attribute : attributes)
    given.push_back(&attribute);
  made.attributes = checkAttributes(given, AttributeOwner::Population,
                                    instance.range, diagnostics);

  const std::string &modelName = instance.model.model.text;
  Declared declared = frame->module->find(modelName);
  const auto *model = ast::dynCast<ast::ModelDecl>(declared.declaration);
  // With wrong values it is a population all the same.
  bool isSource = modelName == "Poisson" || modelName == "SpikeSource";
  std::string word = ast::spelling(kind);
  if (!declared && isSource && !made.isModulator) {
    made.kind = modelName == "Poisson" ? Population::Kind::PoissonSource
                                       : Population::Kind::SpikeSource;
    source(instance, made);
  } else if (!model || model->model != kind) {
    isValid = false;
    if (declared) {
      diagnostics
          .report(diag::WrongDeclaration, instance.model.model.range, modelName,
                  "no " + word, "a " + word + " model")
          .label(nameOf(*declared.declaration).range, "declared here");
    } else {
      std::vector<std::string> names;
      if (!made.isModulator)
        names = {"Poisson", "SpikeSource"};
      for (const auto &[name, known] : frame->module->names)
        if (const auto *other = ast::dynCast<ast::ModelDecl>(known.declaration);
            other && other->model == kind)
          names.push_back(name);
      std::ranges::sort(names);
      Diagnostic &message =
          diagnostics.report(diag::UnknownModel, instance.model.model.range,
                             word + " model", modelName);
      if (auto meant = nearest(modelName, names))
        message.at("did you mean `" + *meant + "`?")
            .fix("replace the name", instance.model.model.range, *meant);
      else
        message.help("bring it in with `use " + word + "s." + modelName + "`");
      if (!names.empty())
        message.note("models in scope: " + joinNames(names) +
                     "   (list all: `snn doc`)");
    }
  } else if (std::optional<unsigned> index = made.isModulator
                                                 ? models.modulator(declared)
                                                 : models.neuron(declared)) {
    made.kind = Population::Kind::Neurons;
    made.model = *index;
    const NeuronModel &neuron = program.neurons[*index];
    made.params.resize(neuron.params.size());
    made.initial.resize(neuron.states.size());
    for (const Receptor &receptor : neuron.receptors) {
      const SynapseModel &synapse = program.synapses[receptor.synapse];
      ReceptorValues values;
      values.params.resize(synapse.params.size());
      values.initial.resize(synapse.states.size());
      made.receptors.push_back(std::move(values));
    }
    settings(instance, made);
  } else {
    isValid = false;
  }
  if (isValid)
    rules::resolveTolerances(made, program, diagnostics);
  Entity entity;
  if (isValid) {
    entity.kind = Entity::Kind::Populations;
    PopulationRef ref;
    ref.slice.population = static_cast<unsigned>(network.populations.size());
    ref.slice.last = made.size - 1;
    ref.slice.range = instance.name.range;
    entity.populations = {ref};
    neurons += made.size;
    network.populations.push_back(std::move(made));
  }
  define(instance.name, std::move(entity));
}

void Elaborator::source(const ast::InstanceStmt::Instance &instance,
                        Population &population) {
  const std::string &kind = instance.model.model.text;
  const std::vector<ast::Argument> &arguments = instance.model.arguments;
  std::string needed = kind == "Poisson" ? "rate" : "times";
  if (arguments.size() != 1 ||
      (!arguments[0].name.empty() && arguments[0].name.text != needed)) {
    diagnostics.report(diag::MissingArgument, instance.model.range,
                       "`" + kind + "`", needed);
    return;
  }
  if (instance.settings.isPresent() && !instance.settings.list.empty()) {
    diagnostics.report(
        diag::UnknownParameter, instance.settings.list[0].target->range,
        "source `" + kind + "`",
        sourceText(instance.settings.list[0].target->range, diagnostics));
    return;
  }
  const ast::Expr &value = *arguments[0].value;
  if (kind == "Poisson") {
    population.rate = timeFunction(value, "the rate", Dimension::frequency());
    std::string path = population.path + ".rate";
    overrides.offer(path);
    if (auto given = overrides.take(path, Dimension::frequency()))
      population.rate = makeNumber(*given, Dimension::frequency(), value.range);
    if (population.rate)
      rules::checkRate(population.rate, value.range, diagnostics);
    return;
  }
  if (const ast::CallExpr *call = asLoad(value)) {
    loadTrains(*call, population);
    return;
  }
  Entity list = evaluate(value);
  if (list.isError())
    return;
  if (list.kind != Entity::Kind::List) {
    diagnostics.report(diag::NotASequence, value.range,
                       sourceText(value.range, diagnostics),
                       std::string(describe(list.kind)));
    return;
  }
  std::vector<double> train;
  for (const Entity &element : list.list) {
    Typed time = quantityOf(element, element.range.isValid() ? element.range
                                                             : value.range);
    if (element.kind == Entity::Kind::Quantity)
      time = element.quantity;
    if (!rules::checkGiven(time, "a spike time", Dimension::time(), {},
                           diagnostics))
      return;
    double at = time.expr->number;
    if (at < 0) {
      diagnostics.report(
          diag::NegativeTime, time.expr->range, std::string("spike time"),
          shownValue(at, Dimension::time(), time.expr->range, diagnostics));
      return;
    }
    if (!train.empty() && at < train.back()) {
      diagnostics.report(
          diag::TimesNotAscending, time.expr->range,
          shownValue(at, Dimension::time(), time.expr->range, diagnostics));
      return;
    }
    train.push_back(at);
  }
  population.trains.assign(population.size, train);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

Elaborator::Field Elaborator::findField(const NeuronModel &model,
                                        const std::string &name) const {
  Field field;
  auto found = [&](FieldKind kind, size_t index, const Dimension &dimension,
                   SourceRange range) {
    field.kind = kind;
    field.index = static_cast<unsigned>(index);
    field.dimension = dimension;
    field.range = range;
    return field;
  };
  for (size_t i = 0; i < model.params.size(); ++i)
    if (model.params[i].name == name)
      return found(FieldKind::Param, i, model.params[i].dimension,
                   model.params[i].range);
  for (size_t i = 0; i < model.states.size(); ++i)
    if (model.states[i].name == name)
      return found(FieldKind::State, i, model.states[i].dimension,
                   model.states[i].range);
  for (size_t i = 0; i < model.inputs.size(); ++i)
    if (model.inputs[i].name == name)
      return found(FieldKind::Input, i, model.inputs[i].dimension,
                   model.inputs[i].range);
  size_t point = name.find('.');
  if (point == std::string::npos)
    return field;
  std::string base = name.substr(0, point), part = name.substr(point + 1);
  for (size_t r = 0; r < model.receptors.size(); ++r) {
    if (model.receptors[r].name != base)
      continue;
    field.receptor = static_cast<unsigned>(r);
    const SynapseModel &synapse = program.synapses[model.receptors[r].synapse];
    for (size_t i = 0; i < synapse.params.size(); ++i)
      if (synapse.params[i].name == part)
        return found(FieldKind::ReceptorParam, i, synapse.params[i].dimension,
                     synapse.params[i].range);
    for (size_t i = 0; i < synapse.states.size(); ++i)
      if (synapse.states[i].name == part)
        return found(FieldKind::ReceptorState, i, synapse.states[i].dimension,
                     synapse.states[i].range);
  }
  return field;
}

std::vector<std::string>
Elaborator::fieldNames(const NeuronModel &model) const {
  std::vector<std::string> names;
  for (const Parameter &param : model.params)
    names.push_back(param.name);
  for (const State &state : model.states)
    names.push_back(state.name);
  for (const Receptor &receptor : model.receptors) {
    const SynapseModel &synapse = program.synapses[receptor.synapse];
    for (const Parameter &param : synapse.params)
      names.push_back(receptor.name + "." + param.name);
    for (const State &state : synapse.states)
      names.push_back(receptor.name + "." + state.name);
  }
  return names;
}

std::optional<Value> *Elaborator::slot(Population &population,
                                       const Field &field) const {
  switch (field.kind) {
  case FieldKind::Param:
    return &population.params[field.index];
  case FieldKind::State:
    return &population.initial[field.index];
  case FieldKind::ReceptorParam:
    return &population.receptors[field.receptor].params[field.index];
  case FieldKind::ReceptorState:
    return &population.receptors[field.receptor].initial[field.index];
  default:
    return nullptr;
  }
}

void Elaborator::reportField(const Population &population, const Field &field,
                             const std::string &name, SourceRange range) {
  const NeuronModel &model = program.neurons[population.model];
  std::vector<std::string> names = fieldNames(model), described;
  for (const Parameter &param : model.params)
    described.push_back(param.name + " (" + param.dimension.unit() + ")");
  std::string word = population.isModulator ? "modulator" : "neuron";
  Diagnostic &message = diagnostics.report(
      diag::UnknownParameter, range, word + " `" + model.name + "`", name);
  if (field.kind == FieldKind::Input)
    message.at("an input is driven: `drive " + population.path + "." + name +
               " by ...`");
  else if (field.kind != FieldKind::None)
    message.at("a state is set in braces: `{ " + name + " = ... }`");
  else if (auto meant = nearest(name, names))
    message.at("did you mean `" + *meant + "`?")
        .fix("replace the name", range, *meant);
  message.note("`" + model.name + "` has parameters: " + joinNames(described));
}

bool Elaborator::set(Population &population, const std::string &name,
                     SourceRange range, const ast::Initializer &init) {
  const NeuronModel &model = program.neurons[population.model];
  Field field = findField(model, name);
  std::optional<Value> *place = slot(population, field);
  if (!place) {
    reportField(population, field, name, range);
    return false;
  }
  if (*place) {
    diagnostics.report(diag::GivenTwice, range, name)
        .label((*place)->range, "first given here");
    return false;
  }
  std::optional<Value> given = value(init, "`" + name + "`", field.dimension,
                                     field.range, population.size);
  if (!given)
    return false;
  given->range = join(range, given->range);
  *place = std::move(given);
  return true;
}

void Elaborator::settings(const ast::InstanceStmt::Instance &instance,
                          Population &population) {
  const NeuronModel &model = program.neurons[population.model];
  bool isValid = true;
  size_t position = 0;
  for (const ast::Argument &argument : instance.model.arguments) {
    std::string name = argument.name.text;
    if (argument.name.empty()) {
      if (position == model.params.size()) {
        diagnostics.report(diag::WrongArgumentCount, argument.range, model.name,
                           argumentCount(model.params.size()),
                           Count(instance.model.arguments.size()));
        isValid = false;
        continue;
      }
      name = model.params[position++].name;
    }
    // The value belongs to the argument; it is only looked at here.
    Field field = findField(model, name);
    SourceRange place =
        argument.name.empty() ? argument.value->range : argument.name.range;
    if (field.kind != FieldKind::Param) {
      reportField(population, field, name, place);
      isValid = false;
      continue;
    }
    std::optional<double> known =
        number(*argument.value, "`" + name + "`", field.dimension);
    if (!known) {
      isValid = false;
      continue;
    }
    Value given;
    given.dimension = field.dimension;
    given.constant = *known;
    given.range = argument.range;
    population.params[field.index] = std::move(given);
  }
  for (const ast::Setting &setting : instance.settings.list) {
    std::string name = sourceText(setting.target->range, diagnostics);
    if (name == "inhibitory") {
      std::optional<bool> holds;
      if (setting.init.kind == ast::Initializer::Kind::Given)
        holds = truth(*setting.init.value);
      if (holds && *holds)
        inhibitory.insert(static_cast<unsigned>(network.populations.size()));
      isValid &= holds.has_value();
      continue;
    }
    isValid &= set(population, name, setting.target->range, setting.init);
  }
  applyOverrides(population);
  models.drawStates(model, population.initial);
  for (size_t r = 0; r < model.receptors.size(); ++r)
    models.drawStates(program.synapses[model.receptors[r].synapse],
                      population.receptors[r].initial);
  if (!isValid)
    return;
  for (size_t i = 0; i < model.params.size(); ++i)
    if (!model.params[i].defaultValue && !population.params[i]) {
      diagnostics
          .report(diag::MissingArgument, instance.model.range,
                  (population.isModulator ? "modulator `" : "neuron `") +
                      model.name + "`",
                  model.params[i].name)
          .label(model.params[i].range, "it has no default");
      isValid = false;
    }
  if (isValid)
    checkValues(population);
}

const std::optional<Value> *Elaborator::valueOf(const PopulationRef &ref) {
  Population &population = network.populations[ref.slice.population];
  return slot(population,
              findField(program.neurons[population.model], ref.member.text));
}

bool Elaborator::assign(const PopulationRef &ref,
                        const ast::AssignStmt &statement) {
  Population &population = network.populations[ref.slice.population];
  const std::string &name = ref.member.text;
  if (statement.op != ast::AssignOp::Set)
    return false;
  bool isOverridden = overrides.has(population.path + "." + name);
  if (ref.slice.size() != population.size) {
    diagnostics.report(diag::Unsupported, statement.target->range,
                       "a value of a part of a population");
    return true;
  }
  const ast::Initializer &init = statement.value;
  if (population.kind == Population::Kind::PoissonSource && name == "rate" &&
      init.kind == ast::Initializer::Kind::Given) {
    checked::ExprRef rate =
        timeFunction(*init.value, "the rate", Dimension::frequency());
    if (rate && rules::checkRate(rate, init.value->range, diagnostics) &&
        !isOverridden)
      population.rate = rate;
    return true;
  }
  if (population.kind != Population::Kind::Neurons)
    return false;
  Field field = findField(program.neurons[population.model], name);
  std::optional<Value> *place = slot(population, field);
  if (!place)
    return false;
  std::optional<Value> given = value(init, "`" + name + "`", field.dimension,
                                     field.range, population.size);
  if (!given || isOverridden)
    return true;
  given->range = statement.range;
  *place = std::move(given);
  return true;
}

void Elaborator::applyOverrides(Population &population) {
  const NeuronModel &model = program.neurons[population.model];
  for (const std::string &name : fieldNames(model)) {
    std::string path = population.path + "." + name;
    overrides.offer(path);
    Field field = findField(model, name);
    if (auto given = overrides.take(path, field.dimension)) {
      Value value;
      value.dimension = field.dimension;
      value.constant = *given;
      value.range = population.range;
      *slot(population, field) = std::move(value);
    }
  }
}

} // namespace snn::lang
