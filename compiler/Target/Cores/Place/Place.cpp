//===- Place.cpp - Which core goes where ------------------------*- C++ -*-===//
//
// Every start is annealed; the best placement of all is kept.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Place/Place.h"

#include "compiler/Target/Cores/Place/Anneal.h"
#include "compiler/Target/Cores/Place/Starts.h"

#include <algorithm>

using namespace snn::target::cores;

/// Of all starts together; one or two seconds.
constexpr uint64_t WorkOfEffort = 200'000'000;

std::optional<Placement>
snn::target::cores::place(const Mesh &mesh, const Traffic &traffic,
                          const PlaceOptions &options) {
  if (traffic.numCores() > mesh.numCores())
    return std::nullopt;
  struct Start {
    const char *name;
    std::vector<Router> router;
  };
  Start starts[] = {{"row by row", startByRows(mesh, traffic)},
                    {"Hilbert", startByHilbert(mesh, traffic)},
                    {"spectral", startBySpectrum(mesh, traffic)}};
  Placement best;
  best.cost = INT64_MAX;
  for (Start &start : starts) {
    if (start.router.size() != traffic.numCores())
      continue;
    Annealer annealer(mesh, traffic, options, std::move(start.router));
    Random random(options.seed);
    if (options.effort)
      annealer.run(random, WorkOfEffort / std::size(starts) * options.effort);
    if (annealer.bestCost() < best.cost)
      best = {annealer.best(), annealer.bestCost(), start.name};
  }
  return best;
}

int64_t snn::target::cores::placementCost(const Mesh &mesh,
                                          const Traffic &traffic,
                                          std::span<const Router> router,
                                          const PlaceOptions &options) {
  std::vector<int64_t> loads(mesh.numLinks());
  FlowLinks flows(mesh, traffic, router, options.cast);
  int64_t cost = 0;
  for (uint32_t flow = 0; flow < traffic.numFlows(); ++flow) {
    std::span<const Link> links = flows.list(flow);
    for (Link link : links)
      loads[link] += traffic.weight(flow);
    cost += traffic.weight(flow) * static_cast<int64_t>(links.size());
  }
  if (loads.empty())
    return cost;
  return cost + options.beta * *std::ranges::max_element(loads);
}
