//===- Delay.cpp - Every connection has a delay ---------------------------===//
//
// Simulators that choose a delay differ in which; here it is stated. It is at
// least one step, because a spike of step n can act in step n + 1 at the
// earliest.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"
#include "lang/Sema/Types.h"

#include <cmath>

namespace snn::lang::rules {

using namespace checked;

static constexpr uint64_t maxDelaySteps = 65'535;

void reportMissingDelay(const Projection &projection, const Network &network,
                        SourceRange place, const ast::Settings &settings,
                        std::optional<double> step,
                        DiagnosticEngine &diagnostics) {
  const std::string &from =
      network.populations[projection.source.population].path;
  const std::string &to =
      network.populations[projection.target.population].path;
  bool isRecurrent =
      projection.source.population == projection.target.population;
  std::string least =
      step ? " (" + formatQuantity(*step, Dimension::time()) + ")" : "";
  Diagnostic &message = diagnostics.report(
      diag::DelayMissing, place, from + " -> " + to,
      isRecurrent ? "is recurrent and has no delay" : "has no delay");
  message.at(isRecurrent ? "a cycle needs a delay of at least one step" + least
                         : "needs a delay of at least one step" + least);
  message.note("other simulators choose one for you: NEST 1.0 ms, Brian2 0 "
               "ms; results differ");
  if (settings.isPresent() && !settings.list.empty()) {
    SourceRange last = settings.list.back().range;
    message.suggest("state it", {last.buffer, last.end, last.end},
                    "; delay = 1.5 ms");
  } else {
    message.help("state it: `{ delay = 1.5 ms }`");
  }
}

bool checkDelay(const Value &delay, std::optional<double> step,
                SourceRange stepRange, DiagnosticEngine &diagnostics) {
  auto checkOne = [&](double time) {
    if (time < 0) {
      diagnostics
          .report(diag::DelayTooShort, delay.range,
                  shownValue(time, Dimension::time(), delay.range, diagnostics))
          .at("before the spike");
      return false;
    }
    return !step || checkOnGrid(time, "delay", *step, delay.range, stepRange,
                                diagnostics)
                        .has_value();
  };
  if (delay.kind == Value::Kind::Constant)
    return checkOne(delay.constant);
  for (double time : delay.data)
    if (!checkOne(time))
      return false;
  return true;
}

bool checkTotalDelay(Projection &projection, std::optional<double> step,
                     DiagnosticEngine &diagnostics) {
  if (!step)
    return true;
  bool isConstant = projection.axonal.kind == Value::Kind::Constant &&
                    projection.dendritic.kind == Value::Kind::Constant;
  const Value &place = projection.axonal.range.isValid() ? projection.axonal
                                                         : projection.dendritic;
  if (isConstant) {
    double total = projection.axonal.constant + projection.dendritic.constant;
    double steps = std::nearbyint(total / *step);
    if (steps < 1) {
      diagnostics
          .report(diag::DelayTooShort, place.range,
                  formatQuantity(total, Dimension::time()))
          .at("less than one step")
          .help("use at least " + formatQuantity(*step, Dimension::time()));
      return false;
    }
    if (steps > static_cast<double>(maxDelaySteps)) {
      diagnostics
          .report(
              diag::DelayTooLong, place.range,
              shownValue(total, Dimension::time(), place.range, diagnostics),
              Count(maxDelaySteps))
          .at(formatNumber(steps) + " steps");
      return false;
    }
    return true;
  }
  // What depends on places does so for every pair, after rounding.
  if (projection.axonal.kind == Value::Kind::Place ||
      projection.dendritic.kind == Value::Kind::Place) {
    double least = (supportOf(projection.axonal).low +
                    supportOf(projection.dendritic).low);
    if (std::nearbyint(least / *step) >= 1)
      return true;
    diagnostics
        .report(diag::DelayTooShort, place.range,
                formatRounded(least, Dimension::time()))
        .at("for neurons that are near, less than one step")
        .help("say what the least is: `delay = max(1 step, ...)`");
    return false;
  }
  // Whatever is drawn must become at least one step after rounding.
  Value &drawn = projection.axonal.kind == Value::Kind::Distribution
                     ? projection.axonal
                     : projection.dendritic;
  if (drawn.kind != Value::Kind::Distribution)
    return true;
  const Value &other =
      &drawn == &projection.axonal ? projection.dendritic : projection.axonal;
  double sure = other.kind == Value::Kind::Constant ? other.constant : 0;
  if (drawn.atLeastSteps && *drawn.atLeastSteps >= 1)
    return true;
  if ((supportOf(drawn).low + sure) / *step >= 0.5 - 1e-9)
    return true;
  diagnostics.report(diag::DelayUnbounded, drawn.range)
      .at("may round to less than one step")
      .help("say what happens then: `redraw to >= 0.5 step`, `clip to >= 1 "
            "step` or `at least 1 step`");
  return false;
}

} // namespace snn::lang::rules
