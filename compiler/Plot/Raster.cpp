//===- Raster.cpp - Spikes of each neuron over time -------------*- C++ -*-===//
//
// One panel a population, its height following the number of neurons as far as
// small populations stay readable.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Selection.h"

#include <algorithm>
#include <cmath>

using namespace snn::plot;
using namespace snn::results;

static double weightOf(const SelectedSpikes &one, double most) {
  return std::max(0.3, static_cast<double>(one.neurons.count) / most);
}

/// Keeps every k-th neuron so that at most `most` are left; says so.
static std::string thin(NeuronSet &neurons, uint64_t most) {
  uint64_t every = (neurons.count + most - 1) / most;
  if (every <= 1)
    return "";
  neurons.count = (neurons.count + every - 1) / every;
  neurons.stride *= every;
  return " (one of " + std::to_string(every) + ")";
}

Expected<Figure> snn::plot::plotRaster(const Recording &recording,
                                       const PlotOptions &options) {
  Expected<std::vector<SelectedSpikes>> selected =
      selectSpikes(recording, options);
  if (!selected)
    return selected.failure();
  Window window = windowOf(recording, options);
  Figure figure{titleOf(recording, "spikes"), {}};
  double most = 1;
  for (const SelectedSpikes &one : *selected)
    most = std::max(most, static_cast<double>(one.neurons.count));
  double weights = 0;
  for (const SelectedSpikes &one : *selected)
    weights += weightOf(one, most);
  for (SelectedSpikes one : *selected) {
    Panel panel;
    panel.weight = weightOf(one, most);
    std::string note;
    if (options.mostNeurons) {
      auto share = std::max<uint64_t>(
          1, static_cast<uint64_t>(static_cast<double>(options.mostNeurons) *
                                   panel.weight / weights));
      note = thin(one.neurons, share);
    }
    panel.x = {"time", "ms", window.begin, window.end};
    // Half a row of room on both sides.
    auto first = static_cast<double>(one.neurons.first);
    double last = static_cast<double>(
        one.neurons.id(std::max<uint64_t>(one.neurons.count, 1) - 1));
    panel.y = {"neuron of " + one.spikes->population + note, "", first - 0.5,
               last + 0.5, true};
    Series series;
    series.color = static_cast<unsigned>(figure.panels.size());
    series.mark = Mark::Ticks;
    for (size_t i = 0; i < one.spikes->times.size(); ++i)
      if (one.neurons.contains(one.spikes->ids[i]) &&
          window.contains(one.spikes->times[i])) {
        series.x.push_back(one.spikes->times[i]);
        series.y.push_back(one.spikes->ids[i]);
      }
    panel.series.push_back(std::move(series));
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}
