//===- Trains.cpp - Spike trains seen through a window ----------*- C++ -*-===//
//
// Times are multiples of the integration step, and so are most bin edges; both
// are f64 products that may be a rounding apart. Edges are therefore compared
// with a slack of a billionth of a bin.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Trains.h"

#include <algorithm>
#include <cmath>

using namespace snn::metrics;

uint64_t Trains::count() const {
  uint64_t sum = 0;
  for (const std::vector<double> &train : times)
    sum += train.size();
  return sum;
}

std::vector<double> Trains::merged() const {
  std::vector<double> all;
  all.reserve(count());
  for (const std::vector<double> &train : times)
    all.insert(all.end(), train.begin(), train.end());
  std::sort(all.begin(), all.end());
  return all;
}

Trains snn::metrics::select(const SpikeTrains &spikes, const NeuronSet &neurons,
                            const Window &window) {
  Trains result;
  result.window = window;
  constexpr uint64_t none = UINT64_MAX;
  // Row of each recorded neuron.
  std::vector<uint64_t> rows(spikes.neurons.count, none);
  for (uint64_t i = 0; i < spikes.neurons.count; ++i)
    if (spikes.isRecorded(i) && neurons.contains(spikes.neurons.id(i))) {
      rows[i] = result.times.size();
      result.times.emplace_back();
    }
  // A grid point may lie a rounding beside the window's end.
  double slack = 1e-9 * std::max(1.0, std::abs(window.end));
  Window rounded{window.begin + slack, window.end + slack};
  for (size_t i = 0; i < spikes.times.size(); ++i) {
    if (!rounded.contains(spikes.times[i]) ||
        !spikes.neurons.contains(spikes.ids[i]))
      continue;
    uint64_t row = rows[spikes.neurons.index(spikes.ids[i])];
    if (row != none)
      result.times[row].push_back(spikes.times[i]);
  }
  return result;
}

size_t snn::metrics::wholeBins(const Window &window, double bin) {
  return static_cast<size_t>(
      std::max(0.0, std::floor(window.length() / bin + 1e-9)));
}

size_t snn::metrics::binOf(double time, const Window &window, double bin,
                           size_t bins) {
  double place = std::ceil((time - window.begin) / bin - 1e-9) - 1;
  return place < 0 || place >= static_cast<double>(bins)
             ? bins
             : static_cast<size_t>(place);
}

std::vector<double> snn::metrics::binnedCounts(const Trains &trains,
                                               double bin) {
  size_t bins = wholeBins(trains.window, bin);
  std::vector<double> counts(bins);
  for (const std::vector<double> &train : trains.times)
    for (double time : train)
      if (size_t place = binOf(time, trains.window, bin, bins); place < bins)
        ++counts[place];
  return counts;
}
