//===- Options.h - What a compilation for CPUs may choose -------*- C++ -*-===//
//
// None of these changes a result: the bits of a run are the same for every
// level, optimisation and form of output.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CPU_OPTIONS_H
#define SNN_COMPILER_TARGET_CPU_OPTIONS_H

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace snn::target::cpu {

/// The instructions that code may use.
enum class Level {
  Baseline, ///< Any CPU of the architecture.
  V2,       ///< x86-64-v2: SSE 4.2.
  V3,       ///< x86-64-v3: AVX2.
  V4,       ///< x86-64-v4: AVX-512.
  Native    ///< What the machine that compiles has.
};

/// "baseline", "native", "x86-64-v2" and so on.
std::optional<Level> parseLevel(llvm::StringRef name);

struct Options {
  Level level = Level::Native;
  unsigned optLevel = 2;
  /// Line tables that name the model file.
  bool debugLines = true;
};

} // namespace snn::target::cpu

#endif // SNN_COMPILER_TARGET_CPU_OPTIONS_H
