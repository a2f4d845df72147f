//===- Main.cpp - What mapping and emulation reach --------------*- C++ -*-===//
//
// Puts networks of the literature on a mesh of cores of 256 neurons and runs
// the images: cores beside their bound, messages and hops per spike, processor
// time of mapping, synaptic operations that the emulator's engines do in a
// second of one thread, and how many times as many two threads do by the clock.
//
//===----------------------------------------------------------------------===//
#include "bench/partition/Nets.h"
#include "compiler/Target/Cores/Map/Allocate.h"
#include "compiler/Target/Cores/Partition/Random.h"
#include "compiler/Target/Cores/Verify/Verify.h"
#include "lang/Parse/Parser.h"
#include "runtime/emulator/Emulator.h"
#include "runtime/emulator/FastEmulator.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>

using namespace snn;
using namespace snn::target::cores;

namespace {

double wallSeconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double processorSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec +
                                    usage.ru_stime.tv_usec);
}

/// A chip of the library, with `neurons` of a core if that is not zero.
lang::checked::Chip chipOf(const std::string &name, int64_t neurons) {
  std::ifstream stream(std::string(SNN_STDLIB_DIR) + "/chips/" + name + ".snn");
  std::ostringstream text;
  text << stream.rdbuf();
  lang::SourceMap sources;
  lang::DiagnosticEngine engine(sources);
  auto file = lang::parse(sources.add("chip.snn", text.str()), engine);
  auto chip = lang::checkChip(
      *lang::ast::dynCast<lang::ast::ChipDecl>(file->declarations[0].get()),
      engine);
  if (neurons)
    chip->numbers["neurons"] = neurons;
  return *chip;
}

/// Neurons that fire by themselves, every ten ticks or less often, with the
/// connections of a hypergraph. A net weighs what its source fires.
Network networkOf(const Hypergraph &graph, std::vector<double> &rates) {
  Network network;
  network.step = 1;
  network.numNeurons = graph.numVertices();
  Population all;
  all.name = "All";
  all.size = network.numNeurons;
  all.bias = 4;
  all.threshold = 40;
  all.ports = {{"syn", false, 1}};
  network.populations = {all};
  rates.assign(network.numNeurons, 0);
  std::vector<std::pair<uint32_t, Edge>> edges;
  Random random(3);
  for (Net net = 0; net < graph.numNets(); ++net) {
    Vertex source = graph.source(net);
    rates[source] = static_cast<double>(graph.weight(net));
    for (Vertex target : graph.pins(net))
      if (target != source)
        edges.emplace_back(source,
                           Edge{random.below(2) ? 1.0 : -1.0, target, 0});
  }
  network.edges = inRows(network.numNeurons, edges);
  for (uint32_t n = 0; n < network.numNeurons; ++n)
    network.potentials.push_back(random.below(40));
  return network;
}

struct Speed {
  double operations = 0, seconds = 0;
};

template <typename Engine, typename... Threads>
Speed emulate(const emulator::Image &image, double atLeast, double (*now)(),
              Threads... threads) {
  Engine engine;
  emulator::Error error = {};
  if (!engine.create(image, error, {}, threads...))
    return {};
  double begin = now();
  Speed speed;
  while (speed.seconds < atLeast) {
    for (int i = 0; i < 20; ++i)
      if (!engine.step(nullptr, 0, error))
        return {};
    speed.seconds = now() - begin;
  }
  speed.operations = static_cast<double>(engine.counters().synapticEvents);
  return speed;
}

void measureOne(const char *name, const Hypergraph &graph,
                const lang::checked::Chip &chip) {
  std::vector<double> rates;
  Network network = networkOf(graph, rates);
  double begin = processorSeconds();
  emulator::Image image;
  declare(chip, image);
  auto coded = quantize(network, chip);
  if (const auto *refusal = std::get_if<Refusal>(&coded)) {
    std::printf("| %s | %s |\n", name, refusal->message.c_str());
    return;
  }
  auto made =
      allocate(network, std::get<CodedNetwork>(coded), rates, chip, image);
  if (const auto *refusal = std::get_if<Refusal>(&made)) {
    std::printf("| %s | %s |\n", name, refusal->message.c_str());
    return;
  }
  emulator::Error error = {};
  bool good = image.check(error) && verifyImage(image, chip).empty();
  double seconds = processorSeconds() - begin;
  const Mapping &mapping = std::get<Mapping>(made);
  MappingReport report = mapping.report;
  measure(image, chip, mapping.spikesOn(image, rates), 1, report);
  std::printf("| %s | %s | %u / %" PRIu64 " | %zu / %u | %.3f | %.3f | %.2f |",
              good ? name : "REFUSED", chip.name.c_str(), network.numNeurons,
              network.edges.size(), report.cores.size(), report.coresBound,
              report.perSpike(report.messages),
              report.perSpike(report.hopsX + report.hopsY), seconds);
  std::fflush(stdout);
  using emulator::Emulator, emulator::FastEmulator;
  Speed reference = emulate<Emulator>(image, 1, processorSeconds),
        fast = emulate<FastEmulator>(image, 1, processorSeconds, 1u),
        oneThread = emulate<FastEmulator>(image, 1, wallSeconds, 1u),
        twoThreads = emulate<FastEmulator>(image, 1, wallSeconds, 2u);
  auto millions = [](const Speed &speed) {
    return 1e-6 * speed.operations / speed.seconds;
  };
  std::printf(" %.1f | %.1f | %.2f |\n", millions(reference), millions(fast),
              millions(twoThreads) / millions(oneThread));
  std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv) {
  using namespace snn::bench;
  struct Case {
    const char *name, *chip;
    int64_t neurons;
    std::function<Hypergraph()> make;
  };
  const Case cases[] = {
      {"dense", "generic_mesh", 256, makeDense},
      {"conv", "generic_mesh", 256, makeConvolutional},
      {"local", "generic_mesh", 256, makeLocal},
      {"micro-tenth", "generic_mesh", 256,
       [] { return makeMicrocircuit(0.1); }},
      {"ring", "generic_mesh", 0, [] { return makeRing(10'000, 100); }},
      {"ring", "loihi1", 0, [] { return makeRing(10'000, 100); }},
      {"small-ring", "ranc_256", 0, [] { return makeRing(2'000, 8); }},
  };
  std::printf(
      "| network | chip | neurons / synapses | cores / bound | messages "
      "| hops | map s | reference M/s | fast M/s | 2 threads |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Case &one : cases) {
    bool isChosen = argc == 1;
    for (int i = 1; i < argc; ++i)
      isChosen |= !std::strcmp(argv[i], one.name);
    if (isChosen)
      measureOne(one.name, one.make(), chipOf(one.chip, one.neurons));
  }
}
