//===- OutDegree.cpp - The rules of an out-degree and of a total ----------===//
//
// The edges of a source are divided over the tiles in proportion to their
// targets, as if thrown one by one; inside a tile they go to uniform targets,
// or, where no pair may be joined twice, to the first places of a keyed
// permutation. A total is divided over the sources in the same way first.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/CountTree.h"
#include "runtime/lib/Connectivity/Rules.h"
#include "runtime/lib/Random/Permutation.h"

using namespace snn::runtime;

namespace {

/// The targets of one row.
bool makeRow(RowMaker &rows, uint64_t source, uint64_t self, uint64_t tile,
             uint64_t count) {
  const Connectivity &network = rows.connectivity;
  Range range = network.tiles()[tile];
  bool inside = self >= range.begin && self < range.end;
  uint64_t size = range.size() - inside;
  uint64_t name = tile << 32 | source;
  uint32_t *targets = rows.targetsOfRow(count + 3);
  if (!targets)
    return false;
  if (network.allows(SNN_MULTAPSES)) {
    arsFill(network.targetKey, 0, name, (count + 3) / 4, targets);
    for (uint64_t j = 0; j < count; ++j)
      targets[j] = static_cast<uint32_t>(targets[j] * size >> 32);
  } else {
    Permutation(network.targetKey, name, size).fill(0, count, targets);
  }
  for (uint64_t j = 0; j < count; ++j) {
    targets[j] += static_cast<uint32_t>(range.begin);
    targets[j] += inside && targets[j] >= self;
  }
  return rows.finishDrawn(static_cast<uint32_t>(source),
                          static_cast<uint32_t>(tile), count);
}

/// The rows of one source with `count` edges in all.
bool makeRows(RowMaker &rows, uint64_t source, uint64_t count) {
  const Connectivity &network = rows.connectivity;
  const Tiles &tiles = network.tiles();
  uint64_t self = network.selfTarget(source);
  auto options = [&](Range part) {
    uint64_t begin = tiles.begin(part.begin), end = tiles.begin(part.end);
    return end - begin - (self >= begin && self < end);
  };
  CountTree tree(network.countKey, source, !network.allows(SNN_MULTAPSES),
                 options);
  return tree.forEach(tiles.count(), count, tiles.covering(rows.wanted),
                      [&](uint64_t tile, uint64_t share, uint64_t) {
                        return makeRow(rows, source, self, tile, share);
                      });
}

} // namespace

bool snn::runtime::connectByOutDegree(RowMaker &rows, Range sources) {
  uint64_t count = rows.connectivity.projection().count;
  for (uint64_t source = sources.begin; source < sources.end; ++source)
    if (!makeRows(rows, source, count))
      return false;
  return true;
}

bool snn::runtime::connectByTotal(RowMaker &rows, Range sources) {
  const Connectivity &network = rows.connectivity;
  auto pairs = [&](Range part) {
    return part.size() * network.numTargets() - network.countSelfTargets(part);
  };
  CountTree tree(network.sourceKey, 0, !network.allows(SNN_MULTAPSES), pairs);
  return tree.forEach(network.numSources(), network.projection().count, sources,
                      [&](uint64_t source, uint64_t share, uint64_t) {
                        return makeRows(rows, source, share);
                      });
}
