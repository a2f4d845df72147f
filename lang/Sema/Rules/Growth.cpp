//===- Growth.cpp - Linear equations decay --------------------------------===//
//
// `tau*V' = V - E_L` is a leak with the wrong sign: every deviation from E_L
// grows by exp(t/tau). Equations that are not linear in their state, as those
// of quadratic and exponential neurons, are meant to grow.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"

namespace snn::lang::rules {

using namespace checked;

void checkGrowth(const Dynamics &model, const ParameterValues &params,
                 DiagnosticEngine &diagnostics) {
  // A parameter of the wrong sign was reported.
  if (diagnostics.hasErrors())
    return;
  for (const Equation &equation : model.equations) {
    std::optional<double> slope = slopeOf(model, equation, params.values);
    if (!slope || !(*slope > 0))
      continue;
    diagnostics
        .report(diag::GrowsAlone, equation.range,
                model.states[equation.state].name,
                formatRounded(1 / *slope, Dimension::time()))
        .help("turn the sign of its own term, or silence with "
              "`@allow(W0357)`");
  }
}

} // namespace snn::lang::rules
