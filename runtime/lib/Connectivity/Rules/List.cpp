//===- List.cpp - Edges that are given ------------------------------------===//
//
// The place in the list is the number of the edge.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Rules.h"

using namespace snn::runtime;

bool snn::runtime::connectByList(RowMaker &rows, Range sources) {
  const Connectivity &network = rows.connectivity();
  const uint32_t *listTargets = network.projection().list_targets;
  Range tiles = network.tiles().covering(rows.wanted());
  for (uint64_t source = sources.begin; source < sources.end; ++source) {
    uint64_t begin = network.listBegin[source];
    uint64_t end = network.listBegin[source + 1];
    uint32_t *targets = rows.targetsOfRow(end - begin);
    uint64_t *edges = rows.edgesOfRow(end - begin);
    if (!targets || !edges)
      return false;
    for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile) {
      Range range = network.tiles()[tile];
      uint64_t count = 0;
      for (uint64_t j = begin; j < end; ++j) {
        uint64_t edge = network.listOrder[j];
        targets[count] = listTargets[edge];
        edges[count] = edge;
        count += targets[count] >= range.begin && targets[count] < range.end;
      }
      if (count != 0 && !rows.finishListed(static_cast<uint32_t>(source),
                                           static_cast<uint32_t>(tile), count))
        return false;
    }
  }
  return true;
}
