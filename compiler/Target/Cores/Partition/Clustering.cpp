//===- Clustering.cpp - Vertices that share sources -------------*- C++ -*-===//
//
// First choice: each vertex joins the cluster it is tied to most, by the sum of
// weight/(pins - 1) over nets in common, divided by the size of the cluster so
// that none runs ahead of the others.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Multilevel.h"

#include <algorithm>
#include <numeric>

using namespace snn::target::cores;

/// Pins that are looked at for one vertex; of more, nets are sampled.
constexpr uint64_t MostPins = 30'000;

Clustering snn::target::cores::clusterBySharing(
    const Hypergraph &network, std::span<const uint64_t> largest,
    std::span<const Block> within, Random &random) {
  Vertex numVertices = network.numVertices();
  uint32_t numResources = network.numResources();
  std::vector<Vertex> leader(numVertices), order(numVertices);
  std::iota(leader.begin(), leader.end(), 0);
  std::iota(order.begin(), order.end(), 0);
  random.shuffle(order);
  std::vector<uint32_t> size(numVertices, 1);
  std::vector<uint64_t> needs(uint64_t{numVertices} * numResources);
  for (Vertex v = 0; v < numVertices; ++v)
    std::ranges::copy(network.need(v), &needs[uint64_t{v} * numResources]);

  auto canJoin = [&](Vertex v, Vertex cluster) {
    if (!within.empty() && within[v] != within[cluster])
      return false;
    for (uint32_t r = 0; r < numResources; ++r)
      if (needs[uint64_t{v} * numResources + r] +
              needs[uint64_t{cluster} * numResources + r] >
          largest[r])
        return false;
    return true;
  };

  std::vector<double> rating(numVertices, 0);
  std::vector<Vertex> rated;
  Vertex numClusters = numVertices;
  for (Vertex v : order) {
    if (leader[v] != v || size[v] > 1)
      continue;
    std::span<const Net> nets = network.nets(v);
    uint64_t numPins = 0;
    for (Net net : nets)
      numPins += network.pins(net).size();
    uint64_t step = 1 + numPins / MostPins;
    uint64_t first = step > 1 ? random.below(static_cast<uint32_t>(
                                    std::min<uint64_t>(step, nets.size())))
                              : 0;
    rated.clear();
    for (uint64_t i = first; i < nets.size(); i += step) {
      std::span<const Vertex> pins = network.pins(nets[i]);
      if (pins.size() < 2)
        continue;
      double share = static_cast<double>(network.weight(nets[i])) /
                     static_cast<double>(pins.size() - 1);
      for (Vertex pin : pins) {
        Vertex cluster = leader[pin];
        if (rating[cluster] == 0)
          rated.push_back(cluster);
        rating[cluster] += share;
      }
    }
    Vertex best = v;
    double most = 0;
    for (Vertex cluster : rated) {
      double tie = rating[cluster] / size[cluster];
      rating[cluster] = 0;
      if (tie > most && cluster != v && canJoin(v, cluster)) {
        most = tie;
        best = cluster;
      }
    }
    if (best == v)
      continue;
    leader[v] = best;
    size[best] += size[v];
    for (uint32_t r = 0; r < numResources; ++r)
      needs[uint64_t{best} * numResources + r] +=
          needs[uint64_t{v} * numResources + r];
    --numClusters;
  }

  Clustering result;
  result.cluster.resize(numVertices);
  result.numClusters = numClusters;
  Vertex number = 0;
  for (Vertex v = 0; v < numVertices; ++v)
    if (leader[v] == v)
      result.cluster[v] = number++;
  for (Vertex v = 0; v < numVertices; ++v)
    result.cluster[v] = result.cluster[leader[v]];
  return result;
}
