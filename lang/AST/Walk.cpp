//===- Walk.cpp - Visits every statement of a tree ------------------------===//
//
// One table says which statements have bodies.
//
//===----------------------------------------------------------------------===//
#include "lang/AST/Walk.h"

#include "lang/AST/Nodes.h"

namespace snn::lang::ast {

/// The body of a statement with one; null for others, and for `if`, which has
/// one for each branch.
static const Block *bodyOf(const Stmt &statement) {
  switch (statement.kind) {
  case Stmt::Kind::Model:
    return &cast<ModelDecl>(statement).body;
  case Stmt::Kind::Structure:
    return &cast<StructureDecl>(statement).body;
  case Stmt::Kind::Experiment:
    return &cast<ExperimentDecl>(statement).body;
  case Stmt::Kind::Chip:
    return &cast<ChipDecl>(statement).body;
  case Stmt::Kind::Trace:
    return &cast<TraceStmt>(statement).body;
  case Stmt::Kind::Port:
    return &cast<PortStmt>(statement).body;
  case Stmt::Kind::Spike:
    return &cast<SpikeStmt>(statement).body;
  case Stmt::Kind::Handler:
    return &cast<HandlerStmt>(statement).body;
  case Stmt::Kind::Periodic:
    return &cast<PeriodicStmt>(statement).body;
  case Stmt::Kind::When:
    return &cast<WhenStmt>(statement).body;
  case Stmt::Kind::For:
    return &cast<ForStmt>(statement).body;
  case Stmt::Kind::Phase:
    return &cast<PhaseStmt>(statement).body;
  case Stmt::Kind::At:
    return &cast<AtStmt>(statement).body;
  case Stmt::Kind::Repeat:
    return &cast<RepeatStmt>(statement).body;
  case Stmt::Kind::Control:
    return &cast<ControlStmt>(statement).body;
  default:
    return nullptr;
  }
}

void forEachStatement(const Stmt &statement,
                      const std::function<void(const Stmt &)> &visit) {
  visit(statement);
  auto descend = [&](const Block &body) {
    for (const StmtPtr &inner : body.statements)
      forEachStatement(*inner, visit);
  };
  if (const Block *body = bodyOf(statement))
    descend(*body);
  if (const auto *choice = dynCast<IfStmt>(&statement))
    for (const IfStmt::Branch &branch : choice->branches)
      descend(branch.body);
}

} // namespace snn::lang::ast
