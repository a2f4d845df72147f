//===- Calls.cpp - What functions take ------------------------------------===//
//
// exp, log, sin and their like have a value for plain numbers only; rounding a
// quantity would depend on its unit; abs, min, max keep the dimension.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Dimensions.h"

namespace snn::lang::rules {

static bool requirePlain(const FunctionInfo &function, const Typed &argument,
                         DiagnosticEngine &diagnostics) {
  if (argument.dimension().isNone())
    return true;
  Diagnostic &message = diagnostics
                            .report(diag::FunctionNeedsNumber, argument.range,
                                    std::string(function.name),
                                    withArticle(argument.dimension()) + " (" +
                                        argument.dimension().unit() + ")")
                            .at(argument.dimension().unit());
  std::string text = sourceText(argument.range, diagnostics);
  std::string unit = argument.dimension().unit();
  if (unit.find_first_of("*/(") != std::string::npos)
    unit = "[" + unit + "]";
  message.help("divide by a quantity of the same dimension, for example `(" +
               text + ")/(1 " + unit + ")`");
  return false;
}

std::optional<Dimension> checkCall(const FunctionInfo &function,
                                   std::span<const Typed> arguments,
                                   SourceRange range,
                                   DiagnosticEngine &diagnostics) {
  switch (function.signature) {
  case Signature::Plain:
  case Signature::Rounding:
    if (!requirePlain(function, arguments[0], diagnostics))
      return std::nullopt;
    return Dimension::none();
  case Signature::Sign:
    return Dimension::none();
  case Signature::Root: {
    std::optional<Dimension> root = arguments[0].dimension().sqrt();
    if (!root)
      diagnostics.report(diag::NoSuchPower, range,
                         withArticle(arguments[0].dimension()) + " (" +
                             arguments[0].dimension().unit() + ")",
                         "1/2");
    return root;
  }
  case Signature::Power:
    return checkPower(arguments[0], arguments[1], range, diagnostics);
  case Signature::Same:
    for (const Typed &argument : arguments.subspan(1))
      if (!checkAlike(arguments[0], argument,
                      "take the " + std::string(function.name) + " of",
                      diagnostics))
        return std::nullopt;
    return arguments[0].dimension();
  }
  return std::nullopt;
}

} // namespace snn::lang::rules
