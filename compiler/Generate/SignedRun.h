//===- SignedRun.h - How often units of the signed code fire ----*- C++ -*-===//
//
// A unit that fires while its input arrives takes spikes back, as many as the
// order of its input makes it. So its spikes are not told by its count: they
// are found by running the units, as their neurons do.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_GENERATE_SIGNEDRUN_H
#define SNN_COMPILER_GENERATE_SIGNEDRUN_H

#include "compiler/Generate/Plan.h"

namespace snn::generate {

class SignedRun {
public:
  /// The plan must outlive it.
  explicit SignedRun(const Plan &plan);

  /// Of each population, how often each neuron fires, where inputs have these
  /// counts; those of others are not looked at. None for sums.
  std::vector<std::vector<uint64_t>>
  spikes(const std::vector<llvm::ArrayRef<int64_t>> &counts) const;

private:
  /// A neuron's synapses onto a population.
  struct Row {
    std::vector<std::pair<uint32_t, int64_t>> synapses;
  };
  const Plan &plan;
  /// By projection, then source.
  std::vector<std::vector<Row>> rows;
};

} // namespace snn::generate

#endif // SNN_COMPILER_GENERATE_SIGNEDRUN_H
