//===- InputRange.cpp - Bounds of a network's input -------------*- C++ -*-===//
//
// Written as a range of the language is.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/InputRange.h"

#include <charconv>
#include <cmath>

using namespace snn;
using namespace snn::driver;

Expected<std::pair<double, double>>
snn::driver::parseRange(const std::string &text) {
  size_t dots = text.find("..");
  auto number = [](std::string_view part) -> double {
    while (!part.empty() && part.front() == ' ')
      part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ')
      part.remove_suffix(1);
    double value = 0;
    auto [end, code] =
        std::from_chars(part.data(), part.data() + part.size(), value);
    return code == std::errc() && end == part.data() + part.size() ? value
                                                                   : NAN;
  };
  double low = NAN, high = NAN;
  if (dots != std::string::npos) {
    low = number(std::string_view(text).substr(0, dots));
    high = number(std::string_view(text).substr(dots + 2));
  }
  if (!(low <= high) || !std::isfinite(low) || !std::isfinite(high))
    return Failure{ExitCode::Usage, "`--input-range " + text + "` is no range",
                   "the least and the greatest number: --input-range 0..1"};
  return std::pair(low, high);
}
