//===- Walk.h - Visits every statement of a tree ----------------*- C++ -*-===//
//
// For what concerns statements of all kinds alike, wherever they stand.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_AST_WALK_H
#define SNN_LANG_AST_WALK_H

#include "lang/AST/Stmt.h"

#include <functional>

namespace snn::lang::ast {

/// The statement itself, then what its body holds, in the order of the text.
void forEachStatement(const Stmt &statement,
                      const std::function<void(const Stmt &)> &visit);

} // namespace snn::lang::ast

#endif // SNN_LANG_AST_WALK_H
