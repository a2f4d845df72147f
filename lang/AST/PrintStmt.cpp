//===- PrintStmt.cpp - Statements as canonical text -------------*- C++ -*-===//
//
// One statement a line, blocks indented by two. A block that the author wrote
// on one line stays there while it fits.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/PrinterImpl.h"

namespace snn::lang {

using namespace ast;

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

template <typename Function>
bool Printer::fitsOnLine(SourceRange range, Function &&printContents) {
  if (flat)
    return true;
  if (lineOf(range.begin) != lineOf(range.end - 1))
    return false;
  Printer trial(file, buffer);
  trial.flat = true;
  trial.write(current.text);
  printContents(trial);
  return current.indent + trial.current.text.size() + 4 <= MaxLine;
}

template <typename Function>
void Printer::braces(SourceRange range, bool empty, Function &&printContents) {
  bool hasComment = false;
  for (size_t i = nextComment; !flat && i < file->comments.size(); ++i)
    hasComment |= range.contains(file->comments[i].range);
  if (empty && !hasComment)
    return write("{}");
  if (fitsOnLine(range, printContents)) {
    write("{ ");
    bool outer = flat;
    flat = true;
    printContents(*this);
    flat = outer;
    return write(" }");
  }
  write("{");
  indent += Indent;
  printContents(*this);
  // What stands before the closing brace belongs to the block.
  flushComments(range.end - 1, indent);
  indent -= Indent;
  newLine(indent, range.end - 1);
  write("}");
}

void Printer::block(const Block &node) {
  braces(node.range, node.statements.empty(),
         [&](Printer &printer) { printer.statements(node.statements); });
}

void Printer::blockAfter(const Block &node) {
  if (!node.isPresent())
    return;
  write(" ");
  block(node);
}

void Printer::settings(const Settings &node) {
  if (!node.isPresent())
    return;
  write(" ");
  braces(node.range, node.list.empty(), [&](Printer &printer) {
    bool first = true;
    for (const Setting &one : node.list) {
      if (printer.flat) {
        printer.write(first ? "" : "; ");
      } else {
        bool blank = !first && printer.hasBlankBefore(one.range.begin);
        printer.newLine(printer.indent, one.range.begin);
        printer.current.blankBefore = blank;
      }
      first = false;
      printer.expr(*one.target);
      printer.initializer(one.init);
    }
  });
}

void Printer::statements(const std::vector<StmtPtr> &nodes) {
  for (const StmtPtr &node : nodes) {
    if (!flat) {
      statement(*node);
      continue;
    }
    if (&node != &nodes.front())
      write("; ");
    attributes(node->attributes);
    content(*node);
  }
}

/// Whether a blank line goes before a statement.
bool Printer::isSetApart(const Stmt &node) const {
  if (isBlockStart())
    return false;
  bool isBig =
      node.kind == Stmt::Kind::Model || node.kind == Stmt::Kind::Structure ||
      node.kind == Stmt::Kind::Experiment || node.kind == Stmt::Kind::Chip;
  if (isBig && !lines.back().isComment)
    return true;
  // As in the source, before its comment and attributes.
  uint32_t begin = node.attributes.empty() ? node.range.begin
                                           : node.attributes[0].range.begin;
  // Of what shared a line, a blank one above was before the first.
  if (!isFirstOnLine(begin))
    return false;
  uint32_t line = lineOf(begin) - 1;
  for (size_t left = node.doc.size(); line >= 1 && left > 0; --line) {
    std::string_view text = buffer->line(line);
    size_t first = text.find_first_not_of(" \t");
    left -= first != text.npos && text.substr(first).starts_with("///");
  }
  return line >= 1 && isBlankLine(line);
}

void Printer::attributes(const std::vector<Attribute> &nodes) {
  for (const Attribute &node : nodes) {
    write("@" + node.name.text);
    if (!node.arguments.empty())
      arguments(node.arguments, node.name.range.end);
    if (flat)
      write(" ");
    else
      newLine(indent, node.range.end);
  }
}

void Printer::statement(const Stmt &node) {
  uint32_t begin = node.attributes.empty() ? node.range.begin
                                           : node.attributes[0].range.begin;
  newLine(indent, begin);
  current.blankBefore = isSetApart(node);
  for (const std::string &line : node.doc) {
    write(line.empty() ? "///" : "/// " + line);
    current.isComment = true;
    endLine();
    current.indent = indent;
  }
  attributes(node.attributes);
  content(node);
}

//===----------------------------------------------------------------------===//
// Parts of statements
//===----------------------------------------------------------------------===//

void Printer::initializer(const Initializer &node) {
  if (!node)
    return;
  write(node.kind == Initializer::Kind::Drawn ? " ~" : " =");
  breakOr(node.opRange.end, node.value->range.begin, " ");
  expr(*node.value);
  for (const Restriction &one : node.restrictions) {
    write(one.kind == Restriction::Kind::Redraw ? " redraw to "
          : one.kind == Restriction::Kind::Clip ? " clip to "
                                                : " at least ");
    if (one.comparison)
      write(std::string(spelling(*one.comparison)) + " ");
    expr(*one.bound);
  }
}

void Printer::binding(const Binding &node, std::string_view colon) {
  write(node.name.text);
  if (node.type) {
    write(colon);
    unit(*node.type);
  }
  initializer(node.init);
}

void Printer::bindings(const std::vector<Binding> &nodes,
                       std::string_view colon) {
  commaList(nodes, [&](const Binding &node) { binding(node, colon); });
}

void Printer::header(const std::vector<Binding> &nodes) {
  if (nodes.empty())
    return;
  write("(");
  bindings(nodes, ": ");
  write(")");
}

void Printer::instantiation(const Instantiation &node) {
  write(node.model.text);
  if (!node.generics.empty()) {
    write("<");
    commaList(node.generics, [&](const ast::Unit &one) { unit(one); });
    write(">");
  }
  if (!node.arguments.empty())
    arguments(node.arguments, node.model.range.end);
}

void Printer::clause(std::string_view word, const Expr &node, uint32_t &end) {
  breakOr(end, node.range.begin, " ");
  write(word);
  write(" ");
  expr(node);
  end = node.range.end;
}

void Printer::projection(const Projection &node) {
  write(" -> ");
  expr(*node.target);
  uint32_t end = node.target->range.end;
  if (node.rule)
    clause("by", *node.rule, end);
  if (node.where)
    clause("where", *node.where, end);
  if (!node.plasticity.empty()) {
    breakOr(end, node.plasticity.front().range.begin, " ");
    write("via ");
    commaList(node.plasticity,
              [&](const Instantiation &one) { instantiation(one); });
  }
  settings(node.settings);
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void Printer::content(const Stmt &node) {
  switch (node.kind) {
  case Stmt::Kind::Use: {
    auto &use = cast<UseDecl>(node);
    write("use ");
    for (size_t i = 0; i < use.path.size(); ++i)
      write((i > 0 ? "." : "") + use.path[i].text);
    for (size_t i = 0; i < use.imports.size(); ++i) {
      const UseDecl::Import &one = use.imports[i];
      write(i == 0 ? ": " : ",");
      if (i > 0)
        breakOr(use.imports[i - 1].name.range.end, one.name.range.begin, " ");
      write(one.name.text);
      if (!one.alias.empty())
        write(" as " + one.alias.text);
    }
    return;
  }
  case Stmt::Kind::Let:
    write("let ");
    return bindings(cast<LetStmt>(node).bindings);
  case Stmt::Kind::If: {
    bool first = true;
    for (const IfStmt::Branch &branch : cast<IfStmt>(node).branches) {
      write(first ? "" : " else ");
      if (branch.condition) {
        write("if ");
        expr(*branch.condition);
        write(" ");
      }
      block(branch.body);
      first = false;
    }
    return;
  }
  case Stmt::Kind::Precision:
    return write("precision " + cast<PrecisionStmt>(node).precision.text);
  default:
    if (!member(node) && !structural(node))
      experimental(node);
  }
}

} // namespace snn::lang
