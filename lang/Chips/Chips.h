//===- Chips.h - Declarations of neuromorphic chips -------------*- C++ -*-===//
//
// A checked chip is numbers and two small programs, in the order in which they
// are computed. The compiler hands them to images as they are.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_CHIPS_CHIPS_H
#define SNN_LANG_CHIPS_CHIPS_H

#include "lang/AST/Nodes.h"
#include "lang/Diagnostics/Engine.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace snn::lang {

namespace checked {

/// A number of a neuron, with the values that it can have.
struct ChipNumber {
  std::string name;
  int64_t low = 0, high = 0;
  /// Of a register that its value leaves: wraps around, or else saturates.
  bool wraps = false;
};

enum class ChipOperation {
  Constant,
  Add,
  Subtract,
  Multiply,
  Absolute,
  Minimum,
  Maximum,
  Scale,
  Truncate,
  Less,
  LessEqual,
  Equal,
  And,
  Or,
  Not,
  Select,
  Store,
  Spike,
};

/// Operands are slots: registers, parameters, `input`, `weight`, temporaries.
struct ChipStep {
  ChipOperation operation;
  unsigned slot = 0, a = 0, b = 0, c = 0;
  int64_t value = 0;
};

/// In place of the condition of a Store: always.
constexpr unsigned ChipAlways = 255;

struct Chip {
  std::string name;
  SourceRange range;
  std::vector<std::string> doc;
  std::vector<ChipNumber> registers, parameters;
  /// Choices: "timing" is "events".
  std::map<std::string, std::string> words;
  /// Counts and limits; those that are unknown are left out.
  std::map<std::string, int64_t> numbers;
  /// Limits that the declaration calls unknown.
  std::vector<std::string> unknown;
  /// Energies in picojoules.
  std::map<std::string, double> costs;
  /// Times in nanoseconds.
  std::map<std::string, double> times;
  std::vector<ChipStep> onSynapse, onTick;
};

} // namespace checked

/// The chip, or what is wrong with its declaration.
std::optional<checked::Chip> checkChip(const ast::ChipDecl &declaration,
                                       DiagnosticEngine &diagnostics);

} // namespace snn::lang

#endif // SNN_LANG_CHIPS_CHIPS_H
