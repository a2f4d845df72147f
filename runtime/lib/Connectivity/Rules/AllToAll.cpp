//===- AllToAll.cpp - The rule all_to_all ---------------------------------===//
//
// Edge s * targets + t joins source s to target t; where autapses are excluded
// the numbers of their edges stay unused.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Rules.h"

using namespace snn::runtime;

bool snn::runtime::connectAllToAll(RowMaker &rows, Range sources) {
  const Connectivity &network = rows.connectivity();
  Range tiles = network.tiles().covering(rows.wanted());
  uint32_t *targets = rows.targetsOfRow(Tiles::LargestTile);
  uint64_t *edges = rows.edgesOfRow(Tiles::LargestTile);
  if (!targets || !edges)
    return false;
  for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile) {
    Range range = network.tiles()[tile];
    range.begin =
        range.begin > rows.wanted().begin ? range.begin : rows.wanted().begin;
    range.end = range.end < rows.wanted().end ? range.end : rows.wanted().end;
    for (uint64_t source = sources.begin; source < sources.end; ++source) {
      uint64_t self = network.selfTarget(source), count = 0;
      for (uint64_t target = range.begin; target < range.end; ++target) {
        targets[count] = static_cast<uint32_t>(target);
        edges[count] = source * network.numTargets() + target;
        count += target != self;
      }
      if (count != 0 && !rows.finishListed(static_cast<uint32_t>(source),
                                           static_cast<uint32_t>(tile), count))
        return false;
    }
  }
  return true;
}
