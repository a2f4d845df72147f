//===- Types.h - What the value of an expression is -------------*- C++ -*-===//
//
// A type is a quantity with its dimension, a truth value or a percentage. The
// error type is silent: whatever it touches becomes an error type too, so that
// one mistake gives one message.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_TYPES_H
#define SNN_LANG_SEMA_TYPES_H

#include "lang/AST/Expr.h"
#include "lang/Diagnostics/Engine.h"
#include "lang/Sema/Checked.h"

#include <optional>
#include <string>

namespace snn::lang {

enum class TypeKind { Error, Quantity, Truth, Percent };

/// A checked expression and its type.
struct Typed {
  TypeKind kind = TypeKind::Error;
  /// Null for errors. Of a percentage, the fraction.
  checked::ExprRef expr;
  SourceRange range;
  /// Of a literal (or its negative), the unit it was written in.
  std::optional<Unit> unit;
  /// A number without a unit, as written: `0`, `-1.5`.
  bool isBareNumber = false;

  bool isError() const { return kind == TypeKind::Error; }
  bool isQuantity() const { return kind == TypeKind::Quantity; }
  const Dimension &dimension() const { return expr->dimension; }

  static Typed error(SourceRange range = {}) {
    return {TypeKind::Error, nullptr, range, std::nullopt, false};
  }
  static Typed quantity(checked::ExprRef expr) {
    SourceRange range = expr->range;
    return {TypeKind::Quantity, std::move(expr), range, std::nullopt, false};
  }
  static Typed truth(checked::ExprRef expr) {
    SourceRange range = expr->range;
    return {TypeKind::Truth, std::move(expr), range, std::nullopt, false};
  }
};

/// Nodes of checked expressions.
checked::ExprRef makeNumber(double value, Dimension dimension,
                            SourceRange range);
checked::ExprRef makeReference(checked::ExprKind kind, unsigned index,
                               Dimension dimension, SourceRange range);
checked::ExprRef makeBinary(checked::BinaryOp op, checked::ExprRef lhs,
                            checked::ExprRef rhs, Dimension dimension,
                            SourceRange range);
checked::ExprRef makeNegative(checked::ExprRef operand);
/// lhs and rhs, two truth values.
checked::ExprRef makeConjunction(checked::ExprRef lhs, checked::ExprRef rhs);

/// "a voltage", "an inverse length", "a plain number".
std::string withArticle(const Dimension &dimension);

/// "a plain number", "a voltage (mV)".
std::string describeQuantity(const Dimension &dimension);

/// "no arguments", "1 argument", "2 arguments".
std::string argumentCount(size_t count);

/// A value as the user wrote it where the text is a lone quantity ("-1 s"),
/// else in the usual unit ("-1000 ms").
std::string shownValue(double value, const Dimension &dimension,
                       SourceRange range, const DiagnosticEngine &diagnostics);

/// The unit of a literal or a type; reports names that are none.
std::optional<Unit> resolveUnit(const ast::Unit &unit,
                                DiagnosticEngine &diagnostics);

/// Where a file lies that the text at `range` names: beside that text, unless
/// the path is absolute.
std::string dataPath(const std::string &file, SourceRange range,
                     const DiagnosticEngine &diagnostics);

/// The text of a range, on one line.
std::string sourceText(SourceRange range, const DiagnosticEngine &diagnostics);

} // namespace snn::lang

#endif // SNN_LANG_SEMA_TYPES_H
