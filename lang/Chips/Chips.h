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

/// Operands are slots: registers, parameters, `input`, `weight`; with more than
/// one receptor, `receptor`, `input_1` and so on; temporaries.
struct ChipStep {
  ChipOperation operation;
  unsigned slot = 0, a = 0, b = 0, c = 0;
  int64_t value = 0;
  bool operator==(const ChipStep &) const = default;
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
  /// Empty where the network brings its own.
  std::vector<ChipStep> onSynapse, onTick;

  /// Whether neurons are programmed by the network.
  bool isProgrammed() const { return words.at("programs") == "network"; }
  unsigned receptors() const {
    return static_cast<unsigned>(numbers.at("receptors"));
  }
  /// Of `input` or `input_1`, of which each receptor has one.
  unsigned inputSlot(unsigned receptor = 0) const;
  unsigned weightSlot() const { return inputSlot() + 1; }
  unsigned receptorSlot() const { return inputSlot() + 2; }
  unsigned firstTemporary() const;
};

} // namespace checked

/// What a slot of more than one receptor is called in programs.
std::string inputName(unsigned receptor);

/// The chip, or what is wrong with its declaration.
std::optional<checked::Chip> checkChip(const ast::ChipDecl &declaration,
                                       DiagnosticEngine &diagnostics);

} // namespace snn::lang

#endif // SNN_LANG_CHIPS_CHIPS_H
