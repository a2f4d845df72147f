//===- SynapseWords.h - Rows in the form that is delivered ------*- C++ -*-===//
//
// The synapses of a whole row as words of delivery, targets and weights drawn
// sixteen at a time and never written apart: for rows that are made when a
// source spikes, where this is the time of the run. What it does not know is
// left to RowMaker; both give the same.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_SYNAPSEWORDS_H
#define SNN_RUNTIME_CONNECTIVITY_SYNAPSEWORDS_H

#include "runtime/lib/Connectivity/Connectivity.h"

namespace snn::runtime {

class SynapseWords {
public:
  /// Words that may be written beyond the last.
  static constexpr uint64_t Slack = 64;

  /// Whether it knows how, on this machine: uniform targets, weights that are
  /// constant or have a curve.
  [[nodiscard]] bool create(const Connectivity &connectivity);

  /// Synapse j of the row: the sum of its target in the lower half of out[j],
  /// its weight in the upper. Neuron i of the target population has sum
  /// origin + i, less than 2^16. False if a weight cannot be drawn.
  bool fill(const RowCount &row, uint64_t origin, uint32_t *out) const;

private:
  bool fillOthers(const RowCount &row, uint64_t first, const uint32_t *words,
                  uint64_t others, uint32_t *out) const;

  const Connectivity *connectivity = nullptr;
  uint32_t common = 0;              // weight of all, in the upper half
  const WordCurve *curve = nullptr; // else
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_SYNAPSEWORDS_H
