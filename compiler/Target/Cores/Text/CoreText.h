//===- CoreText.h - A mapped network in the core dialect --------*- C++ -*-===//
//
// What was put on which core, and what each core holds, counted from the image;
// for those who know nothing of MLIR.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_TEXT_CORETEXT_H
#define SNN_COMPILER_TARGET_CORES_TEXT_CORETEXT_H

#include "compiler/Target/Cores/Map/Allocate.h"

namespace snn::target::cores {

/// Synapses beyond so many are left out of a text, and other lists of as many
/// numbers.
constexpr int64_t MostInText = 1 << 16;

struct CoreText {
  std::string text;
  /// What the dialect's verifier found, which is a defect of the compiler.
  std::string broken;
};

/// `rates` are spikes of each neuron and then of each line.
CoreText textOf(const std::string &name, const Network &network,
                const CodedNetwork &coded, const Mapping &mapping,
                const std::vector<double> &rates,
                const lang::checked::Chip &chip, const emulator::Image &image);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_TEXT_CORETEXT_H
