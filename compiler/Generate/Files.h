//===- Files.h - A plan as a model and its data -----------------*- C++ -*-===//
//
// An ordinary model: text that a person reads, and numbers in .npy files.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_GENERATE_FILES_H
#define SNN_COMPILER_GENERATE_FILES_H

#include "compiler/Generate/Plan.h"

#include <map>

namespace snn::generate {

/// What the network is shown, and what it must answer.
struct Trial {
  /// Counts of each population of inputs.
  std::vector<std::vector<int64_t>> inputs;
  /// Sums of each population of outputs.
  std::vector<std::vector<int64_t>> outputs;
  /// Spikes of all others, in their order.
  std::vector<uint64_t> spikes;
};

/// Name beneath the folder to content: model.snn, column.snn, and their data.
using Files = std::map<std::string, std::string>;

Files writeFiles(const Plan &plan, const std::string &source,
                 const std::vector<Trial> &trials);

/// The text of model.snn.
std::string writeText(const Plan &plan, const std::string &source,
                      const std::vector<Trial> &trials);
/// That of column.snn: the same network as a part of others.
std::string writeColumn(const Plan &plan, const std::string &source);

/// Whether neurons are told of single steps.
bool needsSteps(const Plan &plan);
/// By how much those come before the frame in which a neuron fires.
uint64_t stepsLead(const Plan &plan);

/// Names of the data of a projection.
std::string pairsFile(const Projection &projection, const Plan &plan);
std::string weightsFile(const Projection &projection, const Plan &plan);

} // namespace snn::generate

#endif // SNN_COMPILER_GENERATE_FILES_H
