//===- CountErrors.cpp - How far an approximate code is off -----*- C++ -*-===//
//
// The first layer that differs is where the loss begins.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/CountErrors.h"

#include <cstdio>

using namespace snn;
using importing::Layer;

namespace {

double meanOf(const Layer &layer, uint64_t sum) {
  return layer.errors.compared ? static_cast<double>(sum) /
                                     static_cast<double>(layer.errors.compared)
                               : 0;
}

const Layer *firstDiffering(const std::vector<Layer> &layers) {
  for (const Layer &layer : layers)
    if (layer.errors.differing)
      return &layer;
  return nullptr;
}

} // namespace

std::string snn::driver::countErrorsText(const std::vector<Layer> &layers,
                                         uint64_t inputs) {
  std::string text;
  char line[160];
  for (const Layer &layer : layers) {
    if (layer.errors.compared == 0)
      continue;
    if (text.empty())
      text = "against the integer network  differing  mean error  largest  "
             "silent  at greatest count\n";
    double all = static_cast<double>(layer.neurons * inputs);
    std::snprintf(
        line, sizeof line, "%-27s %8.2f %% %11.4f %8llu %5.1f %% %15.2f %%\n",
        layer.name.c_str(), 100 * meanOf(layer, layer.errors.differing),
        meanOf(layer, layer.errors.sum),
        static_cast<unsigned long long>(layer.errors.largest),
        layer.kind == "output" ? 0
                               : 100 * static_cast<double>(layer.silent) / all,
        100 * layer.clipped);
    text += line;
  }
  if (text.empty())
    return text;
  const Layer *first = firstDiffering(layers);
  return text +
         (first ? "the first layer that differs is " + first->name
                : std::string("no layer differs")) +
         "\n";
}

nlohmann::ordered_json
snn::driver::countErrorsJson(const std::vector<Layer> &layers) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Layer &layer : layers)
    if (layer.errors.compared)
      list.push_back(
          {{"name", layer.name},
           {"differing_share", meanOf(layer, layer.errors.differing)},
           {"mean_error", meanOf(layer, layer.errors.sum)},
           {"largest_error", layer.errors.largest}});
  const Layer *first = firstDiffering(layers);
  return {{"first_differing_layer",
           first ? nlohmann::ordered_json(first->name) : nullptr},
          {"layers", list}};
}
