//===- Dump.h - The tree with its structure in sight ------------*- C++ -*-===//
//
// Two trees are equal exactly if their dumps are: a dump holds everything but
// places and comments. Tests compare trees with it and read it.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_DUMP_H
#define SNN_LANG_AST_DUMP_H

#include "lang/AST/Nodes.h"

#include <string>

namespace snn::lang {

std::string dump(const ast::File &file);
std::string dump(const ast::Expr &expr);

} // namespace snn::lang

#endif // SNN_LANG_AST_DUMP_H
