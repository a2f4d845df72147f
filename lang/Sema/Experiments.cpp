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
                                     const ast::ControlStmt *control,
                                     const std::vector<Override> &given)
    : models(models), diagnostics(models.diagnostics), declared(declared),
      decl(ast::cast<ast::ExperimentDecl>(*declared.declaration)),
      control(control), overrides(given, decl.name.range, diagnostics) {}

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
  for (const ast::ExperimentDecl *link : chain)
    add(link->body);
  firstOfControl = statements.size();
  if (control)
    add(control->body);
  return true;
}

/// What a statement gives one value or one list of values; null for others.
static const ast::Expr *givenBy(const ast::Stmt &statement) {
  if (const auto *assign = ast::dynCast<ast::AssignStmt>(&statement))
    return assign->target.get();
  if (const auto *sweep = ast::dynCast<ast::SweepStmt>(&statement))
    return sweep->target.get();
  return nullptr;
}

/// One more body, which replaces what may stand only once.
void ExperimentChecker::add(const ast::Block &body) {
  std::vector<const ast::Stmt *> own;
  for (const ast::StmtPtr &statement : body.statements) {
    auto isSame = [&](const ast::Stmt *other) {
      return isSingle(statement->kind) && other->kind == statement->kind;
    };
    if (auto first = std::ranges::find_if(own, isSame); first != own.end()) {
      diagnostics
          .report(diag::GivenTwice, statement->keyword,
                  sourceText(statement->keyword, diagnostics))
          .label((*first)->keyword, "first given here");
    }
    if (const ast::Expr *target = givenBy(*statement)) {
      std::string text = sourceText(target->range, diagnostics);
      for (const ast::Stmt *other : own)
        if (other->kind == statement->kind &&
            sourceText(givenBy(*other)->range, diagnostics) == text) {
          diagnostics.report(diag::GivenTwice, target->range, text)
              .label(givenBy(*other)->range, "first given here");
          break;
        }
    }
    own.push_back(statement.get());
    auto inherited = std::ranges::find_if(statements, isSame);
    if (inherited == statements.end())
      statements.push_back(statement.get());
    else
      *inherited = statement.get();
  }
}

const ast::Stmt *ExperimentChecker::single(ast::Stmt::Kind kind) {
  auto found = std::ranges::find(statements, kind, &ast::Stmt::kind);
  return found == statements.end() ? nullptr : *found;
}

std::optional<Experiment> ExperimentChecker::run() {
  unsigned before = diagnostics.reportedErrors();
  experiment.name = decl.name.text;
  experiment.range = decl.name.range;
  if (control) {
    experiment.controlOf = experiment.name;
    experiment.name += "/" + control->name.text;
    experiment.range = control->name.range;
  }
  scope.module = declared.module;
  scope.description = "experiment `" + decl.name.text + "`";
  std::vector<const ast::Attribute *> attributes;
  for (const ast::Attribute &attribute : decl.attributes)
    if (attribute.name.text == "long" && attribute.arguments.empty())
      experiment.isLong = true;
    else
      attributes.push_back(&attribute);
  experiment.attributes = checkAttributes(
      attributes, AttributeOwner::Experiment, decl.range, diagnostics);
  if (!collect())
    return std::nullopt;
  step();
  network();
  bool isWhole = diagnostics.reportedErrors() == before;
  duration();
  seeds();
  // What is expected or plotted may name phases and sweeps that stand below it.
  auto namesOthers = [](const ast::Stmt &statement) {
    return statement.kind == ast::Stmt::Kind::Expect ||
           statement.kind == ast::Stmt::Kind::Plot;
  };
  for (bool names : {false, true})
    for (size_t i = 0; i < statements.size(); ++i) {
      if (control && names && i == firstOfControl)
        experiment.effects = std::move(experiment.expects);
      if (namesOthers(*statements[i]) == names)
        clause(*statements[i]);
    }
  if (control && firstOfControl == statements.size())
    experiment.effects = std::move(experiment.expects);
  if (control && experiment.effects.empty())
    diagnostics.report(diag::ControlOfNothing, control->name.range,
                       control->name.text, decl.name.text);
  precisionOfImports();
  phasesFit();
  if (isDurationKnown)
    checkEnd();
  checkChanges();
  if (isStepKnown)
    for (const Population &population : experiment.network.populations)
      rules::checkStability(population, models.program, experiment.stepSize,
                            diagnostics);
  drives();
  if (diagnostics.reportedErrors() == before) {
    eventSources();
    checkModulatorsDriven();
    rates();
    inputStimuli();
    rules::checkQuiescence(experiment.network, models.program, diagnostics);
    if (experiment.schedule == Schedule::Nest)
      delayStimuli();
  }
  if (isWhole)
    overrides.reportUnused();
  if (diagnostics.reportedErrors() == before)
    checkNetworks();
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  return std::move(experiment);
}

