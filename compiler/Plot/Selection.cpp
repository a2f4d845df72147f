//===- Selection.cpp - What of a recording a plot shows ---------*- C++ -*-===//
//
// Names come from the command line: an unknown one is answered with those that
// exist.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Selection.h"

#include <algorithm>
#include <cmath>

using namespace snn::plot;
using namespace snn::results;

static Failure unknown(const Recording &recording, const std::string &name) {
  std::string known;
  for (const SpikeTrains &spikes : recording.spikes)
    known += (known.empty() ? "" : ", ") + spikes.population;
  return {ExitCode::Usage, "no spikes of `" + name + "` were recorded",
          known.empty()
              ? "add `record spikes of " + name + "` to the experiment"
              : "spikes were recorded of " + known};
}

Expected<std::vector<SelectedSpikes>>
snn::plot::selectSpikes(const Recording &recording,
                        const PlotOptions &options) {
  std::vector<SelectedSpikes> selected;
  if (options.targets.empty()) {
    for (const SpikeTrains &spikes : recording.spikes)
      selected.push_back({&spikes, spikes.neurons});
    if (selected.empty())
      return Failure{ExitCode::Usage, "the run recorded no spikes",
                     "add `record spikes of ...` to the experiment"};
    return selected;
  }
  for (const Target &target : options.targets) {
    const SpikeTrains *spikes = recording.findSpikes(target.population);
    if (!spikes)
      return unknown(recording, target.population);
    selected.push_back({spikes, target.neurons.value_or(spikes->neurons)});
  }
  return selected;
}

Window snn::plot::windowOf(const Recording &recording,
                           const PlotOptions &options) {
  return {options.from.value_or(recording.window.begin),
          options.to.value_or(recording.window.end)};
}

std::string snn::plot::titleOf(const Recording &recording, const char *what) {
  return recording.model.empty() ? what : recording.model + ": " + what;
}

double snn::plot::roundBin(double range, double wanted, double least) {
  double raw = std::max(range / wanted, least);
  double power = std::pow(10, std::floor(std::log10(raw)));
  for (double factor : {1.0, 2.0, 5.0})
    if (factor * power >= raw * (1 - 1e-9))
      return factor * power;
  return 10 * power;
}

std::vector<double> snn::plot::histogram(const std::vector<double> &values,
                                         double low, double width,
                                         size_t bins) {
  std::vector<double> counts(bins);
  for (double value : values) {
    double place = std::floor((value - low) / width + 1e-9);
    if (place >= 0 && place <= static_cast<double>(bins))
      ++counts[std::min(bins - 1, static_cast<size_t>(place))];
  }
  return counts;
}
