//===- Response.cpp - The response curve of a stored sweep ------*- C++ -*-===//
//
// One point for each value; runs that differ in the seed alone are averaged.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Response.h"

#include "compiler/Metrics/Rate.h"
#include "compiler/Plot/Selection.h"
#include "compiler/Results/Folder.h"

#include <map>

using namespace snn;
using namespace snn::results;

Expected<plot::Figure>
snn::driver::plotResponse(const std::string &folder,
                          const plot::PlotOptions &options) {
  if (!isSweep(folder))
    return Failure{ExitCode::Usage,
                   "`" + folder + "` holds no sweep, which `fi` needs",
                   "an experiment with `sweep cell.I_ext in 0 pA .. 500 pA "
                   "step 10 pA` makes one"};
  Expected<SweepIndex> index = readSweep(folder);
  if (!index)
    return index.failure();
  if (index->parameters.size() != 1)
    return Failure{ExitCode::Usage,
                   "the sweep varies " +
                       std::to_string(index->parameters.size()) +
                       " parameters; a curve shows one",
                   ""};
  struct Sum {
    double rates = 0, runs = 0;
  };
  std::map<std::string, std::map<double, Sum>> sums;
  std::vector<std::string> order;
  for (const SweepRun &run : index->runs) {
    Expected<Recording> recording = readFolder(folder + "/" + run.folder);
    if (!recording)
      return recording.failure();
    Expected<std::vector<plot::SelectedSpikes>> selected =
        plot::selectSpikes(*recording, options);
    if (!selected)
      return selected.failure();
    Window window = plot::windowOf(*recording, options);
    for (const plot::SelectedSpikes &one : *selected) {
      std::optional<double> rate =
          metrics::meanRate(metrics::select(*one.spikes, one.neurons, window));
      if (!rate)
        continue;
      const std::string &name = one.spikes->population;
      if (!sums.contains(name))
        order.push_back(name);
      Sum &sum = sums[name][run.values[0]];
      sum.rates += 1000 * *rate;
      ++sum.runs;
    }
  }
  std::vector<plot::Response> responses;
  for (const std::string &name : order) {
    plot::Response response{name, {}};
    for (const auto &[value, sum] : sums[name]) {
      response.curve.x.push_back(value);
      response.curve.y.push_back(sum.rates / sum.runs);
    }
    responses.push_back(std::move(response));
  }
  const SweepParameter &parameter = index->parameters[0];
  plot::Axis x{parameter.path, parameter.unit == "1" ? "" : parameter.unit};
  return plot::plotResponse(index->name + ": response", x, {"rate", "Hz"},
                            responses);
}
