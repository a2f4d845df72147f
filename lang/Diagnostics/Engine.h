//===- Engine.h - Collects what is to be said about a model -----*- C++ -*-===//
//
// Every phase reports here and goes on; what was reported is rendered once, in
// the order of the source. A report names a range, never a point, and carries
// what a reader needs to act: labels at other places, notes, help, and edits.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_DIAGNOSTICS_ENGINE_H
#define SNN_LANG_DIAGNOSTICS_ENGINE_H

#include "lang/Basic/Source.h"
#include "lang/Diagnostics/Kinds.h"

#include <deque>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace snn::lang {

/// Replaces the bytes of a range; an empty range inserts.
struct Edit {
  SourceRange range;
  std::string replacement;
};

/// A sentence that says what to do, with the edits that do it.
struct Help {
  std::string message;
  std::vector<Edit> edits;
  /// Surely what was meant: `snn check --fix` may apply it.
  bool certain = false;
};

struct Label {
  SourceRange range;
  std::string message;
};

/// One message. The setters return the message, to be chained onto a report.
class Diagnostic {
public:
  Diagnostic(KindId kind, SourceRange range, std::string message)
      : kind(kind), range(range), message(std::move(message)) {}

  const KindInfo &info() const { return lang::info(kind); }
  bool isError() const { return info().severity == Severity::Error; }

  /// What to write under the carets.
  Diagnostic &at(std::string text) {
    caption = std::move(text);
    return *this;
  }
  /// Another place that matters; at most two are shown.
  Diagnostic &label(SourceRange place, std::string text) {
    if (place.isValid())
      labels.push_back({place, std::move(text)});
    return *this;
  }
  Diagnostic &note(std::string text) {
    notes.push_back(std::move(text));
    return *this;
  }
  Diagnostic &help(std::string text) {
    helps.push_back({std::move(text), {}, false});
    return *this;
  }
  /// Help with an edit. Likely but not sure: shown, not applied.
  Diagnostic &suggest(std::string text, SourceRange place,
                      std::string replacement) {
    helps.push_back(
        {std::move(text), {{place, std::move(replacement)}}, false});
    return *this;
  }
  /// Help with an edit that `--fix` applies.
  Diagnostic &fix(std::string text, SourceRange place,
                  std::string replacement) {
    helps.push_back({std::move(text), {{place, std::move(replacement)}}, true});
    return *this;
  }

  KindId kind;
  SourceRange range;
  std::string message;
  std::string caption;
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<Help> helps;
};

class DiagnosticEngine {
public:
  explicit DiagnosticEngine(const SourceMap &sources) : sources(sources) {}

  /// Reports. The reference stays valid; a message that repeats an earlier one
  /// at the same place, or that `@allow` silences, is kept out of the results.
  template <typename... Arguments>
  Diagnostic &report(Kind<void(Arguments...)> kind, SourceRange range,
                     std::type_identity_t<Arguments>... arguments) {
    return add(kind.id, range, {toMessage(arguments)...});
  }

  /// Repeats in its own words what was said elsewhere, of what a run needs; the
  /// code is one of the registry.
  Diagnostic &relay(std::string_view code, SourceRange range,
                    std::string message);

  /// `@allow(code)` on the declaration at `scope`: silences warnings within.
  void allow(std::string_view code, SourceRange scope);

  bool hasErrors() const { return reported != 0; }
  unsigned errorCount() const;
  unsigned warningCount() const;

  /// Errors reported so far, repetitions included: tells a phase whether it
  /// may go on.
  unsigned reportedErrors() const { return reported; }
  /// The same with warnings.
  size_t reportedMessages() const { return diagnostics.size(); }
  /// Adds a note to what was reported since there were `first` messages.
  void noteSince(size_t first, const std::string &text);

  /// What was reported, by place; one message for each root cause.
  std::vector<const Diagnostic *> sorted() const;

  const SourceMap &sourceMap() const { return sources; }

private:
  struct Allowance {
    std::string code;
    SourceRange scope;
  };

  const SourceMap &sources;
  std::deque<Diagnostic> diagnostics;
  std::vector<Allowance> allowances;
  unsigned reported = 0;

  Diagnostic &add(KindId kind, SourceRange range,
                  std::vector<std::string> arguments);
  bool isAllowed(const Diagnostic &diagnostic) const;
};

} // namespace snn::lang

#endif // SNN_LANG_DIAGNOSTICS_ENGINE_H
