//===- Overrides.cpp - `--set path=text` ----------------------------------===//
//
// A text is a number with a unit, as in a model: "4.5", "-70 mV", "3 [nS/ms]".
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Elaborator.h"

#include <algorithm>

namespace snn::lang {

static std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

bool Overrides::has(const std::string &path) const {
  return std::ranges::any_of(
      given, [&](const Override &entry) { return entry.path == path; });
}

bool Overrides::isPoint(const std::string &path) const {
  return std::ranges::any_of(given, [&](const Override &entry) {
    return entry.isPoint && entry.path == path;
  });
}

std::optional<double> Overrides::take(const std::string &path,
                                      const Dimension &dimension) {
  std::optional<double> result;
  for (size_t i = 0; i < given.size(); ++i) {
    if (given[i].path != path)
      continue;
    used[i] = true;
    std::string_view text = trimmed(given[i].text);
    bool isNegative = text.starts_with('-');
    if (isNegative)
      text = trimmed(text.substr(1));
    size_t length = 0;
    while (length < text.size() &&
           ((text[length] >= '0' && text[length] <= '9') ||
            text[length] == '.' || text[length] == '_' ||
            ((text[length] == 'e' || text[length] == 'E') && length > 0 &&
             length + 1 < text.size() &&
             (text[length + 1] == '-' || text[length + 1] == '+' ||
              (text[length + 1] >= '0' && text[length + 1] <= '9'))) ||
            ((text[length] == '-' || text[length] == '+') && length > 0 &&
             (text[length - 1] == 'e' || text[length - 1] == 'E'))))
      ++length;
    std::string_view digits = text.substr(0, length);
    std::string_view unitText = trimmed(text.substr(length));
    if (unitText.starts_with('[') && unitText.ends_with(']'))
      unitText = unitText.substr(1, unitText.size() - 2);
    std::optional<Unit> unit = unitText.empty() ? Unit() : parseUnit(unitText);
    std::optional<double> value =
        unit && !digits.empty() ? toInternal(digits, *unit) : std::nullopt;
    if (!value) {
      diagnostics.report(diag::OverrideText, blame, path, given[i].text)
          .help("write a number with its unit, for example `--set " + path +
                "='1" + (dimension.isNone() ? "" : " " + dimension.unit()) +
                "'`");
      continue;
    }
    if (unit->dimension != dimension) {
      diagnostics.report(diag::WrongDimension, blame, "`--set " + path + "`",
                         dimension.isNone() ? "a plain number"
                                            : withArticle(dimension) + " (" +
                                                  dimension.unit() + ")",
                         unit->dimension.isNone()
                             ? "a plain number"
                             : withArticle(unit->dimension) + " (" +
                                   unit->dimension.unit() + ")");
      continue;
    }
    result = isNegative ? -*value : *value;
  }
  return result;
}

void Overrides::reportUnused() {
  for (size_t i = 0; i < given.size(); ++i) {
    if (used[i])
      continue;
    Diagnostic &message =
        diagnostics.report(diag::UnknownOverride, blame, given[i].path);
    if (auto meant = nearest(given[i].path, offered))
      message.help("did you mean `" + *meant + "`?");
    else if (!offered.empty())
      message.note("can be set: " + joinNames(offered));
  }
}

} // namespace snn::lang
