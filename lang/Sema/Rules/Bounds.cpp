//===- Bounds.cpp - Bounds of plastic weights -----------------------------===//
//
// The bounds of a rule are of parameters, so they are judged twice: with the
// defaults, where they are written, and with what a connection gives.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Models.h"
#include "lang/Sema/Rules/Network.h"

#include <cmath>

namespace snn::lang::rules {

using namespace checked;

/// NaN where it is not known.
static double valueOf(const Expr &expr, const ParameterValues &params) {
  Environment environment = [&](const Expr &read) {
    return read.kind == ExprKind::Param ? params.values[read.index]
                                        : std::nullopt;
  };
  return evaluate(expr, environment).value.value_or(std::nan(""));
}

bool checkBound(const StateBound &bound, const ParameterValues &params,
                SourceRange place, DiagnosticEngine &diagnostics) {
  double low = valueOf(*bound.low, params);
  double high = valueOf(*bound.high, params);
  if (!(low > high))
    return true;
  const Dimension &dimension = bound.low->dimension;
  diagnostics.report(diag::EmptyRange, place,
                     formatQuantity(low, dimension) + " .. " +
                         formatQuantity(high, dimension));
  return false;
}

bool checkWeightInBound(const Value &weight, const StateBound &bound,
                        const ParameterValues &params,
                        DiagnosticEngine &diagnostics) {
  double low = valueOf(*bound.low, params);
  double high = valueOf(*bound.high, params);
  Support support = supportOf(weight);
  if (!(support.low < low) && !(support.high > high))
    return true;
  auto shown = [&](double value) {
    return formatQuantity(value, weight.dimension);
  };
  std::string range = shown(low) + " .. " + shown(high);
  if (weight.kind == Value::Kind::Distribution) {
    diagnostics.report(diag::WeightMayLieOutside, weight.range, range)
        .label(bound.range, "the bound")
        .help("say what happens then: `clip to " + range + "` or `redraw to " +
              range + "`");
    return true;
  }
  diagnostics
      .report(diag::WeightOutside, weight.range,
              shown(support.low < low ? support.low : support.high), range)
      .label(bound.range, "the bound");
  return false;
}

} // namespace snn::lang::rules
