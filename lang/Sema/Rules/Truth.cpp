//===- Truth.cpp - Quantities and truth values ----------------------------===//
//
// A condition is a comparison, never a number; a number is never a condition; a
// percentage is relative to something that only some places have.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Dimensions.h"

namespace snn::lang::rules {

bool checkQuantity(const Typed &value, DiagnosticEngine &diagnostics) {
  if (value.kind == TypeKind::Truth)
    diagnostics
        .report(diag::TruthAsNumber, value.range,
                sourceText(value.range, diagnostics))
        .help("choose a value: `if " + sourceText(value.range, diagnostics) +
              " then ... else ...`");
  if (value.kind == TypeKind::Percent)
    diagnostics.report(diag::PercentMisplaced, value.range,
                       sourceText(value.range, diagnostics));
  return value.isQuantity();
}

bool checkTruth(const Typed &value, DiagnosticEngine &diagnostics) {
  if (value.kind == TypeKind::Quantity || value.kind == TypeKind::Percent)
    diagnostics
        .report(diag::NumberAsTruth, value.range,
                sourceText(value.range, diagnostics))
        .help("compare it with something, for example `" +
              sourceText(value.range, diagnostics) + " > 0" +
              (value.isQuantity() && !value.dimension().isNone()
                   ? " " + value.dimension().unit()
                   : "") +
              "`");
  return value.kind == TypeKind::Truth;
}

} // namespace snn::lang::rules
