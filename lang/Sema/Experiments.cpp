//===- Experiments.cpp - Checks and elaborates experiments ----------------===//
//
// The step comes first, since times are whole steps; then the network; then
// what refers to it.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Experiments.h"

#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Network.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

ExperimentChecker::ExperimentChecker(Models &models, const Declared &declared,
                                     const std::vector<Override> &given)
    : models(models), diagnostics(models.diagnostics), declared(declared),
      decl(ast::cast<ast::ExperimentDecl>(*declared.declaration)),
      overrides(given, decl.name.range, diagnostics) {}

/// Kinds that an experiment has once.
static bool isSingle(ast::Stmt::Kind kind) {
  switch (kind) {
  case ast::Stmt::Kind::Network:
  case ast::Stmt::Kind::Step:
  case ast::Stmt::Kind::Duration:
  case ast::Stmt::Kind::Seed:
  case ast::Stmt::Kind::Schedule:
  case ast::Stmt::Kind::Precision:
    return true;
  default:
    return false;
  }
}

bool ExperimentChecker::collect() {
  std::vector<const ast::ExperimentDecl *> chain{&decl};
  const Module *module = declared.module;
  while (!chain.front()->base.empty()) {
    const ast::Name &name = chain.front()->base;
    Declared base = module->find(name.text);
    const auto *next = ast::dynCast<ast::ExperimentDecl>(base.declaration);
    if (!next) {
      diagnostics.report(diag::UnknownModel, name.range, "experiment",
                         name.text);
      return false;
    }
    if (std::ranges::find(chain, next) != chain.end()) {
      diagnostics.report(diag::InheritanceLoop, name.range, name.text);
      return false;
    }
    chain.insert(chain.begin(), next);
    module = base.module;
  }
  bool isValid = true;
  for (const ast::ExperimentDecl *link : chain) {
    size_t inherited = statements.size();
    for (const ast::StmtPtr &statement : link->body.statements) {
      auto same = std::ranges::find_if(statements, [&](const ast::Stmt *other) {
        return isSingle(statement->kind) && other->kind == statement->kind;
      });
      if (same == statements.end()) {
        statements.push_back(statement.get());
        continue;
      }
      if (static_cast<size_t>(same - statements.begin()) >= inherited) {
        diagnostics
            .report(diag::GivenTwice, statement->keyword,
                    sourceText(statement->keyword, diagnostics))
            .label((*same)->keyword, "first given here");
        isValid = false;
      }
      *same = statement.get();
    }
  }
  return isValid;
}

const ast::Stmt *ExperimentChecker::single(ast::Stmt::Kind kind) {
  auto found = std::ranges::find(statements, kind, &ast::Stmt::kind);
  return found == statements.end() ? nullptr : *found;
}

std::optional<Experiment> ExperimentChecker::run() {
  unsigned before = diagnostics.reportedErrors();
  experiment.name = decl.name.text;
  experiment.range = decl.name.range;
  scope.module = declared.module;
  scope.description = "experiment `" + decl.name.text + "`";
  std::vector<const ast::Attribute *> attributes;
  for (const ast::Attribute &attribute : decl.attributes)
    attributes.push_back(&attribute);
  experiment.attributes = checkAttributes(attributes, decl.range, diagnostics);
  if (!collect() || !step())
    return std::nullopt;
  network();
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  duration();
  seeds();
  for (const ast::Stmt *statement : statements)
    clause(*statement);
  inputStimuli();
  overrides.reportUnused();
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  return std::move(experiment);
}

