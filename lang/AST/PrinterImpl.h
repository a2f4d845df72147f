//===- PrinterImpl.h - The state of the printer -----------------*- C++ -*-===//
//
// Shared by the three files of the printer: lines and comments, expressions,
// statements.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_PRINTERIMPL_H
#define SNN_LANG_AST_PRINTERIMPL_H

#include "lang/AST/Nodes.h"

#include <span>
#include <string_view>

namespace snn::lang {

class Printer {
public:
  /// Without a file only expressions can be printed, each on one line.
  Printer(const ast::File *file, const SourceBuffer *buffer)
      : file(file), buffer(buffer) {}

  std::string run();
  void expr(const ast::Expr &node);
  std::string takeLine() { return std::move(current.text); }

private:
  static constexpr unsigned Indent = 2;
  /// A statement that goes on is indented by this much more.
  static constexpr unsigned Continuation = 4;
  /// A block that would be longer than this does not stand on one line.
  static constexpr size_t MaxLine = 100;

  struct Line {
    unsigned indent = 0;
    std::string text;
    /// A comment after the text.
    std::string trailing;
    bool blankBefore = false;
    /// A comment with nothing before it.
    bool isComment = false;
  };

  const ast::File *file;
  const SourceBuffer *buffer;
  std::vector<Line> lines;
  Line current;
  size_t nextComment = 0;
  /// The indentation of the statement being printed.
  unsigned indent = 0;
  /// Blocks are printed on one line, comments are left alone.
  bool flat = false;

  // Printer.cpp
  void write(std::string_view text) { current.text += text; }
  /// Ends the current line; what follows begins at `next` in the source.
  void newLine(unsigned newIndent, uint32_t next);
  /// The comments before `next`: one after the current line, the others on
  /// lines of their own.
  void flushComments(uint32_t next, unsigned commentIndent);
  void endLine();
  uint32_t lineOf(uint32_t offset) const { return buffer->lineOf(offset); }
  bool isBlankLine(uint32_t line) const;
  bool isFirstOnLine(uint32_t offset) const;
  bool hasBlankBefore(uint32_t offset) const;
  /// The next line is the first of a block or of the file.
  bool isBlockStart() const {
    return lines.empty() ||
           (!lines.back().isComment && lines.back().text.ends_with('{'));
  }
  /// True if a line break in the source stands between the two.
  bool isBroken(uint32_t end, uint32_t begin) const {
    return !flat && buffer && lineOf(end) < lineOf(begin);
  }
  /// A line break where the source has one, else `otherwise`.
  void breakOr(uint32_t end, uint32_t begin, std::string_view otherwise);
  std::string assemble();

  template <typename Range, typename Function>
  void commaList(const Range &range, Function &&print) {
    bool first = true;
    uint32_t end = 0;
    for (const auto &element : range) {
      SourceRange place = rangeOf(element);
      if (!first) {
        write(",");
        breakOr(end, place.begin, " ");
      }
      print(element);
      first = false;
      end = place.end;
    }
  }
  static SourceRange rangeOf(const ast::ExprPtr &node) { return node->range; }
  static SourceRange rangeOf(const ast::Name &node) { return node.range; }
  template <typename T>
  static SourceRange rangeOf(const T &node) {
    return node.range;
  }

  // PrintExpr.cpp
  void operand(const ast::Expr &node);
  void binary(const ast::BinaryExpr &node);
  void range(const ast::RangeExpr &node, bool inIndex);
  void table(const ast::TableExpr &node);
  void metric(const ast::MetricExpr &node);
  void unit(const ast::Unit &unit);
  void selection(const ast::Selection &node);
  void selections(const std::vector<ast::Selection> &nodes);
  void arguments(const std::vector<ast::Argument> &nodes, uint32_t begin);
  void names(const std::vector<ast::Name> &nodes);

  // PrintStmt.cpp
  void statements(const std::vector<ast::StmtPtr> &nodes);
  void statement(const ast::Stmt &node);
  void attributes(const std::vector<ast::Attribute> &nodes);
  bool isSetApart(const ast::Stmt &node) const;
  /// Each prints the statements of one header of the tree; false for others.
  void content(const ast::Stmt &node);
  bool member(const ast::Stmt &node);
  bool structural(const ast::Stmt &node);
  bool experimental(const ast::Stmt &node);
  void block(const ast::Block &node);
  void blockAfter(const ast::Block &node);
  template <typename Function>
  void braces(SourceRange range, bool empty, Function &&printContents);
  template <typename Function>
  bool fitsOnLine(SourceRange range, Function &&printContents);
  void settings(const ast::Settings &node);
  void binding(const ast::Binding &node, std::string_view colon);
  void bindings(const std::vector<ast::Binding> &nodes,
                std::string_view colon = " : ");
  void header(const std::vector<ast::Binding> &nodes);
  void initializer(const ast::Initializer &node);
  void instantiation(const ast::Instantiation &node);
  void projection(const ast::Projection &node);
  /// ` by …`, on a new line where the source has it so.
  void clause(std::string_view word, const ast::Expr &node, uint32_t &end);
};

} // namespace snn::lang

#endif // SNN_LANG_AST_PRINTERIMPL_H
