//===- ConvertedRun.h - What a converted network answers --------*- C++ -*-===//
//
// Runs the model of a folder as `snn run` would, and reads counts and sums from
// what it records.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_CONVERTEDRUN_H
#define SNN_COMPILER_DRIVER_CONVERTEDRUN_H

#include "compiler/Driver/Model.h"
#include "compiler/Import/Convert.h"
#include "snn/runtime.h"

#include <filesystem>

namespace snn::driver {

/// What a layer did.
struct LayerAnswer {
  struct Spike {
    uint32_t input, step, neuron;
  };
  /// In their order; `step` counts from the beginning of the input's frame.
  std::vector<Spike> spikes;
  /// Of an output: its sums, input by input.
  std::vector<std::vector<double>> sums;
  /// Neurons and inputs whose count or sum is another one than expected.
  uint64_t differing = 0;
};

struct ConvertedAnswers {
  std::vector<LayerAnswer> layers;
  snn_stats stats;
};

/// `layers` are those of `converted`, with what is expected of this run.
std::optional<Stop> runConverted(const std::filesystem::path &folder,
                                 const importing::Converted &converted,
                                 const std::vector<importing::Layer> &layers,
                                 const Console &console,
                                 ConvertedAnswers &answers);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_CONVERTEDRUN_H