void ExperimentChecker::step() {
  const auto *statement =
      ast::dynCast<ast::StepStmt>(single(ast::Stmt::Kind::Step));
  // Without a step there is a scope all the same, to evaluate it in.
  elaborator = std::make_unique<Elaborator>(
      models, experiment.network, overrides, std::nullopt, SourceRange());
  elaborator->frame = &scope;
  if (statement) {
    stepRange = statement->value->range;
    std::optional<double> value =
        elaborator->number(*statement->value, "the step", Dimension::time());
    isStepKnown = value && setStep(*value, stepRange);
  } else {
    diagnostics.report(diag::StepMissing, decl.name.range, decl.name.text)
        .help("state it: `step 0.1 ms`");
  }
  if (auto given = overrides.take("step", Dimension::time())) {
    stepRange = decl.name.range;
    isStepKnown = setStep(*given, stepRange) && isStepKnown;
  }
  elaborator = std::make_unique<Elaborator>(
      models, experiment.network, overrides,
      isStepKnown ? std::optional(experiment.stepSize) : std::nullopt,
      stepRange, /*isStepWrong=*/!isStepKnown);
  elaborator->frame = &scope;
}

bool ExperimentChecker::setStep(double value, SourceRange place) {
  if (value > 0) {
    experiment.stepSize = value;
    return true;
  }
  diagnostics.report(diag::NotPositive, place, "step",
                     formatQuantity(value, Dimension::time()));
  return false;
}

/// `net.g = 4` gives the network an argument.
static const ast::MemberExpr *networkArgument(const ast::AssignStmt &given) {
  const auto *member = ast::dynCast<ast::MemberExpr>(given.target.get());
  const auto *base =
      member ? ast::dynCast<ast::NameExpr>(member->base.get()) : nullptr;
  return base && base->name == "net" ? member : nullptr;
}

/// What the experiment says of its network's arguments is known before.
void ExperimentChecker::instantiate(const ast::NetworkStmt &statement) {
  const ast::Name &name = statement.network.model;
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
  for (const ast::Stmt *part : statements)
    if (const auto *given = ast::dynCast<ast::AssignStmt>(part))
      if (const ast::MemberExpr *argument = networkArgument(*given))
        elaborator->arguments[argument->member.text] = given;
  networkFrame = elaborator->instantiate(found, &statement.network, "", "net");
  if (!networkFrame)
    return;
  // What the network declares is seen by its own name.
  for (const auto &[known, entity] : networkFrame->names)
    scope.names.emplace(known, entity);
}

void ExperimentChecker::precisionOfImports() {
  for (const Network::Import &import : experiment.network.imports)
    if (import.needsF64 && experiment.precision != Precision::F64)
      diagnostics.report(diag::ImportPrecision, import.range, import.path)
          .label(experiment.range, "this one has f32")
          .note(import.summary);
}

void ExperimentChecker::network() {
  unsigned before = diagnostics.reportedErrors();
  if (const ast::Stmt *statement = single(ast::Stmt::Kind::Network)) {
    instantiate(ast::cast<ast::NetworkStmt>(*statement));
    elaborator->lost.names |= !networkFrame;
  }
  for (const ast::Stmt *part : statements)
    switch (part->kind) {
    case ast::Stmt::Kind::Let:
    case ast::Stmt::Kind::If:
    case ast::Stmt::Kind::For:
    case ast::Stmt::Kind::Instance:
    case ast::Stmt::Kind::Connect:
    case ast::Stmt::Kind::Disconnect:
    case ast::Stmt::Kind::Drive:
    case ast::Stmt::Kind::When:
      elaborator->run(*part);
      break;
    default:
      break;
    }
  if (!experiment.network.populations.empty() ||
      diagnostics.reportedErrors() != before)
    return;
  elaborator->lost.names = true;
  // Its network has only populations of models that are wrong.
  if (networkFrame && diagnostics.reportedErrors())
    return;
  diagnostics.report(diag::NetworkMissing, decl.name.range, decl.name.text)
      .help("name one: `network Brunel(g = 5)`");
}

