//===- Network.cpp - A network as chips can have it -----------------------===//
//
// Rows from edges in any order, by counting.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Network.h"

#include <algorithm>

namespace snn::target::cores {

/// What edges agree in that are one.
static uint64_t keyOf(const Edge &edge) {
  return uint64_t{edge.target} << 32 | uint64_t{edge.delay} << 8 |
         edge.receptor;
}

void EdgeFiller::reserve() {
  for (size_t i = 2; i < next.size(); ++i)
    next[i] += next[i - 1];
  edges.resize(next.back());
}

Rows<Edge> EdgeFiller::finish() {
  auto isBefore = [](const Edge &a, const Edge &b) {
    uint64_t first = keyOf(a), second = keyOf(b);
    return first != second ? first < second : a.weight < b.weight;
  };
  auto numSources = static_cast<uint32_t>(next.size() - 2);
  std::vector<uint64_t> end;
  uint64_t kept = 0;
  for (uint32_t source = 0; source < numSources; ++source) {
    auto first = edges.begin() + static_cast<int64_t>(next[source]),
         last = edges.begin() + static_cast<int64_t>(next[source + 1]);
    if (!std::is_sorted(first, last, isBefore))
      std::sort(first, last, isBefore);
    uint64_t begin = kept;
    for (auto edge = first; edge != last; ++edge)
      if (kept > begin && keyOf(edges[kept - 1]) == keyOf(*edge))
        edges[kept - 1].weight += edge->weight;
      else
        edges[kept++] = *edge;
    end.push_back(kept);
  }
  edges.resize(kept);
  return {end, std::move(edges)};
}

Rows<Edge> inRows(uint32_t numSources,
                  std::span<const std::pair<uint32_t, Edge>> list) {
  EdgeFiller filler(numSources);
  for (const auto &[source, edge] : list)
    filler.count(source);
  filler.reserve();
  for (const auto &[source, edge] : list)
    filler.add(source, edge);
  return filler.finish();
}

} // namespace snn::target::cores
