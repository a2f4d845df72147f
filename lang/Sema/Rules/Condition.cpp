//===- Condition.cpp - How long a condition may wait ----------------------===//
//
// A spike is seen by all from the next step on, and what it sets off reaches a
// modulator one step later. What waits is kept, so that there is a longest
// wait.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"
#include "lang/Sema/Types.h"

#include <cmath>

namespace snn::lang::rules {

using namespace checked;

static constexpr double leastSteps = 2, mostSteps = 1'000'000;

bool checkConditionDelay(const Value &delay, std::optional<double> step,
                         DiagnosticEngine &diagnostics) {
  if (!step)
    return true;
  Support support = supportOf(delay);
  auto shown = [&](double time) {
    return delay.kind == Value::Kind::Constant
               ? shownValue(time, Dimension::time(), delay.range, diagnostics)
               : formatQuantity(time, Dimension::time());
  };
  // What is drawn is rounded to whole steps, half-even.
  double least = std::nearbyint(support.low / *step);
  if (delay.atLeastSteps)
    least = std::fmax(least, static_cast<double>(*delay.atLeastSteps));
  if (least < leastSteps) {
    diagnostics
        .report(diag::ConditionDelay, delay.range,
                std::isinf(support.low) ? "any time" : shown(support.low))
        .at(delay.kind == Value::Kind::Constant ? "less than two steps"
                                                : "can be less than two steps")
        .help("spikes are seen a step later, and what they set off comes one "
              "more later: use at least " +
              formatQuantity(leastSteps * *step, Dimension::time()) +
              (delay.kind == Value::Kind::Constant
                   ? ""
                   : ", as by `redraw to >= 2 step`"));
    return false;
  }
  if (std::isinf(support.high)) {
    diagnostics.report(diag::ConditionDelay, delay.range, "for ever")
        .at("has no greatest value")
        .help("say what the longest is: `redraw to 1 s .. 5 s`");
    return false;
  }
  if (support.high / *step > mostSteps) {
    diagnostics.report(diag::ConditionDelay, delay.range, shown(support.high))
        .at(formatNumber(std::nearbyint(support.high / *step)) +
            " steps; at most " + formatNumber(mostSteps));
    return false;
  }
  return true;
}

} // namespace snn::lang::rules
