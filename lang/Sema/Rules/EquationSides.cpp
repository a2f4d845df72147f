//===- EquationSides.cpp - Both sides of an equation ----------------------===//
//
// c*x' = f: the dimension of f is that of c times that of x per time. Where one
// factor is missing and a quantity in scope has just that dimension, it is what
// was forgotten.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Dimensions.h"

namespace snn::lang::rules {

bool checkEquation(const EquationSides &sides, const Typed &value,
                   const Scope &scope, DiagnosticEngine &diagnostics) {
  if (value.isError() || !checkQuantity(value, diagnostics))
    return false;
  if (value.dimension() == sides.needed)
    return true;
  if (value.isBareNumber && value.expr->number == 0) {
    reportBareNumber(value, "`" + sides.left + "`", sides.needed,
                     sides.needed.unit(), diagnostics);
    return false;
  }
  Diagnostic &message =
      diagnostics
          .report(diag::EquationDimension, value.range, sides.left,
                  describeQuantity(sides.needed),
                  describeQuantity(value.dimension()))
          .at(value.dimension().isNone() ? "no unit" : value.dimension().unit())
          .label(sides.stateRange,
                 "`" + sides.stateName + "` is in " + sides.state.unit() +
                     ", so " + sides.stateName + "' is in " +
                     (sides.state / Dimension::time()).unit());
  Dimension excess = value.dimension() / sides.needed;
  std::string text = sourceText(value.range, diagnostics);
  for (const Visible &name : scope.visible()) {
    if (name.kind != "a parameter" || !name.dimension)
      continue;
    bool divides = *name.dimension == excess;
    if (!divides && Dimension::none() / *name.dimension != excess)
      continue;
    std::string kind = *name.dimension == Dimension::time()
                           ? "time constant"
                           : name.dimension->name();
    message.suggest((divides ? "divide by a " : "multiply by a ") + kind +
                        "; `" + name.name + "` is in scope",
                    value.range,
                    "(" + text + ")" + (divides ? "/" : "*") + name.name);
    break;
  }
  return false;
}

} // namespace snn::lang::rules
