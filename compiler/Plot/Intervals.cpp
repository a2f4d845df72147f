//===- Intervals.cpp - Distribution of interspike intervals -----*- C++ -*-===//
//
// Intervals of all neurons of a population, up to the one that 99 % are below.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Intervals.h"

#include "compiler/Plot/Selection.h"

#include <algorithm>

using namespace snn::plot;
using namespace snn::results;

Expected<Figure> snn::plot::plotIntervals(const Recording &recording,
                                          const PlotOptions &options) {
  Expected<std::vector<SelectedSpikes>> selected =
      selectSpikes(recording, options);
  if (!selected)
    return selected.failure();
  Window window = windowOf(recording, options);
  std::vector<std::vector<double>> lengths;
  double longest = 0;
  for (const SelectedSpikes &one : *selected) {
    lengths.push_back(metrics::allIntervals(
        metrics::select(*one.spikes, one.neurons, window)));
    std::vector<double> &own = lengths.back();
    std::sort(own.begin(), own.end());
    if (!own.empty())
      longest = std::max(longest, own[own.size() - 1 - own.size() / 100]);
  }
  if (longest == 0)
    return Failure{ExitCode::Usage,
                   "no neuron fired twice: there are no intervals", ""};
  double bin = options.bin > 0
                   ? options.bin
                   : roundBin(longest, 60, std::max(recording.step, 1e-3));
  auto bins = static_cast<size_t>(longest / bin + 1);
  Panel panel;
  panel.x = {"interspike interval", "ms", 0, static_cast<double>(bins) * bin};
  panel.y = {"share of intervals", "%"};
  std::vector<double> all;
  for (size_t i = 0; i < lengths.size(); ++i) {
    Series series{(*selected)[i].spikes->population,
                  static_cast<unsigned>(i),
                  Mark::Steps,
                  {},
                  histogram(lengths[i], 0, bin, bins)};
    for (double &count : series.y)
      count *=
          100 / std::max<double>(1, static_cast<double>(lengths[i].size()));
    for (size_t k = 0; k <= bins; ++k)
      series.x.push_back(static_cast<double>(k) * bin);
    all.insert(all.end(), series.y.begin(), series.y.end());
    panel.series.push_back(std::move(series));
  }
  fitAxis(panel.y, all, true);
  return Figure{titleOf(recording, "interspike intervals"), {std::move(panel)}};
}
