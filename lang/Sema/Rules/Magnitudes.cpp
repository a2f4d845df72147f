//===- Magnitudes.cpp - Values that no neuron has -------------------------===//
//
// A forgotten prefix is off by a thousand, so a value a hundred times outside
// the range in use is worth a question. Where the name of a parameter says no
// more, its dimension tells what neurons have of it.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"

#include <cmath>
#include <string_view>

namespace snn::lang::rules {

namespace {

struct CustomaryRange {
  std::string_view prefix;
  Dimension dimension;
  /// In internal units.
  double low, high;
  std::string_view what;
};

/// The first that fits counts; an empty prefix fits every name.
const CustomaryRange ranges[] = {
    {"tau_m", Dimension::time(), 1, 100, "membrane time constant"},
    {"tau", Dimension::time(), 0.1, 100'000, "time constant"},
    {"t_ref", Dimension::time(), 0.1, 100, "refractory time"},
    {"", Dimension::time(), 0.1, 100'000, "time"},
    {"C_m", Dimension::capacitance(), 1, 10'000, "membrane capacitance"},
    {"", Dimension::capacitance(), 1, 10'000, "capacitance"},
    {"g_L", Dimension::conductance(), 0.1, 1'000, "leak conductance"},
    {"", Dimension::conductance(), 0.001, 10'000, "conductance"},
    {"E_", Dimension::voltage(), 0.1, 200, "reversal potential"},
    {"", Dimension::voltage(), 0.1, 200, "membrane potential"},
    // A squid axon of one square centimetre takes 10 uA.
    {"", Dimension::current(), 0.001, 1'000'000, "current"},
    {"", Dimension::resistance(), 0.001, 100, "resistance"},
};

} // namespace

void checkMagnitudes(const checked::Dynamics &model,
                     const ParameterValues &params,
                     DiagnosticEngine &diagnostics) {
  for (size_t i = 0; i < model.params.size(); ++i) {
    const checked::Parameter &param = model.params[i];
    if (!params.values[i] || *params.values[i] == 0)
      continue;
    double value = std::fabs(*params.values[i]);
    for (const CustomaryRange &range : ranges) {
      if (!param.name.starts_with(range.prefix) ||
          param.dimension != range.dimension)
        continue;
      bool isSmall = value * 100 <= range.low;
      // Small potentials are common: models that count from rest.
      isSmall &= range.dimension != Dimension::voltage() &&
                 range.dimension != Dimension::current();
      bool isLarge = range.dimension == Dimension::voltage()
                         ? value >= 10 * range.high
                         : value >= 100 * range.high;
      if (isSmall || isLarge) {
        double factor = isSmall ? range.low / value : value / range.high;
        std::string text = formatNumber(std::nearbyint(factor)) + " times " +
                           (isSmall ? "smaller" : "larger") + " than any " +
                           std::string(range.what) + " in use (" +
                           formatQuantity(range.low, range.dimension) + " .. " +
                           formatQuantity(range.high, range.dimension) + ")";
        // By as many prefixes as it takes.
        double meant = *params.values[i];
        while (std::fabs(meant) < range.low)
          meant *= 1000;
        while (std::fabs(meant) > range.high)
          meant /= 1000;
        diagnostics
            .report(diag::SuspiciousMagnitude, params.places[i],
                    params.prefix + param.name,
                    formatQuantity(*params.values[i], param.dimension), text)
            .at("did you mean `" + formatQuantity(meant, param.dimension) +
                "`?")
            .help("silence with `@allow(W0304)`");
      }
      break;
    }
  }
}

} // namespace snn::lang::rules
