//===- Suggest.cpp - "did you mean ...?" ----------------------------------===//
//
// Edit distance with swaps (optimal string alignment) over short names.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace snn::lang {

static std::string lowerCase(std::string_view text) {
  std::string result(text);
  for (char &c : result)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return result;
}

static size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), above(b.size() + 1),
      row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

std::optional<std::string> nearest(std::string_view name,
                                   std::span<const std::string> candidates) {
  // Names of the length limit against a large scope would be slow and useless.
  constexpr size_t longest = 64;
  if (name.empty() || name.size() > longest)
    return std::nullopt;
  std::string lowered = lowerCase(name);
  size_t best = std::max<size_t>(1, name.size() / 3) + 1;
  std::optional<std::string> result;
  for (const std::string &candidate : candidates) {
    if (candidate.size() > longest || candidate == name)
      continue;
    size_t found = distance(lowered, lowerCase(candidate));
    if (name.size() == 1 && found > 0)
      continue;
    if (found < best) {
      best = found;
      result = candidate;
    }
  }
  return result;
}

/// Of units that differ in case alone the one with the most letters as written:
/// `Mhz` is MHz, `mv` is mV. Nothing but resistances and frequencies comes in
/// millions.
static std::optional<std::string> ofAnotherCase(std::string_view name) {
  static constexpr std::string_view bases[] = {"m",   "g", "s",  "A", "K",
                                               "mol", "M", "V",  "S", "ohm",
                                               "F",   "C", "Hz", "J"};
  static constexpr std::string_view prefixes[] = {"m", "",  "u", "n", "p",
                                                  "f", "k", "M", "G"};
  std::string lowered = lowerCase(name);
  size_t best = 0;
  std::optional<std::string> result;
  for (std::string_view base : bases)
    for (std::string_view prefix : prefixes) {
      std::string unit = std::string(prefix) + std::string(base);
      bool isLarge = prefix == "M" || prefix == "G";
      if (lowerCase(unit) != lowered ||
          (isLarge && base != "ohm" && base != "Hz"))
        continue;
      size_t same = 1;
      for (size_t i = 0; i < unit.size(); ++i)
        same += unit[i] == name[i];
      if (same > best) {
        best = same;
        result = unit;
      }
    }
  return result;
}

std::optional<std::string> nearestUnit(std::string_view name) {
  static const std::pair<std::string_view, std::string_view> words[] = {
      {"msec", "ms"},   {"sec", "s"},           {"second", "s"},
      {"seconds", "s"}, {"usec", "us"},         {"volt", "V"},
      {"volts", "V"},   {"mvolt", "mV"},        {"amp", "A"},
      {"ampere", "A"},  {"siemens", "S"},       {"farad", "F"},
      {"hertz", "Hz"},  {"megohm", "Mohm"},     {"mohm", "Mohm"},
      {"micron", "um"}, {"millivolt", "mV"},    {"millisecond", "ms"},
      {"kelvin", "K"},  {"milliseconds", "ms"}, {"pct", "%"},
      {"percent", "%"}, {"perc", "%"},
  };
  std::string lowered = lowerCase(name);
  for (auto [word, unit] : words)
    if (lowered == word)
      return std::string(unit);
  if (std::optional<std::string> unit = ofAnotherCase(name))
    return unit;
  static const std::vector<std::string> common = {
      "ms", "s",  "us", "mV", "V",  "uV", "pA", "nA",  "uA",   "nS",
      "uS", "pS", "mS", "pF", "nF", "uF", "Hz", "kHz", "Mohm", "Gohm",
      "um", "mm", "mM", "uM", "nM", "fC", "pC", "K"};
  if (name.size() < 2)
    return std::nullopt;
  return nearest(name, common);
}

std::string joinNames(std::span<const std::string> names, size_t limit) {
  std::string result;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i)
      result += ", ";
    if (i == limit)
      return result + "...";
    result += names[i];
  }
  return result;
}

} // namespace snn::lang