bool ExperimentChecker::step() {
  const auto *statement =
      ast::dynCast<ast::StepStmt>(single(ast::Stmt::Kind::Step));
  // Without a step there is a scope all the same, to evaluate it in.
  elaborator = std::make_unique<Elaborator>(
      models, experiment.network, overrides, std::nullopt, SourceRange());
  elaborator->frame = &scope;
  if (!statement) {
    diagnostics.report(diag::StepMissing, decl.name.range, decl.name.text)
        .help("state it: `step 0.1 ms`");
    return false;
  }
  std::optional<double> value =
      elaborator->number(*statement->value, "the step", Dimension::time());
  if (!value)
    return false;
  if (!(*value > 0)) {
    diagnostics.report(diag::NotPositive, statement->value->range, "step",
                       formatQuantity(*value, Dimension::time()));
    return false;
  }
  experiment.stepSize = *value;
  stepRange = statement->value->range;
  if (auto given = overrides.take("step", Dimension::time())) {
    experiment.stepSize = *given;
    if (!(*given > 0)) {
      diagnostics.report(diag::NotPositive, decl.name.range, "step",
                         formatQuantity(*given, Dimension::time()));
      return false;
    }
  }
  elaborator = std::make_unique<Elaborator>(
      models, experiment.network, overrides, experiment.stepSize, stepRange);
  elaborator->frame = &scope;
  return true;
}

void ExperimentChecker::network() {
  const auto *statement =
      ast::dynCast<ast::NetworkStmt>(single(ast::Stmt::Kind::Network));
  if (statement) {
    const ast::Name &name = statement->network.model;
    Declared found = declared.module->find(name.text);
    const auto *structure = ast::dynCast<ast::StructureDecl>(found.declaration);
    if (!structure) {
      std::vector<std::string> names;
      for (const auto &[known, other] : declared.module->names)
        if (ast::dynCast<ast::StructureDecl>(other.declaration))
          names.push_back(known);
      if (found) {
        diagnostics
            .report(diag::WrongDeclaration, name.range, name.text, "no network",
                    "a network")
            .label(nameOf(*found.declaration).range, "declared here");
        return;
      }
      Diagnostic &message = diagnostics.report(diag::UnknownModel, name.range,
                                               "network", name.text);
      if (auto meant = nearest(name.text, names))
        message.at("did you mean `" + *meant + "`?")
            .fix("replace the name", name.range, *meant);
      else if (!names.empty())
        message.note("networks in scope: " + joinNames(names));
      return;
    }
    experiment.network.name = name.text;
    experiment.network.range = structure->name.range;
    networkFrame =
        elaborator->instantiate(found, &statement->network, "", "net");
    if (!networkFrame)
      return;
    // What the network declares is seen by its own name.
    for (const auto &[known, entity] : networkFrame->names)
      scope.names.emplace(known, entity);
  }
  for (const ast::Stmt *part : statements)
    switch (part->kind) {
    case ast::Stmt::Kind::Let:
    case ast::Stmt::Kind::If:
    case ast::Stmt::Kind::For:
    case ast::Stmt::Kind::Instance:
    case ast::Stmt::Kind::Connect:
    case ast::Stmt::Kind::Drive:
      elaborator->run(*part);
      break;
    default:
      break;
    }
  if (experiment.network.populations.empty() && !diagnostics.hasErrors())
    diagnostics.report(diag::NetworkMissing, decl.name.range, decl.name.text)
        .help("name one: `network Brunel(g = 5)`");
}

std::optional<uint64_t> ExperimentChecker::steps(const ast::Expr &expr,
                                                 std::string_view what) {
  std::optional<double> time =
      elaborator->number(expr, "the " + std::string(what), Dimension::time());
  if (!time)
    return std::nullopt;
  if (*time < 0) {
    diagnostics.report(diag::NegativeTime, expr.range, std::string(what),
                       formatQuantity(*time, Dimension::time()));
    return std::nullopt;
  }
  constexpr double maxSteps = 0x1p40;
  if (*time / experiment.stepSize > maxSteps) {
    diagnostics.report(diag::TooManySteps, expr.range, std::string(what),
                       Count(static_cast<uint64_t>(maxSteps)));
    return std::nullopt;
  }
  return rules::checkOnGrid(*time, what, experiment.stepSize, expr.range,
                            stepRange, diagnostics);
}

void ExperimentChecker::duration() {
  const auto *statement =
      ast::dynCast<ast::DurationStmt>(single(ast::Stmt::Kind::Duration));
  if (!statement) {
    diagnostics.report(diag::DurationMissing, decl.name.range, decl.name.text)
        .help("state it: `duration 1 s`");
    return;
  }
  if (statement->warmUp)
    experiment.warmupSteps = steps(*statement->warmUp, "warm-up").value_or(0);
  if (auto length = steps(*statement->value, "duration"))
    experiment.durationSteps = *length;
  if (auto given = overrides.take("duration", Dimension::time()))
    if (auto length =
            rules::checkOnGrid(*given, "duration", experiment.stepSize,
                               statement->value->range, stepRange, diagnostics))
      experiment.durationSteps = *length;
}

