//===- Nodes.h - The syntax tree of a file ----------------------*- C++ -*-===//
//
// The whole tree: a file of declarations with the comments that stand between
// them.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_NODES_H
#define SNN_LANG_AST_NODES_H

#include "lang/AST/Chip.h"
#include "lang/AST/Experiment.h"
#include "lang/AST/Expr.h"
#include "lang/AST/Model.h"
#include "lang/AST/Stmt.h"
#include "lang/AST/Structure.h"

namespace snn::lang::ast {

/// `use neurons.lif`, `use neurons.lif: LIF, LIFDelta as Delta`.
struct UseDecl : Stmt {
  static constexpr Kind ClassKind = Kind::Use;
  UseDecl() : Stmt(ClassKind) {}

  struct Import {
    Name name;
    /// Empty without `as`.
    Name alias;
  };

  /// `neurons`, `lif`: the file `neurons/lif.snn`.
  std::vector<Name> path;
  SourceRange pathRange;
  /// Empty for all declarations of the file.
  std::vector<Import> imports;
};

/// A plain `//` comment, or a `///` one that documents nothing. The formatter
/// puts it back where it stood; nothing else looks at it.
struct Comment {
  /// With its slashes, without blanks at the end.
  std::string text;
  SourceRange range;
  /// Nothing but blanks stands before it on its line.
  bool ownLine = false;
};

struct File {
  /// Use, Model, Structure, Experiment and Chip.
  std::vector<StmtPtr> declarations;
  /// In the order of the text.
  std::vector<Comment> comments;
  SourceRange range;
};

} // namespace snn::lang::ast

#endif // SNN_LANG_AST_NODES_H
