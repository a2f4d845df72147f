//===- Checker.h - One look at an image -------------------------*- C++ -*-===//
//
// What the parts of the verification share: the image, the declaration, and
// the list of what was found.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_VERIFY_CHECKER_H
#define SNN_COMPILER_TARGET_CORES_VERIFY_CHECKER_H

#include "compiler/Target/Cores/Verify/Verify.h"

#include <optional>

namespace snn::target::cores {

class Checker {
public:
  Checker(const emulator::Image &image, const lang::checked::Chip &chip)
      : image(image), chip(chip) {}

  /// That the image says of the chip what the declaration says.
  void checkDeclaration();
  /// Cores: where they lie, and what each holds.
  void checkCores();
  /// Neurons: the range of their numbers, and where they send.
  void checkNeurons();
  /// Axons and synapses: their formats.
  void checkSynapses();
  /// Inputs and the events on them.
  void checkInputs();

  std::vector<std::string> found;

private:
  const emulator::Image &image;
  const lang::checked::Chip &chip;

  void say(const std::string &what) { found.push_back(what); }
  static std::string text(int64_t value) { return std::to_string(value); }

  /// Empty if it is unknown.
  std::optional<int64_t> limit(const std::string &name) const {
    auto it = chip.numbers.find(name);
    return it == chip.numbers.end() ? std::nullopt : std::optional(it->second);
  }
  bool is(const std::string &name, const char *word) const {
    auto it = chip.words.find(name);
    return it != chip.words.end() && it->second == word;
  }
  void atMost(const std::string &where, const std::string &name,
              uint64_t count);
  void same(const std::string &name, int64_t found, int64_t declared);
  void checkNumbers();
  void checkProgram(const std::string &name,
                    const emulator::Buffer<emulator::Instruction> &code,
                    const std::vector<lang::checked::ChipStep> &steps);
  void checkRange(const std::string &where, int64_t value,
                  const lang::checked::ChipNumber &range);
  void checkRoute(const std::string &from, const emulator::Route &route);
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_VERIFY_CHECKER_H
