//===- Rate.cpp - Mean rate of each population over time --------*- C++ -*-===//
//
// Spikes per neuron in bins, as a rate.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Selection.h"

#include <algorithm>

using namespace snn::plot;
using namespace snn::results;

Expected<Figure> snn::plot::plotRate(const Recording &recording,
                                     const PlotOptions &options) {
  Expected<std::vector<SelectedSpikes>> selected =
      selectSpikes(recording, options);
  if (!selected)
    return selected.failure();
  Window window = windowOf(recording, options);
  double bin = options.bin > 0 ? options.bin
                               : roundBin(window.length(), 100,
                                          std::max(1.0, recording.step));
  Panel panel;
  panel.x = {"time", "ms", window.begin, window.end};
  panel.y = {"rate", "Hz"};
  std::vector<double> all;
  for (const SelectedSpikes &one : *selected) {
    metrics::Trains trains = metrics::select(*one.spikes, one.neurons, window);
    Series series{one.spikes->population,
                  static_cast<unsigned>(panel.series.size()),
                  Mark::Steps,
                  {},
                  metrics::binnedCounts(trains, bin)};
    double neurons =
        std::max<double>(1, static_cast<double>(trains.times.size()));
    for (double &count : series.y)
      count *= 1000 / (neurons * bin);
    for (size_t i = 0; i <= series.y.size(); ++i)
      series.x.push_back(window.begin + static_cast<double>(i) * bin);
    all.insert(all.end(), series.y.begin(), series.y.end());
    panel.series.push_back(std::move(series));
  }
  fitAxis(panel.y, all, true);
  return Figure{titleOf(recording, "population rate"), {std::move(panel)}};
}
