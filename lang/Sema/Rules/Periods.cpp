//===- Periods.cpp - What a rule does every so often ----------------------===//
//
// `every T` in a rule is a whole number of steps, one or more.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

namespace snn::lang::rules {

using namespace checked;

void checkPeriods(const PlasticityModel &rule, std::optional<double> step,
                  SourceRange stepRange, DiagnosticEngine &diagnostics) {
  for (const PlasticityHandler &handler : rule.handlers) {
    if (handler.event != PlasticityHandler::Event::Every)
      continue;
    double time = handler.period->number;
    SourceRange place = handler.period->range;
    if (time <= 0)
      diagnostics.report(diag::NotPositive, place, "period",
                         formatQuantity(time, Dimension::time()));
    else if (step)
      checkOnGrid(time, "period", *step, place, stepRange, diagnostics);
  }
}

} // namespace snn::lang::rules
