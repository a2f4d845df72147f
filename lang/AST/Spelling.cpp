//===- Spelling.cpp - The words and signs of syntax nodes -------*- C++ -*-===//
//
// One table for each enumeration that has a spelling; parser, printer and
// messages read the same ones.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/Nodes.h"

namespace snn::lang::ast {

const char *spelling(BinaryOp op) {
  static constexpr const char *Signs[] = {"or", "and", "<",  "<=", ">",
                                          ">=", "==",  "!=", "is", "+",
                                          "-",  "*",   "/",  "^"};
  return Signs[static_cast<int>(op)];
}

const char *spelling(UnaryOp op) {
  static constexpr const char *Signs[] = {"-", "+", "not"};
  return Signs[static_cast<int>(op)];
}

const char *spelling(AssignOp op) {
  static constexpr const char *Signs[] = {"=", "+=", "-=", "*=", "/="};
  return Signs[static_cast<int>(op)];
}

const char *spelling(ModelKind kind) {
  static constexpr const char *Words[] = {"neuron", "synapse", "plasticity",
                                          "modulator"};
  return Words[static_cast<int>(kind)];
}

const char *spelling(StructureKind kind) {
  return kind == StructureKind::Column ? "column" : "network";
}

const char *spelling(InstanceKind kind) {
  static constexpr const char *Words[] = {"population", "column", "modulator"};
  return Words[static_cast<int>(kind)];
}

} // namespace snn::lang::ast
