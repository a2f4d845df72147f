//===- Protocol.cpp - What happens during a run -------------------------===//
//
// Phases, repetitions and times are unrolled into changes at steps; what is set
// of inputs and rates goes into a timetable.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Experiments.h"
#include "lang/Sema/Rules/Network.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

/// Changes that one experiment may hold, loops unrolled.
static constexpr size_t maxChanges = 1'000'000;

void ExperimentChecker::at(const ast::AtStmt &statement) {
  if (std::optional<uint64_t> time = steps(*statement.time, "time")) {
    times.emplace_back(*time, statement.time->range);
    protocol(statement.body, {*time, {}});
  }
}

void ExperimentChecker::periodic(const ast::PeriodicStmt &statement) {
  std::optional<uint64_t> period = steps(*statement.period, "period");
  if (!period)
    return;
  if (!isDurationKnown) {
    protocol(statement.body, {*period, {}});
    return;
  }
  if (*period == 0) {
    diagnostics.report(diag::NotPositive, statement.period->range, "period",
                       "0 ms");
    return;
  }
  uint64_t end = experiment.warmupSteps + experiment.durationSteps;
  for (uint64_t step = *period; step < end; step += *period)
    if (!protocol(statement.body, {step, {}}))
      return;
}

void ExperimentChecker::phase(const ast::PhaseStmt &statement) {
  std::optional<uint64_t> length = steps(*statement.duration, "phase");
  isDurationKnown &= length.has_value();
  Phase made;
  made.name = statement.name.text;
  made.firstStep = nextPhase;
  made.steps = length.value_or(1);
  made.range = statement.name.range;
  nextPhase += made.steps;
  if (statement.body.isPresent())
    protocol(statement.body, {made.firstStep, nextPhase});
  experiment.phases.push_back(std::move(made));
}

void ExperimentChecker::repeat(const ast::RepeatStmt &statement) {
  std::optional<uint64_t> turns =
      elaborator->count(*statement.count, "the number of repetitions");
  if (!turns)
    return;
  for (uint64_t turn = 0; turn < *turns; ++turn)
    if (!protocol(statement.body, {nextPhase, {}}))
      return;
}

/// What happens at a step. False once something was wrong, since it would be
/// wrong again in every turn of a loop.
bool ExperimentChecker::protocol(const ast::Block &body, Window window) {
  uint64_t &step = window.first;
  unsigned before = diagnostics.reportedErrors();
  for (const ast::StmtPtr &inner : body.statements) {
    switch (inner->kind) {
    case ast::Stmt::Kind::Assign:
      change(ast::cast<ast::AssignStmt>(*inner), step);
      break;
    case ast::Stmt::Kind::Drive:
      drive(ast::cast<ast::DriveStmt>(*inner), window);
      break;
    case ast::Stmt::Kind::Reset:
      resetStates(ast::cast<ast::ResetStmt>(*inner), step);
      break;
    case ast::Stmt::Kind::Learning:
      learning(ast::cast<ast::LearningStmt>(*inner), step);
      break;
    case ast::Stmt::Kind::Event:
      event(ast::cast<ast::EventStmt>(*inner), step);
      break;
    case ast::Stmt::Kind::Phase:
      phase(ast::cast<ast::PhaseStmt>(*inner));
      step = nextPhase;
      break;
    case ast::Stmt::Kind::Repeat:
      repeat(ast::cast<ast::RepeatStmt>(*inner));
      step = nextPhase;
      break;
    case ast::Stmt::Kind::At:
      at(ast::cast<ast::AtStmt>(*inner));
      break;
    case ast::Stmt::Kind::If: {
      const auto &choice = ast::cast<ast::IfStmt>(*inner);
      for (const ast::IfStmt::Branch &branch : choice.branches) {
        std::optional<bool> holds = true;
        if (branch.condition)
          holds = elaborator->truth(*branch.condition);
        if (!holds)
          return false;
        if (*holds) {
          protocol(branch.body, window);
          break;
        }
      }
      break;
    }
    default: {
      SourceRange place =
          inner->keyword.isValid() ? inner->keyword : inner->range;
      diagnostics.report(diag::Unsupported, place,
                         sourceText(place, diagnostics));
    }
    }
    if (experiment.changes.size() + numChanges + experiment.phases.size() >
        maxChanges) {
      diagnostics.report(diag::TooManyTurns, inner->range, Count(maxChanges));
      return false;
    }
  }
  return diagnostics.reportedErrors() == before;
}

void ExperimentChecker::resetStates(const ast::ResetStmt &statement,
                                    uint64_t step) {
  std::vector<Slice> targets;
  for (const ast::Selection &selection : statement.selections)
    if (auto chosen = slices(selection))
      targets.insert(targets.end(), chosen->begin(), chosen->end());
  const std::vector<Population> &populations = experiment.network.populations;
  if (statement.selections.empty())
    for (unsigned i = 0; i < populations.size(); ++i)
      if (populations[i].kind == Population::Kind::Neurons)
        targets.push_back({i, 0, populations[i].size - 1, statement.range});
  for (const Slice &target : targets) {
    const Population &population = populations[target.population];
    if (population.kind != Population::Kind::Neurons) {
      diagnostics.report(diag::NotChangeable, target.range, population.path)
          .at("a source has no states");
      return;
    }
    if (target.size() != population.size) {
      diagnostics.report(diag::Unsupported, target.range,
                         "a reset of a part of a population");
      return;
    }
    Change made;
    made.kind = Change::Kind::Reset;
    made.atStep = step;
    made.target = target;
    made.range = statement.range;
    experiment.changes.push_back(std::move(made));
  }
}

