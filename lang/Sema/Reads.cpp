//===- Reads.cpp - What expressions and statements read -------------------===//
//
// Each `let` is looked into once, for lets of lets would be many.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Reads.h"

#include <set>

namespace snn::lang {

using namespace checked;

static void walk(const Expr &expr, std::span<const Let> lets,
                 std::set<unsigned> &entered, const Visitor &visit) {
  if (expr.kind == ExprKind::Let) {
    if (entered.insert(expr.index).second && lets[expr.index].value)
      walk(*lets[expr.index].value, lets, entered, visit);
    return;
  }
  if (expr.operands.empty())
    visit(expr);
  for (const ExprRef &operand : expr.operands)
    walk(*operand, lets, entered, visit);
}

void forEachRead(const Expr &expr, std::span<const Let> lets,
                 const Visitor &visit) {
  std::set<unsigned> entered;
  walk(expr, lets, entered, visit);
}

void forEachExpression(std::span<const Statement> body,
                       const std::function<void(const ExprRef &)> &visit) {
  for (const Statement &statement : body) {
    if (statement.assignment)
      visit(statement.assignment->value);
    if (statement.sent)
      visit(statement.sent);
    if (!statement.conditional)
      continue;
    visit(statement.conditional->condition);
    forEachExpression(statement.conditional->thenBody, visit);
    forEachExpression(statement.conditional->elseBody, visit);
  }
}

void forEachRead(std::span<const Statement> body, std::span<const Let> lets,
                 const Visitor &visit) {
  forEachExpression(
      body, [&](const ExprRef &expr) { forEachRead(*expr, lets, visit); });
}

void forEachAssignment(std::span<const Statement> body,
                       const std::function<void(const Assignment &)> &visit) {
  for (const Statement &statement : body) {
    if (statement.assignment)
      visit(*statement.assignment);
    if (!statement.conditional)
      continue;
    forEachAssignment(statement.conditional->thenBody, visit);
    forEachAssignment(statement.conditional->elseBody, visit);
  }
}

} // namespace snn::lang
