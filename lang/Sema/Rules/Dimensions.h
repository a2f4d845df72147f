//===- Dimensions.h - Rules of the dimension algebra ------------*- C++ -*-===//
//
// What may be added, compared, raised, passed and assigned; one file each. A
// rule reports at most one message and says whether all is well.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_RULES_DIMENSIONS_H
#define SNN_LANG_SEMA_RULES_DIMENSIONS_H

#include "lang/Sema/Functions.h"
#include "lang/Sema/Scope.h"

#include <span>

namespace snn::lang::rules {

/// Operands of +, -, comparisons and the branches of `if` have one dimension.
/// `verb` completes "cannot ... a voltage and a current".
bool checkAlike(const Typed &lhs, const Typed &rhs, std::string_view verb,
                DiagnosticEngine &diagnostics);

/// A number without a unit where `what` ("`V`") needs one.
void reportBareNumber(const Typed &number, std::string_view what,
                      const Dimension &needed, std::string unit,
                      DiagnosticEngine &diagnostics);

/// A value given for `what` has the dimension of it. `declared` is where that
/// was fixed, if it was.
bool checkGiven(const Typed &value, std::string_view what,
                const Dimension &needed, SourceRange declared,
                DiagnosticEngine &diagnostics);

/// base^exponent: the exponent is a plain number, and a known one where the
/// base has a dimension. `range` is the whole.
std::optional<Dimension> checkPower(const Typed &base, const Typed &exponent,
                                    SourceRange range,
                                    DiagnosticEngine &diagnostics);

/// What a function gives for its arguments.
std::optional<Dimension> checkCall(const FunctionInfo &function,
                                   std::span<const Typed> arguments,
                                   SourceRange range,
                                   DiagnosticEngine &diagnostics);

/// A quantity, a truth value: reports what is the other.
bool checkQuantity(const Typed &value, DiagnosticEngine &diagnostics);
bool checkTruth(const Typed &value, DiagnosticEngine &diagnostics);

/// Both sides of `coefficient*state' = value`.
struct EquationSides {
  std::string left;
  std::string stateName;
  Dimension state;
  SourceRange stateRange;
  /// Of the left side as a whole.
  Dimension needed;
  bool hasCoefficient = false;
};
bool checkEquation(const EquationSides &sides, const Typed &value,
                   const Scope &scope, DiagnosticEngine &diagnostics);

} // namespace snn::lang::rules

#endif // SNN_LANG_SEMA_RULES_DIMENSIONS_H