void ExperimentChecker::drive(const ast::DriveStmt &statement, Window window) {
  auto found = std::ranges::find(driveWindows, &statement,
                                 [](const auto &entry) { return entry.first; });
  if (found == driveWindows.end())
    found = driveWindows.insert(found, {&statement, {}});
  std::vector<Window> &windows = found->second;
  // What acts until the end needs no second begin.
  if (windows.empty() || windows.back().last)
    windows.push_back(window);
  ++numChanges;
}

void ExperimentChecker::notChangeable(const ast::AssignStmt &statement) {
  diagnostics
      .report(diag::NotChangeable, statement.target->range,
              sourceText(statement.target->range, diagnostics))
      .help("parameters and inputs of populations and the rates of Poisson "
            "sources can be set with `=`");
}

/// What an experiment says outside of any time holds from the beginning:
/// parameters, initial states and rates are the population's own then.
void ExperimentChecker::setting(const ast::AssignStmt &statement) {
  const auto *member = ast::dynCast<ast::MemberExpr>(statement.target.get());
  const auto *base =
      member ? ast::dynCast<ast::NameExpr>(member->base.get()) : nullptr;
  if (base && base->name == "net" && networkFrame)
    return; // the network has it
  auto refs = elaborator->populations(*statement.target);
  if (!refs)
    return;
  for (const PopulationRef &ref : *refs) {
    assigned.insert(ref.slice.population);
    if (!elaborator->assign(ref, statement) && !change(statement, 0, ref))
      return;
  }
}

void ExperimentChecker::change(const ast::AssignStmt &statement,
                               uint64_t step) {
  auto refs = elaborator->populations(*statement.target);
  if (!refs)
    return;
  for (const PopulationRef &ref : *refs)
    if (!change(statement, step, ref))
      return;
}

/// False if there was an error, which others of the same list would repeat.
bool ExperimentChecker::change(const ast::AssignStmt &statement, uint64_t step,
                               const PopulationRef &ref) {
  using FieldKind = Elaborator::FieldKind;
  const Population &population =
      experiment.network.populations[ref.slice.population];
  const ast::Initializer &init = statement.value;
  bool isGiven = init.kind == ast::Initializer::Kind::Given;
  bool isWhole = ref.slice.size() == population.size;
  std::string what = "`" + ref.member.text + "`";
  ++numChanges;
  auto refuse = [&](SourceRange range, const char *name) {
    diagnostics.report(diag::Unsupported, range, name);
    return false;
  };
  if (statement.op != ast::AssignOp::Set) {
    notChangeable(statement);
    return false;
  }
  if (population.kind == Population::Kind::PoissonSource &&
      ref.member.text == "rate" && isGiven) {
    if (!isWhole)
      return refuse(statement.target->range, "a rate of a part of a source");
    ExprRef rate = elaborator->timeFunction(*init.value, "the rate",
                                            Dimension::frequency());
    if (!rate || !rules::checkRate(rate, init.value->range, diagnostics))
      return false;
    rateChanges[ref.slice.population].push_back({step, rate});
    return true;
  }
  Elaborator::Field field;
  if (population.kind == Population::Kind::Neurons)
    field = elaborator->findField(models.program.neurons[population.model],
                                  ref.member.text);
  Change made;
  switch (field.kind) {
  case FieldKind::None:
    notChangeable(statement);
    return false;
  case FieldKind::Input: {
    if (!isGiven || init.value->kind == ast::Expr::Kind::List)
      return refuse(init.value->range, "an input that differs between neurons");
    ExprRef value = elaborator->timeFunction(*init.value, what, field.dimension,
                                             field.range);
    if (!value)
      return false;
    inputChanges[{ref.slice.population, field.index, ref.slice.first,
                  ref.slice.last, ref.slice.stride}]
        .push_back({step, value});
    return true;
  }
  case FieldKind::Param:
  case FieldKind::ReceptorParam: {
    made.kind = Change::Kind::Param;
    if (!isWhole)
      return refuse(statement.target->range,
                    "a parameter of a part of a population at a time");
    const std::optional<Value> *own = elaborator->valueOf(ref);
    if (own && *own && (*own)->kind != Value::Kind::Constant)
      return refuse(statement.target->range,
                    "a change of a parameter that differs between neurons");
    break;
  }
  case FieldKind::State:
  case FieldKind::ReceptorState:
    return refuse(statement.target->range, "a state set at a time");
  }
  made.atStep = step;
  made.target = ref.slice;
  made.name = ref.member.text;
  made.range = statement.range;
  std::optional<Value> given = elaborator->value(init, what, field.dimension,
                                                 field.range, ref.slice.size());
  if (!given)
    return false;
  if (given->kind != Value::Kind::Constant)
    return refuse(given->range,
                  "a change to values that differ between neurons");
  made.value = given->constant;
  experiment.changes.push_back(std::move(made));
  return true;
}

} // namespace snn::lang
