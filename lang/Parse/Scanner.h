//===- Scanner.h - What must hold before a text is parsed -------*- C++ -*-===//
//
// Source texts come from papers and forums, not only from their reader. This
// pass bounds every resource that parsing takes (size, line, name, nesting) and
// refuses what could make a text read other than it runs. It also pairs the
// brackets, because it knows where one was opened and the grammar does not.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_PARSE_SCANNER_H
#define SNN_LANG_PARSE_SCANNER_H

#include "lang/Diagnostics/Engine.h"

namespace snn::lang {

struct SourceLimits {
  static constexpr uint32_t MaxFileBytes = 64u << 20;
  static constexpr uint32_t MaxLineBytes = 1u << 20;
  static constexpr uint32_t MaxNameBytes = 255;
  static constexpr uint32_t MaxNesting = 256;
  /// Operators on a path from a statement to a leaf of its expression: bounds
  /// the depth of the tree, hence of every recursion over it.
  static constexpr uint32_t MaxOperators = 1000;
  /// After this many wrong statements the rest of a text is not looked at.
  static constexpr uint32_t MaxErrors = 1000;
};

/// Reports what is wrong with the characters of the text. True if it may be
/// parsed: then all bytes outside of comments and strings are ASCII that the
/// lexer knows, and brackets are balanced.
bool scan(const SourceBuffer &buffer, DiagnosticEngine &engine);

} // namespace snn::lang

#endif // SNN_LANG_PARSE_SCANNER_H