void ExperimentChecker::seeds() {
  const auto *statement =
      ast::dynCast<ast::SeedStmt>(single(ast::Stmt::Kind::Seed));
  if (!statement)
    return;
  Seeds &seeds = experiment.seeds;
  for (const ast::Argument &argument : statement->seeds) {
    std::optional<uint64_t> seed = elaborator->count(*argument.value, "a seed");
    if (!seed)
      continue;
    const std::string &purpose = argument.name.text;
    if (purpose.empty())
      seeds = {*seed, *seed, *seed};
    else if (purpose == "network")
      seeds.network = *seed;
    else if (purpose == "initial")
      seeds.initial = *seed;
    else if (purpose == "stimulus")
      seeds.stimulus = *seed;
    else
      diagnostics
          .report(diag::UnknownParameter, argument.name.range, "`seed`",
                  purpose)
          .note("purposes: network, initial, stimulus");
  }
}

void ExperimentChecker::clause(const ast::Stmt &statement) {
  switch (statement.kind) {
  case ast::Stmt::Kind::Schedule: {
    const ast::Name &name = ast::cast<ast::ScheduleStmt>(statement).schedule;
    if (name.text == "nest")
      experiment.schedule = Schedule::Nest;
    else if (name.text == "brian2")
      experiment.schedule = Schedule::Brian2;
    else
      diagnostics.report(diag::UnknownChoice, name.range, "schedule", name.text)
          .note("schedules: nest, brian2; without one, the order of "
                "docs/decisions holds");
    return;
  }
  case ast::Stmt::Kind::Precision: {
    const ast::Name &name = ast::cast<ast::PrecisionStmt>(statement).precision;
    if (name.text == "f32")
      experiment.precision = Precision::F32;
    else if (name.text == "f64")
      experiment.precision = Precision::F64;
    else
      diagnostics
          .report(diag::UnknownChoice, name.range, "precision", name.text)
          .note("precisions: f32, f64");
    return;
  }
  case ast::Stmt::Kind::Record:
    return record(ast::cast<ast::RecordStmt>(statement));
  case ast::Stmt::Kind::Plot:
    return plot(ast::cast<ast::PlotStmt>(statement));
  case ast::Stmt::Kind::Expect:
    return expect(ast::cast<ast::ExpectStmt>(statement));
  case ast::Stmt::Kind::Sweep:
    return sweep(ast::cast<ast::SweepStmt>(statement));
  case ast::Stmt::Kind::At:
    return at(ast::cast<ast::AtStmt>(statement));
  case ast::Stmt::Kind::Assign:
    return change(ast::cast<ast::AssignStmt>(statement), 0);
  case ast::Stmt::Kind::Phase:
  case ast::Stmt::Kind::Periodic:
  case ast::Stmt::Kind::Repeat:
  case ast::Stmt::Kind::Control:
  case ast::Stmt::Kind::Learning:
  case ast::Stmt::Kind::Event:
    diagnostics.report(
        diag::Unsupported,
        statement.keyword.isValid() ? statement.keyword : statement.range,
        sourceText(statement.keyword.isValid() ? statement.keyword
                                               : statement.range,
                   diagnostics));
    return;
  default:
    return; // done by step, network, duration, seeds
  }
}

//===----------------------------------------------------------------------===//
// Records, plots
//===----------------------------------------------------------------------===//

std::optional<std::vector<Slice>>
ExperimentChecker::slices(const ast::Selection &selection) {
  if (selection.target) {
    diagnostics.report(diag::Unsupported, selection.range,
                       "a selection of synapses");
    return std::nullopt;
  }
  auto refs = elaborator->populations(*selection.source);
  if (!refs)
    return std::nullopt;
  std::vector<Slice> result;
  for (const PopulationRef &ref : *refs) {
    if (!ref.member.empty()) {
      diagnostics
          .report(diag::NotRecordable, ref.member.range,
                  experiment.network.populations[ref.slice.population].path,
                  ref.member.text)
          .help("write `" + ref.member.text + " of " +
                experiment.network.populations[ref.slice.population].path +
                "`");
      return std::nullopt;
    }
    result.push_back(ref.slice);
  }
  return result;
}

