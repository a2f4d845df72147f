//===- Engine.cpp - Collects what is to be said about a model -------------===//
//
// Fills messages, drops repetitions and what `@allow` silences, and sorts.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Engine.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace snn::lang {

/// Puts the arguments where the message has {0}, {1}, ...
static std::string fill(std::string_view message,
                        const std::vector<std::string> &arguments) {
  std::string result;
  for (size_t i = 0; i < message.size(); ++i) {
    if (message[i] == '{' && i + 2 < message.size() && message[i + 2] == '}') {
      result += arguments[static_cast<size_t>(message[i + 1] - '0')];
      i += 2;
      continue;
    }
    result += message[i];
  }
  return result;
}

Diagnostic &DiagnosticEngine::add(KindId kind, SourceRange range,
                                  std::vector<std::string> arguments) {
  reported += info(kind).severity == Severity::Error;
  return diagnostics.emplace_back(kind, range,
                                  fill(info(kind).message, arguments));
}

Diagnostic &DiagnosticEngine::relay(std::string_view code, SourceRange range,
                                    std::string message) {
  const KindInfo *kind = findKind(code);
  assert(kind && "a code that nothing explains");
  reported += kind->severity == Severity::Error;
  auto id = static_cast<KindId>(kind - allKinds().data());
  return diagnostics.emplace_back(id, range, std::move(message));
}

void DiagnosticEngine::allow(std::string_view code, SourceRange scope) {
  allowances.push_back({std::string(code), scope});
}

void DiagnosticEngine::noteSince(size_t first, const std::string &text) {
  for (size_t i = first; i < diagnostics.size(); ++i)
    diagnostics[i].note(text);
}

bool DiagnosticEngine::isAllowed(const Diagnostic &diagnostic) const {
  return !diagnostic.isError() &&
         std::ranges::any_of(allowances, [&](const Allowance &allowance) {
           return allowance.code == diagnostic.info().code &&
                  allowance.scope.contains(diagnostic.range);
         });
}

unsigned DiagnosticEngine::errorCount() const {
  if (!reported)
    return 0;
  unsigned count = 0;
  for (const Diagnostic *diagnostic : sorted())
    count += diagnostic->isError();
  return count;
}

unsigned DiagnosticEngine::warningCount() const {
  unsigned count = 0;
  for (const Diagnostic *diagnostic : sorted())
    count += !diagnostic->isError();
  return count;
}

std::vector<const Diagnostic *> DiagnosticEngine::sorted() const {
  std::vector<const Diagnostic *> result;
  for (const Diagnostic &diagnostic : diagnostics)
    if (!isAllowed(diagnostic))
      result.push_back(&diagnostic);
  // The message breaks ties, so that the order is a function of what was said.
  auto place = [](const Diagnostic *diagnostic) {
    return std::tuple(diagnostic->range.buffer, diagnostic->range.begin,
                      diagnostic->range.end, diagnostic->kind,
                      std::string_view(diagnostic->message));
  };
  std::ranges::sort(result, {}, place);
  auto repeated =
      std::ranges::unique(result, [](const Diagnostic *a, const Diagnostic *b) {
        return a->kind == b->kind && a->range == b->range &&
               a->message == b->message;
      });
  result.erase(repeated.begin(), repeated.end());
  return result;
}

} // namespace snn::lang
