//===- Printer.cpp - Lines and comments of canonical text -------*- C++ -*-===//
//
// Lines are collected with their comments and joined at the end, when it is
// known how far the comments of neighbouring lines are to be aligned.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/Printer.h"

#include "lang/AST/PrinterImpl.h"

#include <algorithm>

namespace snn::lang {

bool Printer::isBlankLine(uint32_t line) const {
  return buffer->line(line).find_first_not_of(" \t") == std::string_view::npos;
}

bool Printer::isFirstOnLine(uint32_t offset) const {
  uint32_t begin = buffer->lineBegin(lineOf(offset));
  return buffer->text()
             .substr(begin, offset - begin)
             .find_first_not_of(" \t") == std::string_view::npos;
}

bool Printer::hasBlankBefore(uint32_t offset) const {
  uint32_t line = lineOf(offset);
  return line > 1 && isFirstOnLine(offset) && isBlankLine(line - 1);
}

void Printer::endLine() {
  if (current.text.empty() && current.trailing.empty())
    return;
  lines.push_back(std::move(current));
  current = {};
}

void Printer::flushComments(uint32_t next, unsigned commentIndent) {
  if (flat || !file)
    return;
  std::vector<const ast::Comment *> own;
  for (; nextComment < file->comments.size(); ++nextComment) {
    const ast::Comment &comment = file->comments[nextComment];
    if (comment.range.begin >= next)
      break;
    if (!comment.ownLine && current.trailing.empty() && !current.text.empty() &&
        own.empty())
      current.trailing = comment.text;
    else
      own.push_back(&comment);
  }
  endLine();
  for (const ast::Comment *comment : own) {
    bool blank = comment->ownLine && !isBlockStart() &&
                 hasBlankBefore(comment->range.begin);
    lines.push_back({commentIndent, comment->text, "", blank, true});
  }
}

void Printer::newLine(unsigned newIndent, uint32_t next) {
  flushComments(next, newIndent);
  endLine();
  current.indent = newIndent;
}

void Printer::breakOr(uint32_t end, uint32_t begin,
                      std::string_view otherwise) {
  if (isBroken(end, begin))
    newLine(indent + Continuation, begin);
  else
    write(otherwise);
}

/// The number of code points.
static size_t width(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string Printer::assemble() {
  std::string result;
  for (size_t i = 0; i < lines.size();) {
    // A run of lines with comments: these begin in one column.
    size_t end = i;
    size_t column = 0;
    for (; end < lines.size() && !lines[end].trailing.empty() &&
           (end == i || !lines[end].blankBefore);
         ++end)
      column = std::max(column, lines[end].indent + width(lines[end].text));
    for (end = std::max(end, i + 1); i < end; ++i) {
      const Line &line = lines[i];
      if (line.blankBefore && !result.empty())
        result += '\n';
      result.append(line.indent, ' ');
      result += line.text;
      if (!line.trailing.empty()) {
        result.append(column + 2 - line.indent - width(line.text), ' ');
        result += line.trailing;
      }
      result += '\n';
    }
  }
  return result;
}

std::string Printer::run() {
  statements(file->declarations);
  flushComments(UINT32_MAX, 0);
  endLine();
  return assemble();
}

std::string print(const ast::File &file, const SourceBuffer &buffer) {
  return Printer(&file, &buffer).run();
}

std::string print(const ast::Expr &expr) {
  Printer printer(nullptr, nullptr);
  printer.expr(expr);
  return printer.takeLine();
}

} // namespace snn::lang
