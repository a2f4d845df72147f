//===- Metis.cpp - The peer: METIS ------------------------------*- C++ -*-===//
//
// The k-way method on the symmetric graph of all synapses.
//
//===----------------------------------------------------------------------===//
#include "bench/partition/Metis.h"

#include <algorithm>

using namespace snn::target::cores;

#ifdef SNN_HAVE_METIS
#include <metis.h>

std::vector<uint32_t> snn::bench::partitionByMetis(const Hypergraph &network,
                                                   uint32_t numParts,
                                                   uint64_t capacity) {
  auto size = static_cast<idx_t>(network.numVertices());
  std::vector<std::vector<std::pair<idx_t, idx_t>>> edges(
      network.numVertices());
  int64_t largest = 1;
  for (Net net = 0; net < network.numNets(); ++net)
    largest = std::max<int64_t>(largest, network.weight(net));
  for (Net net = 0; net < network.numNets(); ++net) {
    Vertex source = network.source(net);
    auto weight =
        static_cast<idx_t>(1 + int64_t{network.weight(net)} * 1000 / largest);
    for (Vertex pin : network.pins(net))
      if (source != OffChip && pin != source) {
        edges[source].emplace_back(pin, weight);
        edges[pin].emplace_back(source, weight);
      }
  }
  std::vector<idx_t> begin{0}, neighbours, weights;
  for (auto &list : edges) {
    std::sort(list.begin(), list.end());
    for (size_t i = 0; i < list.size(); ++i)
      if (i && list[i - 1].first == list[i].first) {
        weights.back() += list[i].second;
      } else {
        neighbours.push_back(list[i].first);
        weights.push_back(list[i].second);
      }
    begin.push_back(static_cast<idx_t>(neighbours.size()));
  }
  idx_t numConstraints = 1, parts = static_cast<idx_t>(numParts), cut = 0;
  auto slack = static_cast<real_t>(capacity * numParts) /
               static_cast<real_t>(network.numVertices());
  std::vector<idx_t> part(network.numVertices());
  idx_t options[METIS_NOPTIONS];
  METIS_SetDefaultOptions(options);
  options[METIS_OPTION_SEED] = 7;
  if (METIS_PartGraphKway(&size, &numConstraints, begin.data(),
                          neighbours.data(), nullptr, nullptr, weights.data(),
                          &parts, nullptr, &slack, options, &cut,
                          part.data()) != METIS_OK)
    return {};
  return {part.begin(), part.end()};
}
#else
std::vector<uint32_t> snn::bench::partitionByMetis(const Hypergraph &, uint32_t,
                                                   uint64_t) {
  return {};
}
#endif
