//===- Use.cpp - What an assignment costs and takes -------------*- C++ -*-===//
//
// Computed from the network and the assignment alone: what the partitioner
// keeps up to date is tested against it, and what it returns is checked with
// it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Partition.h"

using namespace snn::target::cores;

double snn::target::cores::countMessages(const Hypergraph &network,
                                         std::span<const Core> core) {
  double messages = 0;
  std::vector<Net> lastNet;
  for (Net net = 0; net < network.numNets(); ++net) {
    uint64_t reached = 0;
    for (Vertex pin : network.pins(net)) {
      if (core[pin] >= lastNet.size())
        lastNet.resize(core[pin] + uint64_t{1}, UINT32_MAX);
      reached += lastNet[core[pin]] != net;
      lastNet[core[pin]] = net;
    }
    if (network.source(net) != OffChip)
      --reached;
    messages += network.rate(net) * static_cast<double>(reached);
  }
  return messages;
}

std::vector<CoreUse> snn::target::cores::countUse(const Hypergraph &network,
                                                  const Limits &limits,
                                                  std::span<const Core> core,
                                                  uint32_t numCores) {
  std::vector<CoreUse> use(numCores);
  for (CoreUse &one : use) {
    one.resources.resize(network.numResources());
    one.axons.resize(limits.axons.size());
  }
  for (Vertex v = 0; v < network.numVertices(); ++v)
    for (uint32_t r = 0; r < network.numResources(); ++r)
      use[core[v]].resources[r] += network.need(v)[r];

  std::vector<uint32_t> numTargets(numCores, 0);
  std::vector<uint64_t> numAxons(network.numVertices(), 0);
  std::vector<Core> reached;
  for (Net net = 0; net < network.numNets(); ++net) {
    reached.clear();
    Vertex source = network.source(net);
    for (Vertex pin : network.pins(net))
      if (pin != source || network.isSelfTarget(net))
        if (numTargets[core[pin]]++ == 0)
          reached.push_back(core[pin]);
    if (source != OffChip)
      numAxons[source] += reached.size();
    for (Core one : reached) {
      for (uint32_t i = 0; i < limits.axons.size(); ++i)
        use[one].axons[i] += limits.axons[i].cost(numTargets[one]);
      if (source != OffChip && one != core[source])
        ++use[core[source]].outAxons;
      numTargets[one] = 0;
    }
  }
  if (limits.slots)
    for (Vertex v = 0; v < network.numVertices(); ++v)
      use[core[v]].slots += limits.slots->slots(numAxons[v]);
  return use;
}

bool snn::target::cores::isWithin(const Limits &limits,
                                  std::span<const CoreUse> use) {
  for (const CoreUse &one : use) {
    for (uint32_t r = 0; r < one.resources.size(); ++r)
      if (one.resources[r] > limits.capacities[r])
        return false;
    for (uint32_t i = 0; i < one.axons.size(); ++i)
      if (one.axons[i] > limits.axons[i].capacity)
        return false;
    if (limits.outAxons && one.outAxons > *limits.outAxons)
      return false;
    if (limits.slots && one.slots > limits.slots->capacity)
      return false;
  }
  return true;
}
