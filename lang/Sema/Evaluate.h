//===- Evaluate.h - Checked expressions as numbers --------------*- C++ -*-===//
//
// Evaluates a checked expression in f64, with the functions of FixedMath.h, so
// the result is the same everywhere. Truth values are 0 and 1.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_EVALUATE_H
#define SNN_LANG_SEMA_EVALUATE_H

#include "lang/Sema/Types.h"

#include <functional>

namespace snn::lang {

/// The value of a reference (a parameter, a state, the time), or empty where it
/// has none yet.
using Environment = std::function<std::optional<double>(const checked::Expr &)>;

/// Why there is no value.
struct EvaluationFailure {
  SourceRange range;
  /// "divides by zero"; empty where a reference has no value.
  std::string reason;
};

struct Evaluation {
  std::optional<double> value;
  EvaluationFailure failure;
};

/// Of a conditional only the part that holds is evaluated.
Evaluation evaluate(const checked::Expr &expr, const Environment &environment);

/// The value of an expression without references; reports E0330 where it has
/// none. Not for expressions of the time.
std::optional<double> evaluateConstant(const checked::Expr &expr,
                                       DiagnosticEngine &diagnostics);

/// The expression with every part that does not depend on the time or on places
/// replaced by its value. Reports parts that have none, and gives null.
checked::ExprRef foldConstants(const checked::ExprRef &expr,
                               DiagnosticEngine &diagnostics);

/// True if a reference of that kind occurs.
bool mentions(const checked::Expr &expr, checked::ExprKind kind);

/// The default values of all parameters, in the environment of the given ones
/// (by index; empty entries take their default). Entries stay empty where a
/// value is missing or cannot be computed.
std::vector<std::optional<double>>
evaluateParameters(const std::vector<checked::Parameter> &params,
                   std::vector<std::optional<double>> given = {});

} // namespace snn::lang

#endif // SNN_LANG_SEMA_EVALUATE_H
