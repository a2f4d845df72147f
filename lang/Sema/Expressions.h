//===- Expressions.h - Checks and resolves expressions ----------*- C++ -*-===//
//
// Turns a syntax tree into a checked one: names become references, literals
// become numbers in internal units, and every node has its dimension.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_EXPRESSIONS_H
#define SNN_LANG_SEMA_EXPRESSIONS_H

#include "lang/Sema/Scope.h"

#include <array>
#include <string_view>

namespace snn::lang {

/// What a connection says of a pair of neurons: Argument 0 to 3 of a function
/// of places.
inline constexpr std::array<std::string_view, 4> partsOfDistance = {
    "distance", "dx", "dy", "dz"};

class ExpressionChecker {
public:
  /// `context` completes "unknown name `x` in ...": "the equation for `V`".
  ExpressionChecker(Scope &scope, DiagnosticEngine &diagnostics,
                    std::string context = {})
      : scope(scope), diagnostics(diagnostics), context(std::move(context)) {}

  /// Of any type.
  Typed check(const ast::Expr &expr);
  /// Reports what is no quantity, no truth value.
  Typed checkQuantity(const ast::Expr &expr);
  Typed checkTruth(const ast::Expr &expr);
  /// A quantity given for `what` ("`tau`"), declared at `declared`. With
  /// `zeroIsAny`, a bare 0 has the dimension that is needed.
  Typed checkGiven(const ast::Expr &expr, std::string_view what,
                   const Dimension &needed, SourceRange declared = {},
                   bool zeroIsAny = false);

  /// Reports an unknown name and what was probably meant.
  void reportUnknown(const std::string &name, SourceRange range);

private:
  Scope &scope;
  DiagnosticEngine &diagnostics;
  std::string context;

  /// A bare 0 beside a value of generic dimension has that dimension.
  void adaptZero(Typed &zero, const Typed &other) const;
  Typed dispatch(const ast::Expr &expr);
  Typed number(const ast::NumberExpr &number);
  Typed name(const ast::NameExpr &name);
  Typed call(const ast::CallExpr &call);
  Typed unary(const ast::UnaryExpr &unary);
  Typed binary(const ast::BinaryExpr &binary);
  Typed arithmetic(const ast::BinaryExpr &binary);
  Typed comparison(const ast::BinaryExpr &binary);
  Typed logic(const ast::BinaryExpr &binary);
  Typed conditional(const ast::ConditionalExpr &conditional);
};

} // namespace snn::lang

#endif // SNN_LANG_SEMA_EXPRESSIONS_H
