//===- Finite.cpp - What a model says has values --------------------------===//
//
// A division by zero, the root of a negative number or an overflow that follows
// from the default values alone is a mistake of the model, and is said before
// it comes out of a run as a state that is not a number.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Models.h"

namespace snn::lang::rules {

using namespace checked;

namespace {

class Finite {
public:
  Finite(const ParameterValues &params, DiagnosticEngine &diagnostics)
      : diagnostics(diagnostics), environment([&params](const Expr &expr) {
          return expr.kind == ExprKind::Param ? params.values[expr.index]
                                              : std::nullopt;
        }) {}

  void check(const ExprRef &expr) {
    if (expr)
      visit(*expr);
  }

private:
  DiagnosticEngine &diagnostics;
  Environment environment;

  void report(SourceRange range, std::string reason) {
    diagnostics.report(diag::NoValue, range, sourceText(range, diagnostics),
                       std::move(reason));
  }

  /// Looks into what has no value yet for parts that can have none.
  void visit(const Expr &expr) {
    Evaluation whole = evaluate(expr, environment);
    if (whole.value)
      return;
    if (!whole.failure.reason.empty())
      return report(whole.failure.range, whole.failure.reason);
    if (expr.kind == ExprKind::Select) {
      std::optional<double> condition =
          evaluate(*expr.operands[0], environment).value;
      if (condition)
        return visit(*expr.operands[*condition != 0 ? 1 : 2]);
    }
    bool divides =
        expr.kind == ExprKind::Binary &&
        (expr.binary == BinaryOp::Div || expr.binary == BinaryOp::Mod);
    if (divides) {
      const Expr &divisor = *expr.operands[1];
      std::optional<double> value = evaluate(divisor, environment).value;
      if (value && *value == 0)
        return report(divisor.range, "is zero, and is divided by");
    }
    for (const ExprRef &operand : expr.operands)
      visit(*operand);
  }
};

} // namespace

void checkFinite(const Dynamics &model, const ParameterValues &params,
                 DiagnosticEngine &diagnostics) {
  // A parameter of the wrong sign was reported.
  if (diagnostics.hasErrors())
    return;
  Finite finite(params, diagnostics);
  for (const Parameter &param : model.params)
    finite.check(param.defaultValue);
  for (const State &state : model.states)
    finite.check(state.initial);
  for (const Let &let : model.lets)
    finite.check(let.value);
  for (const Equation &equation : model.equations) {
    finite.check(equation.drift);
    for (const ExprRef &noise : equation.noise)
      finite.check(noise);
  }
}

} // namespace snn::lang::rules
