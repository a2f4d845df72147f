//===- Kinds.h - The kinds of message and their arguments -------*- C++ -*-===//
//
// Kinds.def is the registry: one entry for each thing the language can say,
// with a stable code, a severity, a message with typed arguments, and the text
// that `snn explain CODE` prints. Here each entry becomes a constant whose type
// holds the types of its arguments, so that a report with the wrong ones does
// not compile.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_DIAGNOSTICS_KINDS_H
#define SNN_LANG_DIAGNOSTICS_KINDS_H

#include "lang/Basic/Units.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace snn::lang {

enum class Severity : uint8_t { Error, Warning };

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// Something the user wrote or could write; shown in backticks.
struct Name {
  std::string text;
  Name(std::string_view text) : text(text) {}
  Name(const std::string &text) : text(text) {}
  Name(const char *text) : text(text) {}
};

/// Words of ours.
struct Text {
  std::string text;
  Text(std::string_view text) : text(text) {}
  Text(const std::string &text) : text(text) {}
  Text(const char *text) : text(text) {}
};

/// A number of things, with thousands separated.
struct Count {
  uint64_t value;
  Count(uint64_t value) : value(value) {}
};

std::string toMessage(const Name &name);
std::string toMessage(const Text &text);
std::string toMessage(const Count &count);
/// "voltage (mV)".
std::string toMessage(const Dimension &dimension);

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

enum class KindId : uint16_t {
#define SNN_DIAGNOSTIC(ID, CODE, SEVERITY, ARGUMENTS, MESSAGE, EXPLANATION) ID,
#include "lang/Diagnostics/Kinds.def"
};

struct KindInfo {
  std::string_view id, code;
  Severity severity;
  /// With {0}, {1}, ... for the arguments.
  std::string_view message, explanation;
};

const KindInfo &info(KindId id);
/// All kinds, in the order of the registry.
std::span<const KindInfo> allKinds();
/// The kind of that code ("E0201"), or null.
const KindInfo *findKind(std::string_view code);

/// A kind together with the types of its arguments.
template <typename Signature>
struct Kind;
template <typename... Arguments>
struct Kind<void(Arguments...)> {
  KindId id;
};

/// The number of arguments a message asks for.
consteval unsigned countArguments(std::string_view message) {
  unsigned count = 0;
  for (size_t i = 0; i + 2 < message.size(); ++i)
    if (message[i] == '{' && message[i + 2] == '}' &&
        unsigned(message[i + 1] - '0') + 1 > count)
      count = unsigned(message[i + 1] - '0') + 1;
  return count;
}

template <typename... Arguments>
consteval unsigned arity(void (*)(Arguments...)) {
  return sizeof...(Arguments);
}

namespace diag {
#define SNN_DIAGNOSTIC(ID, CODE, SEVERITY, ARGUMENTS, MESSAGE, EXPLANATION)    \
  inline constexpr Kind<void ARGUMENTS> ID{KindId::ID};                        \
  static_assert(countArguments(MESSAGE) ==                                     \
                arity(static_cast<void(*) ARGUMENTS>(nullptr)));
#include "lang/Diagnostics/Kinds.def"
} // namespace diag

} // namespace snn::lang

#endif // SNN_LANG_DIAGNOSTICS_KINDS_H