/// States and lets of the neuron, then of its receptors.
static std::vector<std::string> recordable(const NeuronModel &model,
                                           const Program &program) {
  std::vector<std::string> names{"spikes"};
  for (const State &state : model.states)
    names.push_back(state.name + " (" + state.dimension.unit() + ")");
  for (const checked::Let &let : model.lets)
    names.push_back(let.name + " (" + let.value->dimension.unit() + ")");
  for (const Receptor &receptor : model.receptors) {
    const SynapseModel &synapse = program.synapses[receptor.synapse];
    for (const State &state : synapse.states)
      names.push_back(receptor.name + "." + state.name + " (" +
                      state.dimension.unit() + ")");
    for (const checked::Let &let : synapse.lets)
      names.push_back(receptor.name + "." + let.name + " (" +
                      let.value->dimension.unit() + ")");
  }
  return names;
}

std::optional<ExperimentChecker::Trace>
ExperimentChecker::trace(const ast::Expr &expr, const Slice &target) {
  const Population &population =
      experiment.network.populations[target.population];
  std::string name = sourceText(expr.range, diagnostics);
  if (population.kind != Population::Kind::Neurons) {
    diagnostics.report(diag::NotRecordable, expr.range, population.path, name)
        .at("a source has spikes only");
    return std::nullopt;
  }
  NeuronModel &model = models.program.neurons[population.model];
  auto reference = [&](ExprKind kind, size_t index,
                       const Dimension &dimension) {
    return Trace{makeReference(kind, static_cast<unsigned>(index), dimension,
                               expr.range),
                 name, dimension};
  };
  for (size_t i = 0; i < model.states.size(); ++i)
    if (model.states[i].name == name)
      return reference(ExprKind::State, i, model.states[i].dimension);
  for (size_t i = 0; i < model.lets.size(); ++i)
    if (model.lets[i].name == name)
      return reference(ExprKind::Let, i, model.lets[i].value->dimension);
  for (size_t i = 0; i < model.inputs.size(); ++i)
    if (model.inputs[i].name == name)
      return reference(ExprKind::Input, i, model.inputs[i].dimension);
  if (size_t point = name.find('.'); point != std::string::npos)
    for (size_t r = 0; r < model.receptors.size(); ++r) {
      Receptor &receptor = model.receptors[r];
      if (receptor.name != name.substr(0, point))
        continue;
      const SynapseModel &synapse = models.program.synapses[receptor.synapse];
      std::optional<ReceptorOutput> output;
      std::string part = name.substr(point + 1);
      for (unsigned i = 0; i < synapse.states.size(); ++i)
        if (synapse.states[i].name == part)
          output = {ReceptorOutput::Kind::State, i,
                    synapse.states[i].dimension};
      for (unsigned i = 0; i < synapse.lets.size(); ++i)
        if (synapse.lets[i].name == part)
          output = {ReceptorOutput::Kind::Let, i,
                    synapse.lets[i].value->dimension};
      if (!output)
        continue;
      auto same = std::ranges::find_if(
          receptor.outputs, [&](const ReceptorOutput &other) {
            return other.kind == output->kind && other.index == output->index;
          });
      auto position = static_cast<unsigned>(same - receptor.outputs.begin());
      if (same == receptor.outputs.end())
        receptor.outputs.push_back(*output);
      auto node = std::make_shared<Expr>();
      node->kind = ExprKind::ReceptorOutput;
      node->index = static_cast<unsigned>(r);
      node->output = position;
      node->dimension = output->dimension;
      node->range = expr.range;
      return Trace{node, name, output->dimension};
    }
  std::vector<std::string> names = recordable(model, models.program), plain;
  for (const std::string &entry : names)
    plain.push_back(entry.substr(0, entry.find(' ')));
  Diagnostic &message = diagnostics.report(diag::NotRecordable, expr.range,
                                           population.path, name);
  if (std::ranges::find(model.params, name, &Parameter::name) !=
      model.params.end())
    message.at("this is a parameter: it does not change during the run");
  else if (auto meant = nearest(name, plain))
    message.at("did you mean `" + *meant + "`?")
        .fix("replace the name", expr.range, *meant);
  message.note("recordable: " + joinNames(names, 20));
  return std::nullopt;
}

