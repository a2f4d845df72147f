//===- Selection.h - What of a recording a plot shows -----------*- C++ -*-===//
//
// Shared by all kinds: which trains, in which window, and the messages where
// there are none.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PLOT_SELECTION_H
#define SNN_COMPILER_PLOT_SELECTION_H

#include "compiler/Metrics/Trains.h"
#include "compiler/Plot/Kinds.h"

namespace snn::plot {

struct SelectedSpikes {
  const results::SpikeTrains *spikes;
  results::NeuronSet neurons;
};

/// At least one, or a failure that says what was recorded.
results::Expected<std::vector<SelectedSpikes>>
selectSpikes(const results::Recording &recording, const PlotOptions &options);

results::Window windowOf(const results::Recording &recording,
                         const PlotOptions &options);

/// "brunel: raster".
std::string titleOf(const results::Recording &recording, const char *what);

/// "E->I" names all ports, "E->I.exc" one, "E->I.exc#0" itself.
bool namesProjection(const std::string &wanted, const std::string &path);

/// A width of 1, 2 or 5 times a power of ten that cuts `range` into about
/// `wanted` bins, and no finer than `least`.
double roundBin(double range, double wanted, double least);

/// Counts of values in bins of `width` from `low`; the last bin holds its upper
/// edge.
std::vector<double> histogram(const std::vector<double> &values, double low,
                              double width, size_t bins);

} // namespace snn::plot

#endif // SNN_COMPILER_PLOT_SELECTION_H
