//===- ResetBelowThreshold.cpp - The reset lies below the threshold -------===//
//
// Compares the two where parameters alone decide them: `spike when X >= a` with
// `X = b` in the rule. A dynamic threshold is left alone.
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
  bool isLower = condition.kind == ExprKind::Compare &&
                 (condition.compare == CompareOp::GreaterEqual ||
                  condition.compare == CompareOp::Greater);
  if (!isLower || condition.operands[0]->kind != ExprKind::State)
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
  Environment environment = [&](const Expr &expr) {
    return expr.kind == ExprKind::Param ? params.values[expr.index]
                                        : std::nullopt;
  };
  const Expr &threshold = *condition.operands[1];
  std::optional<double> level = evaluate(threshold, environment).value;
  std::optional<double> after = evaluate(*reset->value, environment).value;
  if (!level || !after)
    return;
  bool spikesAgain = condition.compare == CompareOp::GreaterEqual
                         ? *after >= *level
                         : *after > *level;
  if (!spikesAgain)
    return;
  const Dimension &dimension = model.states[state].dimension;
  std::string limit = formatQuantity(*level, dimension);
  std::string target = reset->value->kind == ExprKind::Param
                           ? model.params[reset->value->index].name
                           : "a reset";
  diagnostics
      .report(diag::ResetAboveThreshold, decidedAt(*reset->value, params),
              model.states[state].name, formatQuantity(*after, dimension),
              limit)
      .at(*after > *level ? "reset is higher" : "reset is not lower")
      .label(decidedAt(threshold, params), "threshold")
      .help("choose " + target + " below " + limit);
}

} // namespace snn::lang::rules
