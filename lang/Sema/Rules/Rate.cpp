//===- Rate.cpp - Rates are not negative ----------------------------------===//
//
// Of what changes with time only a run can tell (R0402).
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

namespace snn::lang::rules {

bool checkRate(const checked::ExprRef &rate, SourceRange place,
               DiagnosticEngine &diagnostics) {
  if (rate->kind != checked::ExprKind::Number || rate->number >= 0)
    return true;
  diagnostics.report(diag::NegativeRate, place,
                     formatQuantity(rate->number, Dimension::frequency()));
  return false;
}

} // namespace snn::lang::rules
