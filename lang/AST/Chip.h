//===- Chip.h - Neuromorphic chips ------------------------------*- C++ -*-===//
//
// A chip is written like a model: registers as states, what a neuron is given
// as parameters, programs as handlers; the rest are settings.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_CHIP_H
#define SNN_LANG_AST_CHIP_H

#include "lang/AST/Stmt.h"

namespace snn::lang::ast {

/// `chip tinyodin { state v = saturate(-2048, 2047); ... }`.
struct ChipDecl : Stmt {
  static constexpr Kind ClassKind = Kind::Chip;
  ChipDecl() : Stmt(ClassKind) {}

  Name name;
  Block body;
};

} // namespace snn::lang::ast

#endif // SNN_LANG_AST_CHIP_H
