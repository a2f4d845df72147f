//===- Positive.cpp - Signs of time constants and capacitances ------------===//
//
// A negative time constant turns a decay into an explosion, long after the
// mistake; so does one neuron of thousands whose draw was negative.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"
#include "lang/Sema/Rules/Network.h"

#include <cmath>

namespace snn::lang::rules {

using namespace checked;

Sign signOf(const Parameter &param) {
  if (param.dimension == Dimension::capacitance() ||
      (param.dimension == Dimension::time() && param.name.starts_with("tau")))
    return Sign::Positive;
  if (param.dimension == Dimension::time() && param.name.starts_with("t_ref"))
    return Sign::NotNegative;
  return Sign::Any;
}

static const char *ruleOf(Sign sign) {
  return sign == Sign::Positive ? "must be greater than zero"
                                : "must not be negative";
}

void checkPositive(const Dynamics &model, const ParameterValues &params,
                   DiagnosticEngine &diagnostics) {
  for (size_t i = 0; i < model.params.size(); ++i) {
    const Parameter &param = model.params[i];
    Sign sign = signOf(param);
    if (sign == Sign::Any || !params.values[i])
      continue;
    double value = *params.values[i];
    if (value < 0 || (sign == Sign::Positive && value == 0))
      diagnostics
          .report(diag::NotPositive, params.places[i],
                  params.prefix + param.name,
                  formatQuantity(value, param.dimension))
          .at(ruleOf(sign));
  }
}

bool checkDrawnPositive(const Parameter &param, const Value &value,
                        const std::string &name,
                        DiagnosticEngine &diagnostics) {
  Sign sign = signOf(param);
  if (sign == Sign::Any || value.kind != Value::Kind::Distribution)
    return true;
  Support support = supportOf(value);
  if (support.low > 0 || (support.low == 0 &&
                          (sign == Sign::NotNegative || !support.isLowReached)))
    return true;
  std::string unit = param.dimension.unit();
  std::string bound = (sign == Sign::Positive ? "> 0 " : ">= 0 ") + unit;
  std::string least = "down to " + formatQuantity(support.low, param.dimension);
  Diagnostic &message = diagnostics.report(
      diag::DrawnNotPositive, value.range, name,
      sign == Sign::Positive ? "be positive" : "not be negative",
      std::isinf(support.low) ? "without a lower bound" : least);
  message.help("say what happens then: `redraw to " + bound + "`, or " +
               (sign == Sign::Positive ? "clip to a bound above zero"
                                       : "`clip to " + bound + "`"));
  return false;
}

} // namespace snn::lang::rules
