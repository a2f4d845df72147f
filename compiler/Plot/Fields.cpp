//===- Fields.cpp - Weights onto each target, as images ---------*- C++ -*-===//
//
// The weights of one target, laid out as their sources are, row by row: of 784
// sources 28 x 28. Fields stand side by side, a cell apart, the first target in
// the upper left corner. All share one scale.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Selection.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace snn::plot;
using namespace snn::results;

/// Of more targets, every k-th is shown.
static constexpr size_t MostFields = 100;

/// The most nearly square rectangle of `count` cells; its height.
static size_t heightOf(size_t count) {
  auto height = static_cast<size_t>(std::sqrt(static_cast<double>(count)));
  while (height > 1 && count % height != 0)
    --height;
  return std::max<size_t>(height, 1);
}

namespace {

/// Where the weights of a projection lie in its image.
class Layout {
public:
  explicit Layout(const SynapseTrace &trace)
      : sources(*std::ranges::max_element(trace.sources) + size_t{1}),
        fieldHeight(heightOf(sources)), fieldWidth(sources / fieldHeight) {
    std::vector<uint32_t> targets = trace.targets;
    std::ranges::sort(targets);
    targets.erase(std::ranges::unique(targets).begin(), targets.end());
    every = (targets.size() + MostFields - 1) / MostFields;
    for (size_t i = 0; i < targets.size(); i += every)
      places.emplace(targets[i], places.size());
    across = static_cast<size_t>(
        std::ceil(std::sqrt(static_cast<double>(places.size()))));
  }

  size_t width() const { return across * (fieldWidth + 1) - 1; }
  size_t height() const {
    return (places.size() + across - 1) / across * (fieldHeight + 1) - 1;
  }

  /// Column, and row from below; false if the target is not shown.
  bool find(uint32_t source, uint32_t target, double &x, double &y) const {
    auto place = places.find(target);
    if (place == places.end())
      return false;
    size_t column =
        place->second % across * (fieldWidth + 1) + source % fieldWidth;
    size_t row =
        place->second / across * (fieldHeight + 1) + source / fieldWidth;
    x = static_cast<double>(column);
    y = static_cast<double>(height() - 1 - row);
    return true;
  }

  std::string describe() const {
    std::string text = std::to_string(fieldHeight) + " x " +
                       std::to_string(fieldWidth) + " weights of each target";
    return every > 1 ? text + " (one of " + std::to_string(every) + ")" : text;
  }

private:
  size_t sources, fieldHeight, fieldWidth, across = 1, every = 1;
  std::map<uint32_t, size_t> places;
};

} // namespace

static Panel panelOf(const SynapseTrace &trace) {
  Layout layout(trace);
  size_t last = trace.values.size() - trace.count;
  double largest = 0;
  for (size_t i = last; i < trace.values.size(); ++i)
    largest = std::max(largest, std::abs(trace.values[i]));
  Series cells;
  cells.mark = Mark::Cells;
  for (size_t i = 0; i < trace.count; ++i) {
    double x, y, value = trace.values[last + i];
    if (!layout.find(trace.sources[i], trace.targets[i], x, y))
      continue;
    cells.x.push_back(x);
    cells.y.push_back(y);
    cells.shade.push_back(largest > 0 ? value / largest : 0);
  }
  Panel panel;
  panel.isImage = true;
  panel.x = {layout.describe(), "", -0.5,
             static_cast<double>(layout.width()) - 0.5, true};
  panel.y = {trace.projection, "", -0.5,
             static_cast<double>(layout.height()) - 0.5, true};
  panel.series.push_back(std::move(cells));
  return panel;
}

Expected<Figure> snn::plot::plotFields(const Recording &recording,
                                       const PlotOptions &options) {
  Figure figure{titleOf(recording, "fields"), {}};
  std::string known;
  for (const SynapseTrace &trace : recording.synapses) {
    if (trace.state != (options.state.empty() ? "w" : options.state) ||
        !trace.count || trace.times.empty())
      continue;
    known += (known.empty() ? "" : ", ") + trace.projection;
    if (options.targets.empty() ||
        std::ranges::any_of(options.targets, [&](const Target &target) {
          return namesProjection(target.population, trace.projection);
        }))
      figure.panels.push_back(panelOf(trace));
  }
  if (figure.panels.empty())
    return Failure{
        ExitCode::Usage, "no such weights were recorded",
        known.empty() ? "add `record w of A -> B every 1 s` or the like to the "
                        "experiment"
                      : "recorded: " + known};
  return figure;
}
