//===- Trace.cpp - Recorded states over time --------------------*- C++ -*-===//
//
// One panel a state and population, one line a neuron; of many neurons, the
// first few. A modulator is a population of one.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Kinds.h"

#include "compiler/Plot/Palette.h"
#include "compiler/Plot/Selection.h"

#include <algorithm>

using namespace snn::plot;
using namespace snn::results;

static const Target *targetOf(const PlotOptions &options, const Trace &trace) {
  for (const Target &target : options.targets)
    if (target.population == trace.population)
      return &target;
  return nullptr;
}

static std::string namesOf(const Recording &recording, bool modulatorsAlone) {
  std::string names;
  for (const Trace &trace : recording.traces)
    if (trace.isOfModulator || !modulatorsAlone)
      names +=
          (names.empty() ? "" : ", ") + trace.state + " of " + trace.population;
  return names;
}

static Figure figureOf(const Recording &recording, const PlotOptions &options,
                       const char *what, bool modulatorsAlone) {
  Window window = windowOf(recording, options);
  Figure figure{titleOf(recording, what), {}};
  for (const Trace &trace : recording.traces) {
    const Target *target = targetOf(options, trace);
    if (modulatorsAlone && !trace.isOfModulator)
      continue;
    if (!options.state.empty() && options.state != trace.state)
      continue;
    if (!options.targets.empty() && !target)
      continue;
    Panel panel;
    panel.x = {"time", "ms", window.begin, window.end};
    panel.y = {trace.state + " of " + trace.population, trace.unit};
    std::vector<double> all;
    for (uint64_t i = 0;
         i < trace.neurons.count && panel.series.size() < paletteSize; ++i) {
      uint64_t id = trace.neurons.id(i);
      if (target && target->neurons && !target->neurons->contains(id))
        continue;
      Series series;
      // A lone neuron needs no legend.
      if (trace.neurons.count > 1)
        series.name = std::to_string(id);
      series.color = static_cast<unsigned>(panel.series.size());
      for (size_t k = 0; k < trace.times.size(); ++k)
        if (trace.times[k] >= window.begin && trace.times[k] <= window.end) {
          series.x.push_back(trace.times[k]);
          series.y.push_back(trace.value(k, i));
        }
      all.insert(all.end(), series.y.begin(), series.y.end());
      panel.series.push_back(std::move(series));
    }
    fitAxis(panel.y, all, false);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Expected<Figure> snn::plot::plotTrace(const Recording &recording,
                                      const PlotOptions &options) {
  Figure figure =
      figureOf(recording, options, "traces", /*modulatorsAlone=*/false);
  if (figure.panels.empty())
    return Failure{ExitCode::Usage, "no such state was recorded",
                   recording.traces.empty()
                       ? "add `record V of E[0..9] every 1 ms` or the like to "
                         "the experiment"
                       : "recorded: " +
                             namesOf(recording, /*modulatorsAlone=*/false)};
  return figure;
}

Expected<Figure> snn::plot::plotModulators(const Recording &recording,
                                           const PlotOptions &options) {
  Figure figure =
      figureOf(recording, options, "modulators", /*modulatorsAlone=*/true);
  if (!figure.panels.empty())
    return figure;
  std::string known = namesOf(recording, /*modulatorsAlone=*/true);
  if (known.empty())
    return Failure{ExitCode::Usage, "no modulator was recorded",
                   "add `record d of da every 10 ms` or the like to the "
                   "experiment, for a modulator that a rule reads"};
  return Failure{ExitCode::Usage, "no such state of a modulator was recorded",
                 "recorded: " + known};
}
