//===- BareNumber.cpp - A number where a quantity is needed ---------------===//
//
// Zero is zero in every unit, so its unit can be written by `--fix`; of other
// numbers only their author knows the scale.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Dimensions.h"

namespace snn::lang::rules {

void reportBareNumber(const Typed &number, std::string_view what,
                      const Dimension &needed, std::string unit,
                      DiagnosticEngine &diagnostics) {
  std::string text = sourceText(number.range, diagnostics);
  Diagnostic &message =
      diagnostics
          .report(diag::UnitMissing, number.range, std::string(what),
                  withArticle(needed) + " (" + unit + ")", text)
          .at("expected " + withArticle(needed));
  if (unit.find_first_of("*/(") != std::string::npos)
    unit = "[" + unit + "]";
  if (number.expr->number == 0)
    message.fix("write the unit", number.range, text + " " + unit);
  else
    message.suggest("write the unit, for example", number.range,
                    text + " " + unit);
}

} // namespace snn::lang::rules
