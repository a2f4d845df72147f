//===- Protocol.cpp - What happens during a run -------------------------===//
//
// Phases, repetitions and times are unrolled into changes at steps. Inputs that
// are set become stimuli, so nothing needs to know of them later.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Experiments.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

/// Changes that one experiment may hold, loops unrolled.
static constexpr size_t maxChanges = 1'000'000;

void ExperimentChecker::at(const ast::AtStmt &statement) {
  if (std::optional<uint64_t> time = steps(*statement.time, "time"))
    protocol(statement.body, *time);
}

void ExperimentChecker::periodic(const ast::PeriodicStmt &statement) {
  std::optional<uint64_t> period = steps(*statement.period, "period");
  if (!period)
    return;
  if (*period == 0) {
    diagnostics.report(diag::NotPositive, statement.period->range, "period",
                       "0 ms");
    return;
  }
  uint64_t end = experiment.warmupSteps + experiment.durationSteps;
  for (uint64_t step = *period; step < end; step += *period)
    if (!protocol(statement.body, step))
      return;
}

void ExperimentChecker::phase(const ast::PhaseStmt &statement) {
  std::optional<uint64_t> length = steps(*statement.duration, "phase");
  if (!length)
    return;
  Phase made;
  made.name = statement.name.text;
  made.firstStep = nextPhase;
  made.steps = *length;
  made.range = statement.name.range;
  nextPhase += *length;
  if (statement.body.isPresent() && !protocol(statement.body, made.firstStep))
    return;
  experiment.phases.push_back(std::move(made));
}

void ExperimentChecker::repeat(const ast::RepeatStmt &statement) {
  std::optional<uint64_t> turns =
      elaborator->count(*statement.count, "the number of repetitions");
  if (!turns)
    return;
  for (uint64_t turn = 0; turn < *turns; ++turn)
    if (!protocol(statement.body, nextPhase))
      return;
}

/// What happens at a step. False once something was wrong, since it would be
/// wrong again in every turn of a loop.
bool ExperimentChecker::protocol(const ast::Block &body, uint64_t step) {
  unsigned before = diagnostics.reportedErrors();
  for (const ast::StmtPtr &inner : body.statements) {
    switch (inner->kind) {
    case ast::Stmt::Kind::Assign:
      change(ast::cast<ast::AssignStmt>(*inner), step);
      break;
    case ast::Stmt::Kind::Reset:
      resetStates(ast::cast<ast::ResetStmt>(*inner), step);
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
          protocol(branch.body, step);
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
    if (experiment.changes.size() + inputChanges.size() +
            experiment.phases.size() >
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
    Change made;
    made.kind = Change::Kind::Reset;
    made.atStep = step;
    made.target = target;
    made.range = statement.range;
    experiment.changes.push_back(std::move(made));
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
