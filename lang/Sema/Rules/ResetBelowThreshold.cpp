//===- ResetBelowThreshold.cpp - The reset ends the spike -----------------===//
//
// Compares the two where parameters alone decide them: `spike when X >= a` with
// `X = b` in the rule, and `spike when X <= a` the other way round (a condition
// has its state on the left side here, however it is written). A dynamic
// threshold is left alone.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Models.h"

namespace snn::lang::rules {

using namespace checked;

/// The place that decides an expression: of a lone parameter where its value
/// was given.
static SourceRange decidedAt(const Expr &expr, const ParameterValues &params) {
  return expr.kind == ExprKind::Param ? params.places[expr.index] : expr.range;
}

void checkResetBelowThreshold(const NeuronModel &model,
                              const ParameterValues &params,
                              DiagnosticEngine &diagnostics) {
  if (!model.spike || model.spike->kind != SpikeRule::Kind::Level)
    return;
  const Expr &condition = *model.spike->condition;
  if (condition.kind != ExprKind::Compare ||
      condition.operands[0]->kind != ExprKind::State)
    return;
  bool isUpward = condition.compare == CompareOp::GreaterEqual ||
                  condition.compare == CompareOp::Greater;
  bool isDownward = condition.compare == CompareOp::LessEqual ||
                    condition.compare == CompareOp::Less;
  if (!isUpward && !isDownward)
    return;
  unsigned state = condition.operands[0]->index;
  const Assignment *reset = nullptr;
  for (const Statement &statement : model.spike->reset) {
    if (statement.conditional)
      return;
    if (statement.assignment->state == state)
      reset = &*statement.assignment;
  }
  if (!reset || reset->increment)
    return;
  Environment environment = [&](const Expr &expr) -> std::optional<double> {
    if (expr.kind == ExprKind::Let)
      return evaluate(*model.lets[expr.index].value, environment).value;
    return expr.kind == ExprKind::Param ? params.values[expr.index]
                                        : std::nullopt;
  };
  const Expr &threshold = *condition.operands[1];
  std::optional<double> level = evaluate(threshold, environment).value;
  std::optional<double> after = evaluate(*reset->value, environment).value;
  if (!level || !after)
    return;
  bool isBeyond = isUpward ? *after > *level : *after < *level;
  bool isEnough = condition.compare == CompareOp::GreaterEqual ||
                  condition.compare == CompareOp::LessEqual;
  if (!isBeyond && !(isEnough && *after == *level))
    return;
  const Dimension &dimension = model.states[state].dimension;
  std::string limit = formatQuantity(*level, dimension);
  std::string target = reset->value->kind == ExprKind::Param
                           ? model.params[reset->value->index].name
                           : "a reset";
  std::string side = isUpward ? "below" : "above";
  diagnostics
      .report(diag::ResetAboveThreshold, decidedAt(*reset->value, params),
              model.states[state].name, formatQuantity(*after, dimension), side,
              limit)
      .at(!isBeyond  ? "reset is at the threshold"
          : isUpward ? "reset is higher"
                     : "reset is lower")
      .label(decidedAt(threshold, params), "threshold")
      .help("choose " + target + " " + side + " " + limit);
}

} // namespace snn::lang::rules
