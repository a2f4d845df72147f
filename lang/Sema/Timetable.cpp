//===- Timetable.cpp - What changes at times, as functions of time --------===//
//
// An input or a rate that is set at times is a staircase over the time, and a
// drive of some phases is one that is nothing in between. So whatever runs the
// model needs to know of none of them. Edges lie half a step early, where no
// rounding of n*h can reach them.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Experiments.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

static ExprRef makeSelect(ExprRef condition, ExprRef yes, ExprRef no) {
  if (yes == no)
    return yes;
  auto select = std::make_shared<Expr>();
  select->kind = ExprKind::Select;
  select->dimension = yes->dimension;
  select->range = yes->range;
  select->operands = {std::move(condition), std::move(yes), std::move(no)};
  return select;
}

ExprRef ExperimentChecker::reached(uint64_t step, SourceRange range) const {
  double edge = (static_cast<double>(step) - 0.5) * experiment.stepSize;
  auto compare = std::make_shared<Expr>();
  compare->kind = ExprKind::Compare;
  compare->compare = CompareOp::GreaterEqual;
  compare->range = range;
  compare->operands = {
      makeReference(ExprKind::Time, 0, Dimension::time(), range),
      makeNumber(edge, Dimension::time(), range)};
  return compare;
}

/// A tree over the edges in [first, last), so that nothing nests deeply:
/// before the first one `before` holds.
ExprRef ExperimentChecker::staircase(const std::vector<Stair> &stairs,
                                     size_t first, size_t last,
                                     const ExprRef &before) const {
  if (first == last)
    return before;
  size_t middle = first + (last - first) / 2;
  const Stair &stair = stairs[middle];
  return makeSelect(reached(stair.step, stair.value->range),
                    staircase(stairs, middle + 1, last, stair.value),
                    staircase(stairs, first, middle, before));
}

/// The steps of one staircase in their order; of several at one step the last
/// one in the text holds. A stair at step 0 replaces what was before.
ExprRef ExperimentChecker::staircase(std::vector<Stair> stairs,
                                     ExprRef before) const {
  std::ranges::sort(stairs, {}, [](const Stair &stair) {
    return std::pair(stair.step, stair.value->range.begin);
  });
  std::vector<Stair> distinct;
  for (Stair &stair : stairs) {
    if (!distinct.empty() && distinct.back().step == stair.step)
      distinct.pop_back();
    distinct.push_back(std::move(stair));
  }
  if (!distinct.empty() && distinct.front().step == 0) {
    before = distinct.front().value;
    distinct.erase(distinct.begin());
  }
  return staircase(distinct, 0, distinct.size(), before);
}

/// In NEST a current travels like a spike, for a step at least: what is written
/// as a function of t acts as if t were (n - 1)*h in step n. That number is
/// computed from n, as the time itself is, for t - h may be rounded otherwise.
ExprRef ExperimentChecker::aStepLater(const ExprRef &value) const {
  if (!value || !mentions(*value, ExprKind::Time))
    return value;
  auto made = std::make_shared<Expr>(*value);
  for (ExprRef &operand : made->operands)
    operand = aStepLater(operand);
  if (value->kind != ExprKind::Time)
    return made;
  SourceRange range = value->range;
  auto number = [&](double amount, const Dimension &dimension) {
    return makeNumber(amount, dimension, range);
  };
  ExprRef step = number(experiment.stepSize, Dimension::time());
  auto rounded = std::make_shared<Expr>();
  rounded->kind = ExprKind::Call;
  rounded->function = Function::Round;
  rounded->range = range;
  rounded->operands = {
      makeBinary(BinaryOp::Div, value, step, Dimension::none(), range)};
  ExprRef before =
      makeBinary(BinaryOp::Sub, rounded, number(1, Dimension::none()),
                 Dimension::none(), range);
  return makeBinary(BinaryOp::Mul, before, step, Dimension::time(), range);
}

void ExperimentChecker::delayStimuli() {
  for (Stimulus &stimulus : experiment.network.stimuli) {
    stimulus.value = aStepLater(stimulus.value);
    stimulus.noise = aStepLater(stimulus.noise);
  }
}

void ExperimentChecker::inputStimuli() {
  size_t number = 0;
  for (const auto &[target, stairs] : inputChanges) {
    const auto &[populationIndex, input, first, last, stride] = target;
    const Population &population =
        experiment.network.populations[populationIndex];
    const Input &declared =
        models.program.neurons[population.model].inputs[input];
    Stimulus made;
    made.path = "set " + population.path + "." + declared.name + "#" +
                std::to_string(number++);
    made.range = stairs.front().value->range;
    made.target = {populationIndex, first, last, made.range, stride};
    made.input = input;
    made.value =
        staircase(stairs, makeNumber(0, declared.dimension, made.range));
    experiment.network.stimuli.push_back(std::move(made));
  }
}

void ExperimentChecker::rates() {
  for (const auto &[population, stairs] : rateChanges) {
    ExprRef &rate = experiment.network.populations[population].rate;
    rate = staircase(stairs, rate);
  }
}

/// A drive that stands in phases acts during them, one behind `at` or `every`
/// from then on.
void ExperimentChecker::drives() {
  for (const auto &[statement, windows] : driveWindows) {
    std::vector<Stair> stairs;
    SourceRange range = statement->range;
    ExprRef on = makeNumber(1, Dimension::none(), range);
    ExprRef off = makeNumber(0, Dimension::none(), range);
    // Phases follow one another: where one ends the next may begin.
    for (const Window &window : windows) {
      if (!stairs.empty() && stairs.back().step == window.first)
        stairs.pop_back();
      stairs.push_back({window.first, on});
      if (window.last)
        stairs.push_back({*window.last, off});
    }
    ExprRef share = staircase(std::move(stairs), off);
    auto gate = [&](ExprRef &value) {
      if (value && share->kind != ExprKind::Number)
        value = makeBinary(BinaryOp::Mul, value, share, value->dimension,
                           value->range);
    };
    size_t firstDrive = experiment.network.drives.size();
    size_t firstStimulus = experiment.network.stimuli.size();
    elaborator->run(*statement);
    for (size_t i = firstDrive; i < experiment.network.drives.size(); ++i)
      gate(experiment.network.drives[i].rate);
    for (size_t i = firstStimulus; i < experiment.network.stimuli.size(); ++i) {
      gate(experiment.network.stimuli[i].value);
      gate(experiment.network.stimuli[i].noise);
    }
  }
}

} // namespace snn::lang
