//===- Printer.h - The tree as canonical text -------------------*- C++ -*-===//
//
// The formatter. It decides blanks, indentation and alignment; it keeps what
// carries meaning to a reader: comments, single blank lines, line breaks within
// a statement, and whether a short block stands on one line. Parsing what it
// prints gives the same tree, and printing that the same text.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_PRINTER_H
#define SNN_LANG_AST_PRINTER_H

#include "lang/AST/Nodes.h"

#include <string>

namespace snn::lang {

/// The canonical text of a file that was parsed from `buffer`. Parentheses are
/// those that the tree marks.
std::string print(const ast::File &file, const SourceBuffer &buffer);

/// One expression on one line.
std::string print(const ast::Expr &expr);

} // namespace snn::lang

#endif // SNN_LANG_AST_PRINTER_H
