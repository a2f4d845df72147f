//===- Main.cpp - What the partitioner reaches ------------------*- C++ -*-===//
//
// Prints, for networks of the literature, messages and hops per spike, cores,
// time and memory, beside the order of the neurons and METIS.
//
//===----------------------------------------------------------------------===//
#include "bench/partition/Metis.h"
#include "bench/partition/Nets.h"
#include "compiler/Target/Cores/Partition/Partition.h"
#include "compiler/Target/Cores/Place/Place.h"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>

using namespace snn::target::cores;

static double processorSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec +
                                    usage.ru_stime.tv_usec);
}

static double peakMegabytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Multicast hops of a spike on the smallest square mesh.
static double placedHops(const Hypergraph &network, std::span<const Core> core,
                         uint32_t numCores) {
  Mesh mesh;
  while (mesh.numCores() < numCores)
    mesh.width = ++mesh.height;
  Traffic traffic(network, core, numCores);
  Placement placement = *place(mesh, traffic);
  return routeAll(mesh, traffic, placement.router, Cast::Multicast).hops /
         traffic.spikes();
}

static void measure(const char *name, const Hypergraph &network,
                    uint64_t capacity, uint32_t effort, bool withMetis,
                    bool withHops) {
  Limits limits{.capacities = {capacity}};
  CoreBounds bounds = coreBounds(network, limits);
  double begin = processorSeconds();
  auto result = partition(network, limits, {.effort = effort});
  double seconds = processorSeconds() - begin;
  auto *best = std::get_if<Partition>(&result);
  if (!best) {
    std::printf("| %s | does not fit |\n", name);
    return;
  }
  double spikes = best->spikes;
  std::printf(
      "| %s | %u / %llu | %u / %u |", name, network.numVertices(),
      static_cast<unsigned long long>(network.numPins() - network.numNets()),
      best->numCores, bounds.cores);
  std::printf(" %.3f |", messageBound(network, limits) / spikes);
  std::printf(" %.3f |", best->attempts.front().start / spikes);
  if (withMetis) {
    std::vector<Core> core =
        snn::bench::partitionByMetis(network, bounds.cores, capacity);
    if (core.empty())
      std::printf(" |");
    else
      std::printf(" %.3f |", countMessages(network, core) / spikes);
  } else {
    std::printf(" |");
  }
  std::printf(" %.3f |", best->messages / spikes);
  std::fflush(stdout);
  begin = processorSeconds();
  double hops = withHops ? placedHops(network, best->core, best->numCores) : 0;
  std::printf(" %.3f | %.1f | %.1f | %.0f |\n", hops, seconds,
              processorSeconds() - begin, peakMegabytes());
  for (const Attempt &attempt : best->attempts)
    std::printf("    %s, %u cores: %.3f, refined %.3f\n", attempt.seed.c_str(),
                attempt.numCores, attempt.start / spikes,
                attempt.refined / spikes);
  std::fflush(stdout);
}

int main(int argc, char **argv) {
  struct Case {
    const char *name;
    std::function<Hypergraph()> make;
    uint64_t capacity;
  };
  using namespace snn::bench;
  const Case cases[] = {
      {"dense", makeDense, 256},
      {"conv", makeConvolutional, 256},
      {"local", makeLocal, 256},
      {"micro-tenth", [] { return makeMicrocircuit(0.1); }, 256},
      {"ring", [] { return makeRing(10'000, 100); }, 256},
      {"micro", [] { return makeMicrocircuit(1); }, 256},
  };
  uint32_t effort = 1;
  bool withHops = true;
  std::vector<const char *> chosen;
  for (int i = 1; i < argc; ++i)
    if (!std::strncmp(argv[i], "--effort=", 9))
      effort = static_cast<uint32_t>(std::atoi(argv[i] + 9));
    else if (!std::strcmp(argv[i], "--no-hops"))
      withHops = false;
    else
      chosen.push_back(argv[i]);
  std::printf("| network | neurons / synapses | cores / bound | bound | "
              "sequential | METIS | messages | hops | s | place s | MB |\n"
              "|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Case &one : cases) {
    bool isChosen = chosen.empty();
    for (const char *name : chosen)
      isChosen |= !std::strcmp(name, one.name);
    if (isChosen)
      measure(one.name, one.make(), one.capacity, effort,
              std::strcmp(one.name, "micro") != 0, withHops);
  }
}
