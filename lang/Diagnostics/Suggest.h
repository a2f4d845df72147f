//===- Suggest.h - "did you mean ...?" --------------------------*- C++ -*-===//
//
// The nearest name to a misspelt one. Far names are no suggestion: a wrong hint
// costs the reader more than none.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_DIAGNOSTICS_SUGGEST_H
#define SNN_LANG_DIAGNOSTICS_SUGGEST_H

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace snn::lang {

/// The candidate with the least number of insertions, deletions, replacements
/// and swaps of neighbours, if that is at most a third of the name (at least
/// one). A difference in case alone counts as none. The first of equals wins.
std::optional<std::string> nearest(std::string_view name,
                                   std::span<const std::string> candidates);

/// The unit that was probably meant: "msec" gives "ms".
std::optional<std::string> nearestUnit(std::string_view name);

/// "a, b, c": at most `limit` names, then "...".
std::string joinNames(std::span<const std::string> names, size_t limit = 12);

} // namespace snn::lang

#endif // SNN_LANG_DIAGNOSTICS_SUGGEST_H
