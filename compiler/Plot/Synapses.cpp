//===- Synapses.cpp - Weights and who is connected to whom ------*- C++ -*-===//
//
// A histogram of weights, one outline a projection, and the matrix of one pair
// of populations, of which a figure shows some hundred neurons a side.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Selection.h"

#include <algorithm>
#include <cmath>

using namespace snn::plot;
using namespace snn::results;

bool snn::plot::namesProjection(const std::string &wanted,
                                const std::string &path) {
  return path.starts_with(wanted) &&
         (path.size() == wanted.size() || path[wanted.size()] == '.' ||
          path[wanted.size()] == '#');
}

static Expected<std::vector<const Synapses *>>
selectSynapses(const std::vector<Synapses> &all, const PlotOptions &options) {
  std::vector<const Synapses *> selected;
  std::string known;
  for (const Synapses &one : all) {
    known += (known.empty() ? "" : ", ") + one.path;
    if (options.targets.empty() ||
        std::ranges::any_of(options.targets, [&](const Target &target) {
          return namesProjection(target.population, one.path);
        }))
      selected.push_back(&one);
  }
  for (const Target &target : options.targets)
    if (std::ranges::none_of(all, [&](const Synapses &one) {
          return namesProjection(target.population, one.path);
        }))
      return Failure{ExitCode::Usage,
                     "no synapses of `" + target.population + "` were stored",
                     "stored are " + known};
  return selected;
}

static std::string titled(const std::string &model, const char *what) {
  return model.empty() ? what : model + ": " + what;
}

Expected<Figure> snn::plot::plotWeights(const std::string &model,
                                        const std::vector<Synapses> &all,
                                        const PlotOptions &options) {
  auto selected = selectSynapses(all, options);
  if (!selected)
    return selected.failure();
  double low = INFINITY, high = -INFINITY;
  for (const Synapses *one : *selected) {
    if (one->unit != selected->front()->unit)
      return Failure{ExitCode::Usage, "the weights have different units",
                     "choose some with `--of \"" + one->path + "\"`"};
    for (double weight : one->weights) {
      low = std::min(low, weight);
      high = std::max(high, weight);
    }
  }
  if (!(low <= high))
    return Failure{ExitCode::Usage, "there are no synapses", ""};
  // Equal weights make one bar of some width.
  double range = high - low;
  if (range < 1e-9 * std::abs(high))
    range = 0;
  double bin =
      roundBin(range > 0 ? range : std::max(std::abs(high), 1.0), 50, 1e-12);
  double from = std::floor(low / bin) * bin;
  auto bins = static_cast<size_t>(std::floor((high - from) / bin + 1e-9) + 1);
  Panel panel;
  panel.x = {"weight", selected->front()->unit, from - bin,
             from + static_cast<double>(bins + 1) * bin};
  panel.y = {"synapses", "", 0, 1, true};
  std::vector<double> counts;
  for (const Synapses *one : *selected) {
    Series series{one->path,
                  static_cast<unsigned>(panel.series.size()),
                  Mark::Steps,
                  {},
                  histogram(one->weights, from, bin, bins)};
    for (size_t k = 0; k <= bins; ++k)
      series.x.push_back(from + static_cast<double>(k) * bin);
    counts.insert(counts.end(), series.y.begin(), series.y.end());
    panel.series.push_back(std::move(series));
  }
  fitAxis(panel.y, counts, true);
  return Figure{titled(model, "weights"), {std::move(panel)}};
}

/// Of neurons 0..last, every k-th, so that `most` are left.
static uint64_t strideOf(uint32_t last, uint64_t most) {
  return (uint64_t{last} + most) / most;
}

Expected<Figure> snn::plot::plotConnectivity(const std::string &model,
                                             const std::vector<Synapses> &all,
                                             const PlotOptions &options) {
  auto selected = selectSynapses(all, options);
  if (!selected)
    return selected.failure();
  uint32_t lastSource = 0, lastTarget = 0;
  for (const Synapses *one : *selected) {
    const Synapses &first = *selected->front();
    if (one->source != first.source || one->target != first.target)
      return Failure{ExitCode::Usage, "a matrix shows one pair of populations",
                     "choose it with `--of \"" + first.source + "->" +
                         first.target + "\"`"};
    for (uint32_t source : one->sources)
      lastSource = std::max(lastSource, source);
    for (uint32_t target : one->targets)
      lastTarget = std::max(lastTarget, target);
  }
  if (selected->empty())
    return Failure{ExitCode::Usage, "there are no synapses", ""};
  constexpr uint64_t mostShown = 200;
  uint64_t most = options.mostNeurons ? std::min(options.mostNeurons, mostShown)
                                      : mostShown;
  uint64_t everySource = strideOf(lastSource, most),
           everyTarget = strideOf(lastTarget, most);
  auto label = [](const char *role, const std::string &name, uint64_t every) {
    std::string text = role + (" neuron of " + name);
    return every > 1 ? text + " (one of " + std::to_string(every) + ")" : text;
  };
  Panel panel;
  panel.x = {label("target", selected->front()->target, everyTarget), "", -0.5,
             static_cast<double>(lastTarget) + 0.5, true};
  panel.y = {label("source", selected->front()->source, everySource), "", -0.5,
             static_cast<double>(lastSource) + 0.5, true};
  for (const Synapses *one : *selected) {
    Series series;
    series.name = one->path;
    series.color = static_cast<unsigned>(panel.series.size());
    series.mark = Mark::Ticks;
    for (size_t i = 0; i < one->sources.size(); ++i)
      if (one->sources[i] % everySource == 0 &&
          one->targets[i] % everyTarget == 0) {
        series.x.push_back(one->targets[i]);
        series.y.push_back(one->sources[i]);
      }
    panel.series.push_back(std::move(series));
  }
  return Figure{titled(model, "connectivity"), {std::move(panel)}};
}
