//===- Alike.cpp - Operands that must have one dimension ------------------===//
//
// A sum, a difference, a comparison and the branches of a conditional join
// quantities of one dimension. A number without a unit is the usual slip and
// has a message of its own.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Dimensions.h"

namespace snn::lang::rules {

bool checkAlike(const Typed &lhs, const Typed &rhs, std::string_view verb,
                DiagnosticEngine &diagnostics) {
  if (lhs.dimension() == rhs.dimension())
    return true;
  auto quoted = [&](const Typed &side) {
    return "`" + sourceText(side.range, diagnostics) + "`";
  };
  if (rhs.isBareNumber) {
    reportBareNumber(rhs, quoted(lhs), lhs.dimension(), diagnostics);
    return false;
  }
  if (lhs.isBareNumber) {
    reportBareNumber(lhs, quoted(rhs), rhs.dimension(), diagnostics);
    return false;
  }
  diagnostics
      .report(diag::UnlikeOperands, rhs.range, std::string(verb),
              withArticle(lhs.dimension()), withArticle(rhs.dimension()))
      .at(rhs.dimension().unit())
      .label(lhs.range, lhs.dimension().unit());
  return false;
}

} // namespace snn::lang::rules
