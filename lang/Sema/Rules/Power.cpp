//===- Power.cpp - Exponents ----------------------------------------------===//
//
// The dimension of x^y is known only if y is: a plain number that is written
// down where x has a dimension, and one that gives whole twelfths.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <cmath>

namespace snn::lang::rules {

std::optional<Dimension> checkPower(const Typed &base, const Typed &exponent,
                                    SourceRange range,
                                    DiagnosticEngine &diagnostics) {
  if (!exponent.dimension().isNone()) {
    diagnostics
        .report(diag::ExponentHasUnit, exponent.range,
                withArticle(exponent.dimension()) + " (" +
                    exponent.dimension().unit() + ")")
        .at("must be a plain number");
    return std::nullopt;
  }
  if (base.dimension().isNone())
    return Dimension::none();
  Evaluation known = evaluate(*exponent.expr, [](const checked::Expr &) {
    return std::optional<double>();
  });
  if (!known.value) {
    diagnostics
        .report(diag::ExponentUnknown, exponent.range,
                sourceText(base.range, diagnostics),
                withArticle(base.dimension()) + " (" + base.dimension().unit() +
                    ")")
        .at("not a written number")
        .label(base.range, base.dimension().unit());
    return std::nullopt;
  }
  double twelfths = *known.value * Dimension::denominator;
  std::optional<Dimension> result;
  if (std::fabs(twelfths) < 1000 && std::nearbyint(twelfths) == twelfths)
    result = base.dimension().pow(static_cast<int>(twelfths),
                                  Dimension::denominator);
  if (!result)
    diagnostics
        .report(diag::NoSuchPower, range,
                withArticle(base.dimension()) + " (" + base.dimension().unit() +
                    ")",
                formatNumber(*known.value))
        .at("no unit for this");
  return result;
}

} // namespace snn::lang::rules
