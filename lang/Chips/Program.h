//===- Program.h - What a chip computes at an event -------------*- C++ -*-===//
//
// Turns the statements of `on synapse` and `on tick` into steps.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_CHIPS_PROGRAM_H
#define SNN_LANG_CHIPS_PROGRAM_H

#include "lang/Chips/Chips.h"

namespace snn::lang {

class ChipProgram {
public:
  /// `event` is "synapse" or "tick"; steps go to the chip.
  ChipProgram(checked::Chip &chip, const std::string &event,
              DiagnosticEngine &diagnostics);
  void compile(const ast::Block &body);

private:
  checked::Chip &chip;
  std::vector<checked::ChipStep> &steps;
  DiagnosticEngine &diagnostics;
  std::string event;
  /// What names stand for; `let` adds some.
  std::map<std::string, unsigned> slots;
  unsigned next;
  /// More values were asked for than there are slots, first in the statement
  /// at `place`.
  bool isFull = false;
  SourceRange place;
  /// That of the blocks around a statement.
  unsigned condition = checked::ChipAlways;

  void statement(const ast::Stmt &stmt);
  void assign(const ast::AssignStmt &stmt);
  void branches(const ast::IfStmt &stmt);
  /// The body, under a condition that includes those around it.
  void under(unsigned slot, const ast::Block &body);

  unsigned emit(checked::ChipOperation operation, unsigned a = 0,
                unsigned b = 0, unsigned c = 0, int64_t value = 0);
  unsigned constant(int64_t value) {
    return emit(checked::ChipOperation::Constant, 0, 0, 0, value);
  }
  unsigned both(unsigned a, unsigned b);
  unsigned expression(const ast::Expr &expr);
  unsigned lasting(const ast::Expr &expr);
  unsigned binary(const ast::BinaryExpr &expr);
  unsigned call(const ast::CallExpr &expr);
  unsigned refuse(SourceRange range, const std::string &what);
};

/// A whole number as written, with a sign perhaps.
std::optional<int64_t> wholeNumber(const ast::Expr &expr);

} // namespace snn::lang

#endif // SNN_LANG_CHIPS_PROGRAM_H
