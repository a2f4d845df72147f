//===- Tokens.h - From a text to the tokens the grammar reads ---*- C++ -*-===//
//
// The lexer reads bytes, so that a token's place is a range of bytes. Layout
// then decides which line ends are the ends of statements, and takes comments
// out, to be put back by the formatter.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_PARSE_TOKENS_H
#define SNN_LANG_PARSE_TOKENS_H

#include "lang/AST/Nodes.h"
#include "lang/Diagnostics/Engine.h"

#include "antlr4-runtime.h"

#include <memory>
#include <vector>

namespace snn::lang {

using TokenList = std::vector<std::unique_ptr<antlr4::Token>>;

/// A text as a stream of bytes.
class ByteStream : public antlr4::CharStream {
public:
  explicit ByteStream(const SourceBuffer &buffer) : buffer(buffer) {}

  void consume() override { ++at; }
  size_t LA(ssize_t i) override;
  ssize_t mark() override { return 0; }
  void release(ssize_t marker) override {}
  size_t index() override { return at; }
  void seek(size_t index) override { at = index; }
  size_t size() override { return buffer.text().size(); }
  std::string getSourceName() const override { return buffer.name(); }
  std::string getText(const antlr4::misc::Interval &interval) override;
  std::string toString() const override { return std::string(buffer.text()); }

private:
  const SourceBuffer &buffer;
  size_t at = 0;
};

/// Neighbouring `///` lines, and where the token after them begins.
struct DocComment {
  std::vector<ast::Comment> lines;
  uint32_t next = 0;
};

struct Layout {
  /// What the parser reads: no comments, one SEP at the end of each statement.
  TokenList tokens;
  /// The `//` comments.
  std::vector<ast::Comment> comments;
  /// In the order of the text.
  std::vector<DocComment> docs;
  /// An expression was too long, and reported.
  bool tooLong = false;
};

/// Prepares what the lexer has found in a text that `scan` has passed.
///
/// A line ends a statement unless it ends in a comma or an operator with two
/// sides, unless the next line begins with such an operator, `{`, `by`,
/// `where`, `via`, `then` or `else`, and unless a parenthesis or square bracket
/// is open.
Layout layOut(TokenList tokens, const SourceBuffer &buffer,
              DiagnosticEngine &engine);

} // namespace snn::lang

#endif // SNN_LANG_PARSE_TOKENS_H
