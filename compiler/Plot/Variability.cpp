//===- Variability.cpp - Distribution of the intervals' CV ------*- C++ -*-===//
//
// One value a neuron: 0 for a clock, 1 for a Poisson process.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Intervals.h"

#include "compiler/Plot/Selection.h"

#include <algorithm>

using namespace snn::plot;
using namespace snn::results;

Expected<Figure> snn::plot::plotCv(const Recording &recording,
                                   const PlotOptions &options) {
  Expected<std::vector<SelectedSpikes>> selected =
      selectSpikes(recording, options);
  if (!selected)
    return selected.failure();
  Window window = windowOf(recording, options);
  std::vector<std::vector<double>> values;
  double greatest = 0;
  size_t neurons = 0;
  for (const SelectedSpikes &one : *selected) {
    values.push_back(metrics::coefficientsOfVariation(
        metrics::select(*one.spikes, one.neurons, window),
        options.leastIntervals));
    for (double value : values.back())
      greatest = std::max(greatest, value);
    neurons += values.back().size();
  }
  if (neurons == 0)
    return Failure{ExitCode::Usage,
                   "no neuron has " + std::to_string(options.leastIntervals) +
                       " intervals or more",
                   "take fewer with `--least-intervals N`, or simulate longer"};
  double bin = roundBin(std::max(greatest, 0.1), 40, 0.005);
  auto bins = static_cast<size_t>(std::max(greatest, 0.1) / bin + 1);
  Panel panel;
  panel.x = {"CV of interspike intervals", "", 0,
             static_cast<double>(bins) * bin};
  panel.y = {"neurons", "", 0, 1, true};
  std::vector<double> all;
  for (size_t i = 0; i < values.size(); ++i) {
    Series series{(*selected)[i].spikes->population,
                  static_cast<unsigned>(i),
                  Mark::Steps,
                  {},
                  histogram(values[i], 0, bin, bins)};
    for (size_t k = 0; k <= bins; ++k)
      series.x.push_back(static_cast<double>(k) * bin);
    all.insert(all.end(), series.y.begin(), series.y.end());
    panel.series.push_back(std::move(series));
  }
  fitAxis(panel.y, all, true);
  return Figure{titleOf(recording, "variability of intervals"),
                {std::move(panel)}};
}
