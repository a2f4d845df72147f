//===- Arguments.cpp - Values of flags --------------------------*- C++ -*-===//
//
// Every message repeats the flag and what was written, and shows a good one.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Arguments.h"

#include "lang/Basic/Units.h"

#include <charconv>
#include <cmath>

using namespace snn;
using namespace snn::driver;

namespace {

Failure wrong(const std::string &flag, const std::string &text,
              const std::string &why, const std::string &example) {
  return {ExitCode::Usage, "`" + flag + " " + text + "`: " + why,
          "write, for example, `" + flag + " " + example + "`"};
}

struct Quantity {
  std::string number, unit;
};

/// Cuts "1.2 s" into "1.2" and "s".
Quantity split(const std::string &text) {
  size_t end = 0;
  while (end < text.size() &&
         (std::isdigit(static_cast<unsigned char>(text[end])) ||
          text[end] == '.' || text[end] == '_' || text[end] == '-' ||
          text[end] == '+' ||
          // An exponent, not a unit that begins with e.
          ((text[end] == 'e' || text[end] == 'E') && end > 0 &&
           end + 1 < text.size() &&
           (std::isdigit(static_cast<unsigned char>(text[end + 1])) ||
            text[end + 1] == '-'))))
    ++end;
  size_t unit = text.find_first_not_of(' ', end);
  return {text.substr(0, end),
          unit == std::string::npos ? "" : text.substr(unit)};
}

} // namespace

std::optional<uint64_t> snn::driver::wholeNumber(std::string_view text) {
  uint64_t value = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

Expected<double> snn::driver::parseTime(const std::string &flag,
                                        const std::string &text) {
  Quantity quantity = split(text);
  if (quantity.unit.empty() && !quantity.number.empty())
    return wrong(flag, text, "a time needs a unit", quantity.number + "ms");
  std::optional<lang::Unit> unit = lang::parseUnit(quantity.unit);
  if (!unit || unit->dimension != lang::Dimension::time())
    return wrong(flag, text, "this is not a time", "500ms");
  std::optional<double> value = lang::toInternal(quantity.number, *unit);
  if (!value || !(*value > 0))
    return wrong(flag, text, "a time above zero is needed", "500ms");
  return *value;
}

Expected<double> snn::driver::parseWallTime(const std::string &flag,
                                            const std::string &text) {
  Quantity quantity = split(text);
  double scale = quantity.unit == "s"     ? 1
                 : quantity.unit == "ms"  ? 1e-3
                 : quantity.unit == "min" ? 60
                 : quantity.unit == "h"   ? 3600
                                          : 0;
  if (scale == 0)
    return wrong(flag, text,
                 quantity.unit.empty() ? "a time needs a unit"
                                       : "the units are s, min and h",
                 "30s");
  std::optional<double> value = lang::scaleDecimal(quantity.number, 0);
  if (!value || !(*value > 0))
    return wrong(flag, text, "a time above zero is needed", "30s");
  return *value * scale;
}

Expected<uint64_t> snn::driver::parseBytes(const std::string &flag,
                                           const std::string &text) {
  Quantity quantity = split(text);
  static constexpr std::string_view units = "KMGT";
  double scale = 0;
  std::string unit = quantity.unit;
  if (unit == "B")
    scale = 1;
  for (size_t i = 0; i < units.size(); ++i)
    if (std::string name(1, units[i]);
        unit == name || unit == name + "B" || unit == name + "iB")
      scale = std::ldexp(1.0, 10 * static_cast<int>(i + 1));
  if (scale == 0)
    return wrong(flag, text, "the units are B, K, M, G and T", "8G");
  std::optional<double> value = lang::scaleDecimal(quantity.number, 0);
  if (!value || !(*value > 0) || *value * scale >= 9e18)
    return wrong(flag, text, "this is not an amount of memory", "8G");
  return static_cast<uint64_t>(*value * scale);
}

lang::checked::Seeds SeedChoice::apply(lang::checked::Seeds seeds) const {
  return {network.value_or(seeds.network), initial.value_or(seeds.initial),
          stimulus.value_or(seeds.stimulus)};
}

Expected<SeedChoice> snn::driver::parseSeeds(const std::string &flag,
                                             const std::string &text) {
  if (std::optional<uint64_t> all = wholeNumber(text))
    return SeedChoice{all, all, all};
  SeedChoice choice;
  size_t begin = 0;
  while (begin <= text.size()) {
    size_t end = std::min(text.find(',', begin), text.size());
    std::string part = text.substr(begin, end - begin);
    begin = end + 1;
    size_t equals = part.find('=');
    std::string name = part.substr(0, equals);
    std::optional<uint64_t> value;
    if (equals != std::string::npos)
      value = wholeNumber(std::string_view(part).substr(equals + 1));
    if (!value)
      return wrong(flag, text, "a seed is a whole number",
                   "network=1,stimulus=2");
    std::optional<uint64_t> *seed = name == "network"    ? &choice.network
                                    : name == "initial"  ? &choice.initial
                                    : name == "stimulus" ? &choice.stimulus
                                                         : nullptr;
    if (!seed)
      return wrong(flag, text,
                   "there are seeds for network, initial and stimulus, not `" +
                       name + "`",
                   "network=1,stimulus=2");
    if (*seed)
      return wrong(flag, text, "`" + name + "` has two seeds",
                   "network=1,stimulus=2");
    *seed = value;
  }
  return choice;
}

Expected<std::vector<Setting>>
snn::driver::parseSettings(const std::vector<std::string> &texts) {
  std::vector<Setting> settings;
  for (const std::string &text : texts) {
    size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == text.size())
      return Failure{ExitCode::Usage,
                     "`--set " + text + "` does not say what to set to what",
                     "write, for example, `--set net.g=4.5` or `--set "
                     "E.tau_m=15ms`"};
    settings.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return settings;
}