void ExperimentChecker::record(const ast::RecordStmt &statement) {
  uint64_t every = 1;
  if (statement.interval) {
    std::optional<uint64_t> interval =
        steps(*statement.interval, "sampling interval");
    if (!interval)
      return;
    if (*interval == 0) {
      diagnostics.report(diag::NotPositive, statement.interval->range,
                         "sampling interval", "0 ms");
      return;
    }
    every = *interval;
  }
  for (const ast::Selection &selection : statement.selections) {
    auto targets = slices(selection);
    if (!targets)
      return;
    for (const ast::ExprPtr &quantity : statement.quantities)
      for (const Slice &target : *targets) {
        Record made;
        made.target = target;
        made.range = statement.range;
        made.everySteps = every;
        made.name = sourceText(quantity->range, diagnostics);
        if (made.name == "spikes") {
          if (statement.interval) {
            diagnostics.report(diag::SpikesEvery, statement.interval->range);
            return;
          }
          made.everySteps = 1;
        } else {
          std::optional<Trace> found = trace(*quantity, target);
          if (!found)
            return;
          made.kind = Record::Kind::Trace;
          made.value = found->value;
        }
        experiment.records.push_back(std::move(made));
      }
  }
}

void ExperimentChecker::plot(const ast::PlotStmt &statement) {
  static const std::vector<std::string> kinds = {"raster", "rate", "isi",
                                                 "cv",     "fi",   "spectrum"};
  std::string what = sourceText(statement.what->range, diagnostics);
  bool isKind = std::ranges::find(kinds, what) != kinds.end();
  Plot made;
  made.kind = isKind ? what : "trace";
  made.range = statement.range;
  if (statement.over)
    made.over = sourceText(statement.over->range, diagnostics);
  for (const ast::Selection &selection : statement.selections) {
    auto targets = slices(selection);
    if (!targets)
      return;
    for (const Slice &target : *targets) {
      if (!isKind) {
        std::optional<Trace> found = trace(*statement.what, target);
        if (!found)
          return;
        made.trace = found->value;
        made.traceName = found->name;
      }
      made.targets.push_back(target);
    }
  }
  experiment.plots.push_back(std::move(made));
}

//===----------------------------------------------------------------------===//
// Sweeps and changes
//===----------------------------------------------------------------------===//

