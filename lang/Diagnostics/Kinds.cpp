//===- Kinds.cpp - The registry of messages as a table --------------------===//
//
// Kinds.def expanded into an array, and how each type of argument is written.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Kinds.h"

#include <algorithm>

namespace snn::lang {

static constexpr KindInfo kinds[] = {
#define SNN_DIAGNOSTIC(ID, CODE, SEVERITY, ARGUMENTS, MESSAGE, EXPLANATION)    \
  {#ID, CODE, Severity::SEVERITY, MESSAGE, EXPLANATION},
#include "lang/Diagnostics/Kinds.def"
};

const KindInfo &info(KindId id) { return kinds[static_cast<size_t>(id)]; }

std::span<const KindInfo> allKinds() { return kinds; }

const KindInfo *findKind(std::string_view code) {
  const auto *found = std::ranges::find(kinds, code, &KindInfo::code);
  return found == std::end(kinds) ? nullptr : found;
}

std::string toMessage(const Name &name) { return "`" + name.text + "`"; }

std::string toMessage(const Text &text) { return text.text; }

std::string toMessage(const Count &count) {
  std::string digits = std::to_string(count.value);
  for (size_t i = digits.size(); i > 3; i -= 3)
    digits.insert(i - 3, ",");
  return digits;
}

std::string toMessage(const Dimension &dimension) {
  return dimension.describe();
}

} // namespace snn::lang
