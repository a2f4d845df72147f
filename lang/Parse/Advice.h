//===- Advice.h - What a syntax error probably meant ------------*- C++ -*-===//
//
// The error says what was found and what was expected; advice says what to
// write, where the tokens around the place tell. A rule that does not apply
// says nothing: a wrong hint costs the reader more than none.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_PARSE_ADVICE_H
#define SNN_LANG_PARSE_ADVICE_H

#include "lang/Diagnostics/Engine.h"

#include "antlr4-runtime.h"

#include <string>

namespace snn::lang {

/// The tokens around an error.
struct SyntaxError {
  const antlr4::Token *found = nullptr;
  const antlr4::Token *next = nullptr;
  /// Null at the beginning of the text.
  const antlr4::Token *previous = nullptr;
  const antlr4::Token *beforePrevious = nullptr;
  /// The types of token that the grammar would take.
  antlr4::misc::IntervalSet expected;
  /// The type of the statement's first token; EOF outside of statements.
  size_t firstWord = antlr4::Token::EOF;
};

/// In the reader's words what was expected: "a value", "`,` or `)`".
std::string describeExpected(const antlr4::misc::IntervalSet &expected,
                             const antlr4::dfa::Vocabulary &vocabulary);

/// Adds help to the message about the error.
void advise(Diagnostic &message, const SyntaxError &error,
            const SourceBuffer &buffer);

/// Adds how a section that other simulators have is written here.
void translate(Diagnostic &message, const std::string &word);

} // namespace snn::lang

#endif // SNN_LANG_PARSE_ADVICE_H
