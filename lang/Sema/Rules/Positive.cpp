//===- Positive.cpp - Signs of time constants and capacitances ------------===//
//
// A negative time constant turns a decay into an explosion, long after the
// mistake.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"

namespace snn::lang::rules {

void checkPositive(const checked::Dynamics &model,
                   const ParameterValues &params,
                   DiagnosticEngine &diagnostics) {
  for (size_t i = 0; i < model.params.size(); ++i) {
    const checked::Parameter &param = model.params[i];
    if (!params.values[i])
      continue;
    bool mustBePositive = (param.name.starts_with("tau") &&
                           param.dimension == Dimension::time()) ||
                          param.dimension == Dimension::capacitance();
    bool mustNotBeNegative =
        param.name.starts_with("t_ref") && param.dimension == Dimension::time();
    double value = *params.values[i];
    if ((mustBePositive && value <= 0) || (mustNotBeNegative && value < 0))
      diagnostics
          .report(diag::NotPositive, params.places[i], param.name,
                  formatQuantity(value, param.dimension))
          .at(mustBePositive ? "must be greater than zero"
                             : "must not be negative");
  }
}

} // namespace snn::lang::rules
