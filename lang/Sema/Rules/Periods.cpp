//===- Periods.cpp - What a rule does every so often ----------------------===//
//
// `every T` in a rule is a whole number of steps, one or more, for the
// parameters that a connection gives.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Models.h"
#include "lang/Sema/Rules/Network.h"

namespace snn::lang::rules {

using namespace checked;

void checkPeriods(const PlasticityModel &rule, const ParameterValues &params,
                  std::optional<double> step, SourceRange stepRange,
                  DiagnosticEngine &diagnostics) {
  Environment environment = [&](const Expr &expr) {
    if (expr.kind == ExprKind::StepSize)
      return step;
    return expr.kind == ExprKind::Param ? params.values[expr.index]
                                        : std::nullopt;
  };
  for (const PlasticityHandler &handler : rule.handlers) {
    if (handler.event != PlasticityHandler::Event::Every)
      continue;
    const Expr &period = *handler.period;
    std::optional<double> time = evaluate(period, environment).value;
    if (!time)
      continue;
    SourceRange place = period.kind == ExprKind::Param
                            ? params.places[period.index]
                            : period.range;
    if (*time <= 0)
      diagnostics.report(diag::NotPositive, place, "period",
                         formatQuantity(*time, Dimension::time()));
    else if (step)
      checkOnGrid(*time, "period", *step, place, stepRange, diagnostics);
  }
}

} // namespace snn::lang::rules
