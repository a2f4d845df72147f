//===- Conductance.cpp - Conductances are not negative --------------------===//
//
// An inhibitory conductance is positive and has a low reversal potential; a
// negative one would be a source of energy.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

#include <cmath>

namespace snn::lang::rules {

using namespace checked;

bool checkConductance(const Value &weight, const std::string &port,
                      DiagnosticEngine &diagnostics) {
  if (weight.dimension != Dimension::conductance())
    return true;
  double least = supportOf(weight).low;
  if (least >= 0)
    return true;
  if (std::isinf(least)) {
    diagnostics.report(diag::ConductanceUnbounded, weight.range)
        .at("has negative draws")
        .help("say what happens then: `redraw to >= 0 nS` or `clip to >= 0 "
              "nS`");
    return false;
  }
  diagnostics
      .report(diag::NegativeConductance, weight.range,
              formatQuantity(least, weight.dimension))
      .at("a conductance is 0 nS or more")
      .help("whether `" + port +
            "` inhibits is decided by its reversal potential, not by the sign "
            "of the weight");
  return false;
}

} // namespace snn::lang::rules
