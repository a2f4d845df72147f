//===- Folder.h - Results on disk -------------------------------*- C++ -*-===//
//
// A run leaves a folder with manifest.json, spikes.npz and traces.npz; a sweep
// leaves one such folder a run, and sweep.json that says what differs.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_RESULTS_FOLDER_H
#define SNN_COMPILER_RESULTS_FOLDER_H

#include "compiler/Results/Expected.h"
#include "compiler/Results/Recording.h"

#include <optional>

namespace snn::results {

/// Without states of synapses, which may be large.
Expected<Recording> readFolder(const std::string &folder);

/// Adds the last samples of what was recorded of synapses.
std::optional<Failure> readLastSynapses(const std::string &folder,
                                        Recording &recording);

/// What sweep.json says.
struct SweepRun {
  /// Beneath the folder of the sweep.
  std::string folder;
  /// One for each parameter.
  std::vector<double> values;
  uint64_t seed = 1;
};
struct SweepParameter {
  /// As `--set` spells it.
  std::string path;
  std::string unit;
};
struct SweepIndex {
  std::string name;
  std::vector<SweepParameter> parameters;
  std::vector<SweepRun> runs;
};

bool isSweep(const std::string &folder);
Expected<SweepIndex> readSweep(const std::string &folder);
std::string writeSweep(const SweepIndex &index);

} // namespace snn::results

#endif // SNN_COMPILER_RESULTS_FOLDER_H
