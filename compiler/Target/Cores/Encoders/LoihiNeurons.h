//===- LoihiNeurons.h - What tools for Loihi ask of neurons -----*- C++ -*-===//
//
// Parameters of an image's neurons by their names, and whether they are those
// that the tools have.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_ENCODERS_LOIHINEURONS_H
#define SNN_COMPILER_TARGET_CORES_ENCODERS_LOIHINEURONS_H

#include "lang/Chips/Chips.h"
#include "runtime/emulator/Image.h"

#include <string>

namespace snn::target::cores {

class LoihiNeurons {
public:
  /// More are of no use to simulators in Python, nor as text.
  static constexpr uint64_t MostSynapses = 4'000'000;

  LoihiNeurons(const emulator::Image &image, const lang::checked::Chip &chip)
      : image(image), chip(chip) {}

  /// In words why `tool` cannot have them; empty if it can.
  std::string refusal(const std::string &tool) const;

  int32_t parameter(uint32_t neuron, const char *name) const;

private:
  const emulator::Image &image;
  const lang::checked::Chip &chip;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_ENCODERS_LOIHINEURONS_H
