//===- Traffic.cpp - Which cores send to which ------------------*- C++ -*-===//
//
// One pass over the nets, then one over the sorted flows.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Route/Traffic.h"

#include <algorithm>

using namespace snn::target::cores;

Traffic::Traffic(const Hypergraph &network, std::span<const uint32_t> core,
                 uint32_t numCores)
    : numCores_(numCores) {
  struct Flow {
    uint32_t from;
    uint64_t begin;
    uint32_t size;
    Net net;
  };
  std::vector<Flow> flows;
  std::vector<uint32_t> reached;
  std::vector<Net> lastNet(numCores, UINT32_MAX);
  for (Net net = 0; net < network.numNets(); ++net) {
    spikes_ += network.rate(net);
    if (network.source(net) == OffChip)
      continue;
    uint64_t begin = reached.size();
    uint32_t home = core[network.source(net)];
    lastNet[home] = net;
    for (Vertex pin : network.pins(net))
      if (lastNet[core[pin]] != net) {
        lastNet[core[pin]] = net;
        reached.push_back(core[pin]);
      }
    if (reached.size() == begin)
      continue;
    std::sort(reached.begin() + static_cast<int64_t>(begin), reached.end());
    flows.push_back(
        {home, begin, static_cast<uint32_t>(reached.size() - begin), net});
  }

  auto compare = [&](const Flow &a, const Flow &b) {
    if (a.from != b.from)
      return a.from <=> b.from;
    return std::lexicographical_compare_three_way(
        &reached[a.begin], &reached[a.begin] + a.size, &reached[b.begin],
        &reached[b.begin] + b.size);
  };
  std::sort(flows.begin(), flows.end(), [&](const Flow &a, const Flow &b) {
    auto order = compare(a, b);
    return order != 0 ? order < 0 : a.net < b.net;
  });
  for (size_t i = 0; i < flows.size(); ++i) {
    const Flow &flow = flows[i];
    if (i == 0 || compare(flows[i - 1], flow) != 0) {
      from_.push_back(flow.from);
      to_.insert(to_.end(), &reached[flow.begin],
                 &reached[flow.begin] + flow.size);
      begin.push_back(to_.size());
      rates.push_back(0);
      weights.push_back(0);
    }
    rates.back() += network.rate(flow.net);
    weights.back() += network.weight(flow.net);
  }
}
