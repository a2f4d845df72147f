//===- Given.cpp - A value has the dimension of what it is given for ------===//
//
// Arguments, initial values, assignments, weights, delays, durations and
// overrides all pass through here.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Dimensions.h"

namespace snn::lang::rules {

bool checkGiven(const Typed &value, std::string_view what,
                const Dimension &needed, SourceRange declared,
                DiagnosticEngine &diagnostics) {
  if (value.isError() || !checkQuantity(value, diagnostics))
    return false;
  if (value.dimension() == needed)
    return true;
  if (value.isBareNumber && !needed.isNone()) {
    // Rates are stated in Hz; 1/ms would be a thousand times more.
    reportBareNumber(value, what, needed,
                     needed == Dimension::frequency() ? "Hz" : needed.unit(),
                     diagnostics);
    return false;
  }
  Diagnostic &message =
      diagnostics
          .report(diag::WrongDimension, value.range, std::string(what),
                  describeQuantity(needed), describeQuantity(value.dimension()))
          .at(value.dimension().isNone() ? "no unit"
                                         : value.dimension().unit());
  if (!needed.isNone())
    message.label(declared, "declared in " + needed.unit());
  else
    message.label(declared, "declared without a unit");
  return false;
}

} // namespace snn::lang::rules