void ExperimentChecker::sweep(const ast::SweepStmt &statement) {
  Sweep made;
  made.range = statement.range;
  made.path = sourceText(statement.target->range, diagnostics);
  made.name = statement.alias.empty() ? made.path : statement.alias.text;
  Dimension dimension;
  const auto *member = ast::dynCast<ast::MemberExpr>(statement.target.get());
  std::string base =
      member ? sourceText(member->base->range, diagnostics) : std::string();
  std::string argument = base == "net" ? member->member.text : made.path;
  const Entity *entity = networkFrame ? networkFrame->find(argument) : nullptr;
  if ((!member || base == "net") && entity &&
      entity->kind == Entity::Kind::Quantity) {
    made.path = "net." + argument;
    made.kind = Sweep::Kind::Network;
    dimension = entity->quantity.dimension();
  } else {
    auto refs = elaborator->populations(*statement.target);
    if (!refs)
      return;
    const PopulationRef &ref = refs->front();
    const Population &population =
        experiment.network.populations[ref.slice.population];
    Elaborator::Field field;
    if (refs->size() == 1 && population.kind == Population::Kind::Neurons)
      field = elaborator->findField(models.program.neurons[population.model],
                                    ref.member.text);
    if (field.kind == Elaborator::FieldKind::Param) {
      made.kind = Sweep::Kind::Param;
    } else if (field.kind == Elaborator::FieldKind::Input) {
      made.kind = Sweep::Kind::Input;
    } else {
      diagnostics.report(diag::NotSweepable, statement.target->range, made.path)
          .help("sweep an argument of the network, or a parameter or an input "
                "of a population");
      return;
    }
    made.population = ref.slice.population;
    made.index = field.index;
    dimension = field.dimension;
  }
  std::string what = "`" + made.path + "`";
  made.unit.dimension = dimension;
  auto add = [&](double value) {
    made.values.push_back(value);
    made.texts.push_back(
        formatNumber(value) +
        (dimension.isNone() ? "" : " [" + dimension.unit() + "]"));
  };
  if (const auto *range =
          ast::dynCast<ast::RangeExpr>(statement.values.get())) {
    std::optional<double> low =
        elaborator->number(*range->low, what, dimension);
    std::optional<double> high =
        elaborator->number(*range->high, what, dimension);
    if (!low || !high)
      return;
    if (!range->step) {
      diagnostics.report(diag::SweepNeedsStep, range->range)
          .help("say how far apart the values are: `" +
                sourceText(range->range, diagnostics) + " step ...`");
      return;
    }
    std::optional<double> stride =
        elaborator->number(*range->step, what, dimension);
    if (!stride)
      return;
    if (*stride <= 0 || *high < *low) {
      diagnostics.report(diag::EmptyRange, range->range,
                         sourceText(range->range, diagnostics));
      return;
    }
    double turns = std::floor((*high - *low) / *stride + 1e-9);
    constexpr double maxPoints = 100'000;
    if (turns >= maxPoints) {
      diagnostics.report(diag::TooManyTurns, range->range,
                         Count(static_cast<uint64_t>(maxPoints)));
      return;
    }
    for (double i = 0; i <= turns; ++i)
      add(*low + i * *stride);
  } else if (const auto *list =
                 ast::dynCast<ast::ListExpr>(statement.values.get())) {
    for (const ast::ExprPtr &element : list->elements) {
      std::optional<double> value =
          elaborator->number(*element, what, dimension);
      if (!value)
        return;
      add(*value);
    }
  } else {
    diagnostics.report(diag::NotARange, statement.values->range,
                       sourceText(statement.values->range, diagnostics));
    return;
  }
  experiment.sweeps.push_back(std::move(made));
}

void ExperimentChecker::at(const ast::AtStmt &statement) {
  std::optional<uint64_t> time = steps(*statement.time, "time");
  if (!time)
    return;
  for (const ast::StmtPtr &inner : statement.body.statements) {
    if (const auto *assign = ast::dynCast<ast::AssignStmt>(inner.get())) {
      change(*assign, *time);
      continue;
    }
    if (const auto *reset = ast::dynCast<ast::ResetStmt>(inner.get())) {
      std::vector<Slice> targets;
      for (const ast::Selection &selection : reset->selections)
        if (auto chosen = slices(selection))
          targets.insert(targets.end(), chosen->begin(), chosen->end());
      if (reset->selections.empty())
        for (unsigned i = 0; i < experiment.network.populations.size(); ++i)
          targets.push_back(
              {i, 0, experiment.network.populations[i].size - 1, reset->range});
      for (const Slice &target : targets) {
        Change made;
        made.kind = Change::Kind::Reset;
        made.atStep = *time;
        made.target = target;
        made.range = reset->range;
        experiment.changes.push_back(std::move(made));
      }
      continue;
    }
    diagnostics.report(
        diag::Unsupported,
        inner->keyword.isValid() ? inner->keyword : inner->range,
        sourceText(inner->keyword.isValid() ? inner->keyword : inner->range,
                   diagnostics));
  }
}