std::optional<uint64_t> ExperimentChecker::steps(const ast::Expr &expr,
                                                 std::string_view what) {
  std::optional<double> time =
      elaborator->number(expr, "the " + std::string(what), Dimension::time());
  return time ? onGrid(*time, what, expr.range) : std::nullopt;
}

/// Where the step is unknown the order of times is all that counts.
std::optional<uint64_t> ExperimentChecker::onGrid(double time,
                                                  std::string_view what,
                                                  SourceRange place) {
  if (time < 0) {
    diagnostics.report(diag::NegativeTime, place, std::string(what),
                       shownValue(time, Dimension::time(), place, diagnostics));
    return std::nullopt;
  }
  constexpr double maxSteps = 0x1p40;
  if (time / experiment.stepSize > maxSteps) {
    if (isStepKnown)
      diagnostics.report(diag::TooManySteps, place, std::string(what),
                         Count(static_cast<uint64_t>(maxSteps)));
    return std::nullopt;
  }
  if (!isStepKnown)
    return static_cast<uint64_t>(std::nearbyint(time / experiment.stepSize));
  return rules::checkOnGrid(time, what, experiment.stepSize, place, stepRange,
                            diagnostics);
}

void ExperimentChecker::duration() {
  const auto *statement =
      ast::dynCast<ast::DurationStmt>(single(ast::Stmt::Kind::Duration));
  std::optional<uint64_t> warmUp = 0;
  if (statement && statement->warmUp)
    warmUp = steps(*statement->warmUp, "warm-up");
  experiment.warmupSteps = warmUp.value_or(0);
  nextPhase = experiment.warmupSteps;
  if (!statement) {
    bool hasPhases =
        single(ast::Stmt::Kind::Phase) || single(ast::Stmt::Kind::Repeat);
    if (!hasPhases)
      diagnostics.report(diag::DurationMissing, decl.name.range, decl.name.text)
          .help("state it: `duration 1 s`");
    isDurationKnown = hasPhases;
    return;
  }
  durationRange = statement->value->range;
  std::optional<uint64_t> length = steps(*statement->value, "duration");
  if (auto given = overrides.take("duration", Dimension::time()))
    length = onGrid(*given, "duration", decl.name.range);
  experiment.durationSteps = length.value_or(0);
  isDurationKnown = warmUp && length;
}

/// Phases make the duration where none is stated, and fit into it otherwise.
void ExperimentChecker::phasesFit() {
  if (experiment.phases.empty())
    return;
  uint64_t total = nextPhase - experiment.warmupSteps;
  if (!durationRange.isValid())
    experiment.durationSteps = total;
  if (total <= experiment.durationSteps || !isDurationKnown)
    return;
  auto shown = [&](uint64_t steps) {
    return formatQuantity(static_cast<double>(steps) * experiment.stepSize,
                          Dimension::time());
  };
  diagnostics
      .report(diag::PhasesTooLong, experiment.phases.back().range, shown(total),
              shown(experiment.durationSteps))
      .label(durationRange, "the duration is stated here");
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
  case ast::Stmt::Kind::Record: {
    size_t made = experiment.records.size();
    record(ast::cast<ast::RecordStmt>(statement));
    lostRecord |= experiment.records.size() == made;
    return;
  }
  case ast::Stmt::Kind::Plot:
    return plot(ast::cast<ast::PlotStmt>(statement));
  case ast::Stmt::Kind::Expect:
    return expect(ast::cast<ast::ExpectStmt>(statement));
  case ast::Stmt::Kind::Sweep: {
    size_t made = experiment.sweeps.size();
    sweep(ast::cast<ast::SweepStmt>(statement));
    lostSweep |= experiment.sweeps.size() == made;
    return;
  }
  case ast::Stmt::Kind::At:
    return at(ast::cast<ast::AtStmt>(statement));
  case ast::Stmt::Kind::Assign:
    return setting(ast::cast<ast::AssignStmt>(statement));
  case ast::Stmt::Kind::Phase:
    return phase(ast::cast<ast::PhaseStmt>(statement));
  case ast::Stmt::Kind::Repeat:
    return repeat(ast::cast<ast::RepeatStmt>(statement));
  case ast::Stmt::Kind::Periodic:
    return periodic(ast::cast<ast::PeriodicStmt>(statement));
  case ast::Stmt::Kind::Learning:
    return learning(ast::cast<ast::LearningStmt>(statement), 0);
  default:
    return; // done by step, network, duration, seeds
  }
}

} // namespace snn::lang
