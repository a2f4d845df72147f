//===- SlotFilling.cpp - Slots of copies while cores are filled -----------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/SlotFilling.h"

#include <algorithm>

using namespace snn::target::cores;

constexpr Core Nowhere = UINT32_MAX;

SlotFilling::SlotFilling(const Hypergraph &network, const SlotLimit &limit)
    : network(network), limit(limit), learned(network.numVertices(), 0) {}

void SlotFilling::restart() {
  current = 0;
  use.assign(1, 0);
  core.assign(network.numVertices(), Nowhere);
  axons.assign(network.numVertices(), 0);
  lastCore.assign(network.numNets(), Nowhere);
  unplaced.resize(network.numNets());
  for (Net net = 0; net < network.numNets(); ++net) {
    unplaced[net] = network.numTargets(net);
    if (network.source(net) != OffChip)
      axons[network.source(net)] += unplaced[net] > 0;
  }
}

bool SlotFilling::holds(Vertex v) {
  std::span<const Net> nets = network.nets(v);
  if (use[current] + need(v) + nets.size() <= limit.capacity)
    return true;
  changes.assign(1, {v, 0});
  for (Net net : nets) {
    Vertex source = network.source(net);
    bool isHere = source == v || (source != OffChip && core[source] == current);
    if (isHere && isTarget(net, v))
      if (int32_t more = change(net))
        changes.emplace_back(source, more);
  }
  std::ranges::sort(changes);
  uint64_t after = use[current];
  for (size_t i = 0; i < changes.size();) {
    Vertex source = changes[i].first;
    uint64_t now = axons[source];
    for (; i < changes.size() && changes[i].first == source; ++i)
      now += static_cast<uint64_t>(int64_t{changes[i].second});
    after += limit.slots(std::max(now, learned[source]));
    if (source != v)
      after -= need(source);
  }
  return after <= limit.capacity;
}

void SlotFilling::add(Vertex v) {
  core[v] = current;
  use[current] += need(v);
  for (Net net : network.nets(v)) {
    if (!isTarget(net, v))
      continue;
    int32_t more = change(net);
    --unplaced[net];
    lastCore[net] = current;
    Vertex source = network.source(net);
    if (more == 0 || source == OffChip)
      continue;
    bool isPlaced = core[source] != Nowhere;
    if (isPlaced)
      use[core[source]] -= need(source);
    axons[source] += static_cast<uint64_t>(int64_t{more});
    if (isPlaced)
      use[core[source]] += need(source);
  }
}

bool SlotFilling::learn() {
  std::vector<uint64_t> taken(use.size(), 0);
  for (Vertex v = 0; v < core.size(); ++v)
    taken[core[v]] += limit.slots(axons[v]);
  bool isMore = false;
  for (Vertex v = 0; v < core.size(); ++v) {
    if (taken[core[v]] <= limit.capacity || axons[v] <= learned[v])
      continue;
    isMore = true;
    // A little more than now, so that few rounds do.
    learned[v] = axons[v] + axons[v] / 8;
  }
  return isMore;
}