void ExperimentChecker::change(const ast::AssignStmt &statement,
                               uint64_t step) {
  auto refs = elaborator->populations(*statement.target);
  if (!refs)
    return;
  for (const PopulationRef &ref : *refs) {
    const Population &population =
        experiment.network.populations[ref.slice.population];
    Elaborator::Field field;
    if (population.kind == Population::Kind::Neurons)
      field = elaborator->findField(models.program.neurons[population.model],
                                    ref.member.text);
    if (field.kind == Elaborator::FieldKind::Input &&
        statement.op == ast::AssignOp::Set) {
      inputChange(statement, step, ref, field);
      continue;
    }
    bool isParam = field.kind == Elaborator::FieldKind::Param;
    bool isState = field.kind == Elaborator::FieldKind::State;
    if ((!isParam && !isState) || statement.op != ast::AssignOp::Set) {
      diagnostics
          .report(diag::NotChangeable, statement.target->range,
                  sourceText(statement.target->range, diagnostics))
          .help("parameters, states and inputs of populations can be set with "
                "`=`");
      return;
    }
    Change made;
    made.kind = isParam ? Change::Kind::Param : Change::Kind::State;
    made.atStep = step;
    made.target = ref.slice;
    made.index = field.index;
    made.range = statement.range;
    std::optional<Value> given =
        elaborator->value(statement.value, "`" + ref.member.text + "`",
                          field.dimension, field.range, ref.slice.size());
    if (!given)
      return;
    made.value = std::move(*given);
    experiment.changes.push_back(std::move(made));
  }
}

void ExperimentChecker::inputChange(const ast::AssignStmt &statement,
                                    uint64_t step, const PopulationRef &ref,
                                    const Elaborator::Field &field) {
  std::optional<Value> given =
      elaborator->value(statement.value, "`" + ref.member.text + "`",
                        field.dimension, field.range, ref.slice.size());
  if (!given)
    return;
  if (given->kind != Value::Kind::Constant) {
    diagnostics.report(diag::Unsupported, given->range,
                       "an input that differs between neurons");
    return;
  }
  inputChanges.push_back({ref.slice, field.index, step, given->constant,
                          field.dimension, statement.range});
}

/// An input that is set at times is a stimulus: a staircase over the time. The
/// edges lie half a step early, where no rounding of n*h can reach them.
void ExperimentChecker::inputStimuli() {
  auto sameTarget = [](const InputChange &a, const InputChange &b) {
    return a.input == b.input && a.target.population == b.target.population &&
           a.target.first == b.target.first && a.target.last == b.target.last;
  };
  for (size_t i = 0; i < inputChanges.size(); ++i) {
    const InputChange &first = inputChanges[i];
    bool isDone = std::any_of(
        inputChanges.begin(), inputChanges.begin() + static_cast<ptrdiff_t>(i),
        [&](const InputChange &other) { return sameTarget(first, other); });
    if (isDone)
      continue;
    std::vector<const InputChange *> stairs;
    for (const InputChange &other : inputChanges)
      if (sameTarget(first, other))
        stairs.push_back(&other);
    std::ranges::sort(stairs, {}, [](const InputChange *stair) {
      return std::pair(stair->step, stair->range.begin);
    });
    ExprRef value = makeNumber(0, first.dimension, first.range);
    for (const InputChange *stair : stairs) {
      ExprRef level = makeNumber(stair->value, stair->dimension, stair->range);
      if (stair->step == 0) {
        value = level;
        continue;
      }
      double edge =
          (static_cast<double>(stair->step) - 0.5) * experiment.stepSize;
      auto reached = std::make_shared<Expr>();
      reached->kind = ExprKind::Compare;
      reached->compare = CompareOp::GreaterEqual;
      reached->range = stair->range;
      reached->operands = {
          makeReference(ExprKind::Time, 0, Dimension::time(), stair->range),
          makeNumber(edge, Dimension::time(), stair->range)};
      auto select = std::make_shared<Expr>();
      select->kind = ExprKind::Select;
      select->dimension = stair->dimension;
      select->range = stair->range;
      select->operands = {reached, level, value};
      value = select;
    }
    Stimulus made;
    const Population &population =
        experiment.network.populations[first.target.population];
    made.path =
        "set " + population.path + "." +
        models.program.neurons[population.model].inputs[first.input].name +
        "#" + std::to_string(i);
    made.target = first.target;
    made.input = first.input;
    made.value = value;
    made.range = first.range;
    experiment.network.stimuli.push_back(std::move(made));
  }
}

} // namespace snn::lang
