//===- Network.cpp - A network as chips can have it -----------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Network.h"

#include <algorithm>
#include <tuple>

namespace snn::target::cores {

void join(std::vector<Edge> &edges) {
  std::sort(edges.begin(), edges.end(), [](const Edge &a, const Edge &b) {
    return std::tie(a.source, a.target, a.delay, a.receptor, a.weight) <
           std::tie(b.source, b.target, b.delay, b.receptor, b.weight);
  });
  size_t kept = 0;
  for (const Edge &edge : edges)
    if (kept && edges[kept - 1].source == edge.source &&
        edges[kept - 1].target == edge.target &&
        edges[kept - 1].delay == edge.delay &&
        edges[kept - 1].receptor == edge.receptor)
      edges[kept - 1].weight += edge.weight;
    else
      edges[kept++] = edge;
  edges.resize(kept);
}

} // namespace snn::target::cores
