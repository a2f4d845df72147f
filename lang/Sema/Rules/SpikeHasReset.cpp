//===- SpikeHasReset.cpp - A level condition must be undone ---------------===//
//
// A rule that tests a level and changes nothing of what it tests holds at every
// later step. A crossing needs no reset.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"

#include <algorithm>

namespace snn::lang::rules {

using namespace checked;

static bool changesAnything(const std::vector<Statement> &body) {
  return std::ranges::any_of(body, [](const Statement &statement) {
    return statement.assignment ||
           (statement.conditional &&
            (changesAnything(statement.conditional->thenBody) ||
             changesAnything(statement.conditional->elseBody)));
  });
}

void checkSpikeHasReset(const NeuronModel &model,
                        DiagnosticEngine &diagnostics) {
  if (!model.spike || model.spike->kind != SpikeRule::Kind::Level ||
      model.spike->refractory || changesAnything(model.spike->reset))
    return;
  SourceRange condition = model.spike->condition->range;
  Diagnostic &message =
      diagnostics.report(diag::SpikeNeedsReset, condition, model.name)
          .at("stays true after the spike");
  const Expr &test = *model.spike->condition;
  std::string state = test.kind == ExprKind::Compare &&
                              test.operands[0]->kind == ExprKind::State
                          ? model.states[test.operands[0]->index].name
                          : std::string("V");
  SourceRange rule = model.spike->range;
  std::string value = "V_reset";
  std::string body = " { " + state + " = " + value + " }";
  bool hasBlock = rule.end > condition.end;
  message.suggest(
      "add a reset",
      {rule.buffer, condition.end, hasBlock ? rule.end : condition.end}, body);
  message.help("or, for a neuron that comes back by itself, test the crossing: "
               "`spike when " +
               state + " rises above ...`");
}

} // namespace snn::lang::rules
