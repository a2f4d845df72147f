//===- OnGrid.cpp - Given times are whole steps ---------------------------===//
//
// A time that the user writes down and that no step hits would have to be moved
// in silence; the message names both neighbours and a step that fits.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"
#include "lang/Sema/Types.h"

#include <charconv>
#include <cmath>

namespace snn::lang::rules {

/// A time without the last digits that binary fractions leave.
static std::string readable(double time) {
  char buffer[32];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, time,
                           std::chars_format::general, 12)
                 .ptr;
  return std::string(buffer, end) + " ms";
}

/// Decimal times are not exact in binary; 1e-9 of a step is far below what
/// anyone writes and far above what the conversion loses.
static bool isWhole(double ratio) {
  return std::fabs(ratio - std::nearbyint(ratio)) <=
         1e-9 * std::fmax(1, std::fabs(ratio) * 1e-3);
}

std::optional<uint64_t> checkOnGrid(double time, std::string_view what,
                                    double step, SourceRange place,
                                    SourceRange stepRange,
                                    DiagnosticEngine &diagnostics) {
  double ratio = time / step;
  // A time above zero that takes no step would be left out in silence.
  if (isWhole(ratio) && (ratio == 0 || std::nearbyint(ratio) != 0))
    return static_cast<uint64_t>(std::nearbyint(ratio));
  double below = std::floor(ratio), above = std::ceil(ratio);
  Diagnostic &message =
      diagnostics
          .report(diag::OffGrid, place, std::string(what),
                  shownValue(time, Dimension::time(), place, diagnostics),
                  shownValue(step, Dimension::time(), stepRange, diagnostics))
          .at("between " + formatNumber(below) + " and " + formatNumber(above) +
              " steps")
          .label(stepRange, "the step is set here");
  std::string help = below > 0 ? "use " + readable(below * step) + " or " +
                                     readable(above * step)
                               : "use " + readable(above * step);
  for (auto [divisor, cost] : {std::pair(2, "twice"),
                               {4, "4 times"},
                               {5, "5 times"},
                               {10, "10 times"}})
    if (isWhole(ratio * divisor)) {
      help += ", or `step " + readable(step / divisor) + "` (" + cost +
              " the run time)";
      break;
    }
  message.help(help);
  return std::nullopt;
}

} // namespace snn::lang::rules
