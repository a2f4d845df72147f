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

/// The rows of one source with `count` edges in all.
static bool divideOverTiles(const Connectivity &network, uint64_t source,
                            uint64_t count, Range wanted,
                            CountConsumer consumer, void *context) {
  const Tiles &tiles = network.tiles();
  uint64_t self = network.selfTarget(source);
  auto options = [&](Range part) {
    uint64_t begin = tiles.begin(part.begin), end = tiles.begin(part.end);
    return end - begin - (self >= begin && self < end);
  };
  CountTree tree(network.countKey, source, !network.allows(SNN_MULTAPSES),
                 options);
  return tree.forEach(tiles.count(), count, wanted,
                      [&](uint64_t tile, uint64_t share, uint64_t) {
                        return consumer(context, {static_cast<uint32_t>(source),
                                                  static_cast<uint32_t>(tile),
                                                  share, 0});
                      });
}

static bool countByOutDegree(const Connectivity &network, Range sources,
                             Range tiles, CountConsumer consumer,
                             void *context) {
  uint64_t count = network.projection().count;
  for (uint64_t source = sources.begin; source < sources.end; ++source)
    if (!divideOverTiles(network, source, count, tiles, consumer, context))
      return false;
  return true;
}

static bool countByTotal(const Connectivity &network, Range sources,
                         Range tiles, CountConsumer consumer, void *context) {
  auto pairs = [&](Range part) {
    return part.size() * network.numTargets() - network.countSelfTargets(part);
  };
  CountTree tree(network.sourceKey, 0, !network.allows(SNN_MULTAPSES), pairs);
  return tree.forEach(network.numSources(), network.projection().count, sources,
                      [&](uint64_t source, uint64_t share, uint64_t) {
                        return divideOverTiles(network, source, share, tiles,
                                               consumer, context);
                      });
}

static void fillTargets(const Connectivity &network, const RowCount &row,
                        uint32_t *targets) {
  Range range = network.tiles()[row.tile];
  uint64_t self = network.selfTarget(row.source);
  bool inside = self >= range.begin && self < range.end;
  uint64_t size = range.size() - inside;
  if (network.allows(SNN_MULTAPSES)) {
    arsFill(network.targetKey, 0, row.name(), (row.count + 3) / 4, targets);
    for (uint64_t j = 0; j < row.count; ++j)
      targets[j] = static_cast<uint32_t>(targets[j] * size >> 32);
  } else {
    Permutation(network.targetKey, row.name(), size)
        .fill(0, row.count, targets);
  }
  for (uint64_t j = 0; j < row.count; ++j) {
    targets[j] += static_cast<uint32_t>(range.begin);
    targets[j] += inside && targets[j] >= self;
  }
}

const DrawnRule snn::runtime::ruleOfOutDegree = {countByOutDegree, fillTargets};
const DrawnRule snn::runtime::ruleOfTotal = {countByTotal, fillTargets};
