//===- WorkReport.cpp - What runs would cost under named models -*- C++ -*-===//
//
// The network is one spiking layer of Lemaire et al.: each spike is read and
// written once, each synaptic event reads a weight, adds it to a number and
// writes that, and at each step each state that has an equation is read,
// multiplied, added to and written. A state's function may take more than that;
// what it takes at least is the same for all networks.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/WorkReport.h"

#include "compiler/Driver/Execution.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/TemporaryFolder.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

using namespace snn;
using namespace snn::driver;
using energy::Energy;
using energy::Model;
using lang::checked::Population;
using json = nlohmann::ordered_json;

namespace {

/// States of a neuron, receptors included, that equations bring forward.
double equationsOf(const lang::checked::Program &program,
                   const Population &population) {
  if (population.kind != Population::Kind::Neurons)
    return 0;
  const lang::checked::NeuronModel &neuron = program.neurons[population.model];
  size_t equations = neuron.equations.size();
  for (const lang::checked::Receptor &receptor : neuron.receptors)
    equations += program.synapses[receptor.synapse].equations.size();
  return static_cast<double>(equations);
}

json partsOf(const Energy &energy) {
  constexpr double joule = 1e-9; // of a nJ
  return {{"operations", energy.operations * joule},
          {"memory", energy.memory * joule},
          {"addresses", energy.addresses * joule},
          {"total", energy.total() * joule}};
}

} // namespace

void WorkReport::add(const lang::checked::Program &program,
                     const lang::checked::Network &network,
                     const snn_stats &stats) {
  double states = 0;
  for (const Population &population : network.populations)
    states +=
        static_cast<double>(population.size) * equationsOf(program, population);
  double all = static_cast<double>(stats.neuron_updates),
         moved =
             std::max(0.0, all - static_cast<double>(stats.updates_at_rest));
  energy::SpikingLayer layer;
  layer.spikesIn = layer.spikesOut = static_cast<double>(stats.spikes);
  layer.events = static_cast<double>(stats.synaptic_events);
  layer.neurons = states;
  layer.updates =
      all > 0 ? states * static_cast<double>(stats.steps) * (moved / all) : 0;
  layer.leaks = true;
  sums.resize(energy::models().size());
  for (size_t i = 0; i < sums.size(); ++i) {
    const Model &model = energy::models()[i];
    // As many words as synapses take; none where targets follow from a rule.
    layer.weights = static_cast<double>(stats.synapse_bytes) * 8 / model.bits;
    sums[i] += model.of(layer);
  }
  ++runs;
  events += layer.events;
  spikes += layer.spikesOut;
  neuronUpdates += moved;
  stateUpdates += layer.updates;
  accesses += 2 * layer.spikesOut + 3 * layer.events + 2 * layer.updates;
  seconds += stats.bio_time_s;
}

json WorkReport::energy() const {
  json result = json::object();
  for (size_t i = 0; i < sums.size(); ++i)
    result[energy::models()[i].name] = partsOf(sums[i]);
  return result;
}

json WorkReport::work() const {
  return {{"runs", runs},
          {"bio_time_s", seconds},
          {"sops", static_cast<uint64_t>(events)},
          {"spikes", static_cast<uint64_t>(spikes)},
          {"neuron_updates", static_cast<uint64_t>(neuronUpdates)},
          {"state_updates", static_cast<uint64_t>(stateUpdates)},
          {"memory_accesses", static_cast<uint64_t>(accesses)}};
}

std::string WorkReport::toText() const {
  char line[256];
  std::snprintf(line, sizeof line,
                "%.4g s of model time: %.4g SOPs, %.4g neuron updates (%.4g of "
                "states), %.4g memory accesses\n",
                seconds, events, neuronUpdates, stateUpdates, accesses);
  std::string text = line;
  text +=
      "energy             operations       memory    addresses        total "
      "  mean power\n";
  for (size_t i = 0; i < sums.size(); ++i) {
    constexpr double micro = 1e-3; // of a nJ
    const Energy &sum = sums[i];
    std::snprintf(line, sizeof line,
                  "%-16s %9.4g uJ %9.4g uJ %9.4g uJ %9.4g uJ %9.4g uW\n",
                  energy::models()[i].name.c_str(), sum.operations * micro,
                  sum.memory * micro, sum.addresses * micro,
                  sum.total() * micro,
                  seconds > 0 ? sum.total() * micro / seconds : 0);
    text += line;
  }
  return text;
}

std::optional<results::Failure>
snn::driver::writeStats(snn_instance *instance, const std::string &path,
                        double compileSeconds, const WorkReport &report) {
  // The engine's own go through a file of their own: `path` may be a pipe.
  Expected<TemporaryFolder> scratch = TemporaryFolder::make();
  if (!scratch)
    return scratch.failure();
  std::string own = scratch->path() / "stats.json";
  bool written =
      snn_write_stats(instance, own.c_str(), compileSeconds) == SNN_OK;
  std::ifstream stream(own);
  json stats = json::parse(stream, nullptr, /*allow_exceptions=*/false);
  if (!written || !stats.is_object())
    return failureOf(*snn_last_error(instance));
  json work = report.work();
  for (const char *key : {"state_updates", "memory_accesses"})
    stats["ops"][key] = work[key];
  stats["energy_j"] = report.energy();
  return writeFile(path, stats.dump(1) + "\n");
}
