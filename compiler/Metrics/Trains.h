//===- Trains.h - Spike trains seen through a window ------------*- C++ -*-===//
//
// The form all spike metrics start from: a choice of neurons of a population,
// and of each of them the spike times inside a window.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_TRAINS_H
#define SNN_COMPILER_METRICS_TRAINS_H

#include "compiler/Results/Recording.h"

#include <vector>

namespace snn::metrics {

using results::NeuronSet;
using results::SpikeTrains;
using results::Window;

struct Trains {
  Window window;
  /// One a chosen neuron, silent ones included; times ascend.
  std::vector<std::vector<double>> times; // ms

  /// All spikes together.
  uint64_t count() const;
  /// All spike times, ascending.
  std::vector<double> merged() const;
};

/// The trains of those of `neurons` that were recorded.
Trains select(const SpikeTrains &spikes, const NeuronSet &neurons,
              const Window &window);

/// Spikes of all neurons in bins of `bin` ms from the window's beginning; a
/// spike on the edge between two bins belongs to the earlier one, as it does to
/// the window. A last bin that is not whole is left out.
std::vector<double> binnedCounts(const Trains &trains, double bin);

/// The bin of a spike, or the number of bins where it is in none.
size_t binOf(double time, const Window &window, double bin, size_t bins);
/// Whole bins of a window.
size_t wholeBins(const Window &window, double bin);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_TRAINS_H
