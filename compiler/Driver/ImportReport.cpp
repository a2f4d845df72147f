//===- ImportReport.cpp - What a converted network would be like ----------===//
//
// Layer by layer, without a model.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ImportReport.h"

#include "compiler/Driver/EnergyReport.h"
#include "compiler/Driver/Output.h"
#include "compiler/Import/ONNX/Reader.h"

#include <nlohmann/json.hpp>

#include <cinttypes>
#include <cstdio>

using namespace snn;
using namespace snn::driver;
using importing::Converted;
using importing::Layer;
using json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

json toJson(const std::string &file, const Converted &converted) {
  auto tests = static_cast<double>(converted.tests);
  json layers = json::array(), costs = json::array();
  for (const Layer &layer : converted.layers)
    layers.push_back({{"name", layer.name},
                      {"node", layer.origin},
                      {"kind", layer.kind},
                      {"neurons", layer.neurons},
                      {"weights", layer.weights},
                      {"synapses", layer.synapses},
                      {"spikes_per_input", double(layer.spikes) / tests},
                      {"sops_per_input", double(layer.events) / tests},
                      {"share_at_greatest_count", layer.clipped}});
  for (const Converted::Cost &cost : converted.costs)
    costs.push_back({{"code", cost.code},
                     {"sops_per_input", cost.events},
                     {"neuron_updates_per_input", cost.updates}});
  return {{"format", 1},
          {"source", onnx::shown(fs::path(file).filename())},
          {"code", converted.code},
          {"weighed", costs},
          {"levels", converted.levels},
          {"frame_steps", converted.frame},
          {"inputs", converted.tests},
          {"macs_per_input_of_original", converted.macs},
          {"integer_network_against_original",
           {{"scales_rounded", converted.isInexact},
            {"largest_error", converted.largestError},
            {"mean_error", converted.meanError},
            {"other_winners", converted.otherWinners}}},
          {"energy_nj_per_input",
           EnergyReport(converted, converted.layers, converted.tests).toJson()},
          {"layers", layers}};
}

std::string toText(const Converted &converted) {
  std::string text = "layer      kind      neurons    weights      synapses  "
                     "spikes/input     SOPs/input  clipped  node\n";
  char line[256];
  auto tests = static_cast<double>(converted.tests);
  uint64_t neurons = 0, weights = 0, synapses = 0;
  double spikes = 0, events = 0;
  auto append = [&](const char *name, const char *kind, uint64_t n, uint64_t w,
                    uint64_t s, double fired, double delivered) {
    std::snprintf(line, sizeof line,
                  "%-10s %-8s %8" PRIu64 " %10" PRIu64 " %13" PRIu64
                  " %13.1f %14.0f",
                  name, kind, n, w, s, fired, delivered);
    text += line;
  };
  for (const Layer &layer : converted.layers) {
    double fired = double(layer.spikes) / tests,
           delivered = double(layer.events) / tests;
    append(layer.name.c_str(), layer.kind.c_str(), layer.neurons, layer.weights,
           layer.synapses, fired, delivered);
    std::snprintf(line, sizeof line, " %6.1f %%  ", 100 * layer.clipped);
    text += line + layer.origin + "\n";
    neurons += layer.neurons;
    weights += layer.weights;
    synapses += layer.synapses;
    spikes += fired;
    events += delivered;
  }
  append("all", "", neurons, weights, synapses, spikes, events);
  text += "\n\ncode             SOPs/input  neuron updates/input\n";
  for (const Converted::Cost &cost : converted.costs) {
    std::snprintf(line, sizeof line, "%-12s %14.0f %21.0f%s\n",
                  cost.code.c_str(), cost.events, cost.updates,
                  cost.code == converted.code ? "  (above)" : "");
    text += line;
  }
  return text + comparisonText(converted);
}

} // namespace

int snn::driver::reportNetwork(const ImportOptions &options,
                               const Console &console) {
  Expected<importing::ConvertOptions> chosen =
      conversionOptions(options, console);
  if (!chosen)
    return console.fail(chosen.failure());
  chosen->isOutline = true;
  Expected<onnx::Graph> graph = onnx::readGraph(options.file);
  if (!graph)
    return console.fail(graph.failure());
  Expected<importing::Conversion> conversion =
      importing::Conversion::run(*graph, std::move(*chosen));
  if (!conversion)
    return console.fail(conversion.failure());
  const Converted &converted = conversion->result();
  if (!options.output.empty())
    if (std::optional<Failure> failure = writeFile(
            options.output, toJson(options.file, converted).dump(2) + "\n"))
      return console.fail(*failure);
  if (!console.print(toText(converted)))
    return console.fail(outputFailure());
  console.note(
      "every operator has an exact form; no model is made by a report, and "
      "convolutions share their weights in it");
  return 0;
}
