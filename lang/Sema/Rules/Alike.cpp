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
    reportBareNumber(rhs, quoted(lhs), lhs.dimension(), lhs.dimension().unit(),
                     diagnostics);
    return false;
  }
  if (lhs.isBareNumber) {
    reportBareNumber(lhs, quoted(rhs), rhs.dimension(), rhs.dimension().unit(),
                     diagnostics);
    return false;
  }
  Diagnostic &message =
      diagnostics
          .report(diag::UnlikeOperands, rhs.range, std::string(verb),
                  withArticle(lhs.dimension()), withArticle(rhs.dimension()))
          .at(rhs.dimension().unit())
          .label(lhs.range, lhs.dimension().unit());
  // Half a power of time between the two comes from noise alone.
  Dimension apart = lhs.dimension() / rhs.dimension();
  if (!apart.isInteger())
    message.help("`noise()` is in 1/sqrt(time); as in "
                 "`sigma*sqrt(2/tau)*noise()`, a square root of a time "
                 "belongs to it");
  return false;
}

} // namespace snn::lang::rules
