//===- Conductance.cpp - Conductances are not negative --------------------===//
//
// An inhibitory conductance is positive and has a low reversal potential; a
// negative one would be a source of energy.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

#include <algorithm>

namespace snn::lang::rules {

using namespace checked;

bool checkConductance(const Value &weight, const std::string &port,
                      DiagnosticEngine &diagnostics) {
  if (weight.dimension != Dimension::conductance())
    return true;
  double least = 0;
  switch (weight.kind) {
  case Value::Kind::Constant:
    least = weight.constant;
    break;
  case Value::Kind::Data:
    if (!weight.data.empty())
      least = *std::ranges::min_element(weight.data);
    break;
  case Value::Kind::Distribution: {
    bool isBounded = (weight.redraw && weight.redraw->low >= 0) ||
                     (weight.clip && weight.clip->low >= 0);
    if (isBounded)
      break;
    if (weight.distribution == Distribution::Uniform)
      least = weight.arguments[0];
    if (weight.distribution == Distribution::Normal &&
        weight.arguments[1] > 0) {
      diagnostics.report(diag::ConductanceUnbounded, weight.range)
          .at("has negative draws")
          .help("say what happens then: `redraw to >= 0 nS` or `clip to >= 0 "
                "nS`");
      return false;
    }
    break;
  }
  }
  if (least >= 0)
    return true;
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
