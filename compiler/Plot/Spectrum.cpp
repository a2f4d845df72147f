//===- Spectrum.cpp - Power spectrum of the population rates ----*- C++ -*-===//
//
// Welch's estimate of the rate per neuron, up to 250 Hz.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Spectrum.h"

#include "compiler/Plot/Selection.h"

#include <algorithm>

using namespace snn::plot;
using namespace snn::results;

Expected<Figure> snn::plot::plotSpectrum(const Recording &recording,
                                         const PlotOptions &options) {
  Expected<std::vector<SelectedSpikes>> selected =
      selectSpikes(recording, options);
  if (!selected)
    return selected.failure();
  Window window = windowOf(recording, options);
  double bin = options.bin > 0 ? options.bin : std::max(1.0, recording.step);
  Panel panel;
  panel.x = {"frequency", "Hz", 0, std::min(250.0, 500 / bin)};
  panel.y = {"power of the rate", "Hz²/Hz"};
  std::vector<double> all;
  for (const SelectedSpikes &one : *selected) {
    metrics::Trains trains = metrics::select(*one.spikes, one.neurons, window);
    std::optional<metrics::Spectrum> spectrum =
        metrics::populationSpectrum(trains, {bin, 1000});
    if (!spectrum)
      return Failure{ExitCode::Usage,
                     "the window is too short for a spectrum: it holds fewer "
                     "than 8 bins",
                     "choose narrower bins with `--bin`"};
    Series series{one.spikes->population,
                  static_cast<unsigned>(panel.series.size()),
                  Mark::Line,
                  {},
                  {}};
    // From (spikes/bin)^2 ms to (spikes/neuron/s)^2/Hz.
    double perNeuron = 1000 / (static_cast<double>(trains.times.size()) * bin);
    for (size_t k = 0; k < spectrum->power.size(); ++k) {
      double hertz = 1000 * spectrum->frequencies[k];
      // Below two resolutions the window's leakage is not the network's.
      if (hertz < 2000 * spectrum->resolution || hertz > panel.x.high)
        continue;
      series.x.push_back(hertz);
      series.y.push_back(spectrum->power[k] * perNeuron * perNeuron / 1000);
    }
    all.insert(all.end(), series.y.begin(), series.y.end());
    panel.series.push_back(std::move(series));
  }
  fitAxis(panel.y, all, true);
  return Figure{titleOf(recording, "spectrum"), {std::move(panel)}};
}
