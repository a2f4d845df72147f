//===- Levels.h - What this machine can run ---------------------*- C++ -*-===//
//
// The CPU levels that tests compile for and execute.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_TARGET_LEVELS_H
#define SNN_TESTS_UNIT_TARGET_LEVELS_H

#include "compiler/Target/CPU/Options.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/TargetParser/Host.h"

#include <vector>

namespace snn::tests {

inline std::vector<target::cpu::Level> runnableLevels() {
  using target::cpu::Level;
  std::vector<Level> levels = {Level::Baseline, Level::Native};
  auto features = llvm::sys::getHostCPUFeatures();
  if (features.lookup("sse4.2"))
    levels.push_back(Level::V2);
  if (features.lookup("avx2") && features.lookup("fma"))
    levels.push_back(Level::V3);
  if (features.lookup("avx512f") && features.lookup("avx512vl") &&
      features.lookup("avx512dq") && features.lookup("avx512bw"))
    levels.push_back(Level::V4);
  return levels;
}

} // namespace snn::tests

#endif // SNN_TESTS_UNIT_TARGET_LEVELS_H
