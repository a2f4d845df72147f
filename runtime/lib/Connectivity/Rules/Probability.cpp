//===- Probability.cpp - The rule of a probability ------------------------===//
//
// Each pair of neurons is joined with probability p, independently: a row has
// Binomial(targets of the tile, p) edges, to the first places of a keyed
// permutation of the tile. Where the source itself is in the tile and autapses
// are excluded, the tile counts without it.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Rules.h"

#include "runtime/lib/Random/Counts.h"
#include "runtime/lib/Random/Permutation.h"

using namespace snn::runtime;

static bool countRows(const Connectivity &network, Range sources, Range tiles,
                      CountConsumer consumer, void *context) {
  double probability = network.projection().number;
  for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile) {
    Range range = network.tiles()[tile];
    Binomial ofAll(static_cast<double>(range.size()), probability);
    Binomial ofOthers(static_cast<double>(range.size() - 1), probability);
    for (uint64_t source = sources.begin; source < sources.end; ++source) {
      uint64_t self = network.selfTarget(source);
      bool inside = self >= range.begin && self < range.end;
      Words words =
          Words::ofItem(network.countKey, static_cast<uint32_t>(source), tile);
      auto count = static_cast<uint64_t>((inside ? ofOthers : ofAll)(words));
      if (count != 0 &&
          !consumer(context, {static_cast<uint32_t>(source),
                              static_cast<uint32_t>(tile), count, 0}))
        return false;
    }
  }
  return true;
}

static void fillTargets(const Connectivity &network, const RowCount &row,
                        uint32_t *targets) {
  Range range = network.tiles()[row.tile];
  uint64_t self = network.selfTarget(row.source);
  bool inside = self >= range.begin && self < range.end;
  Permutation(network.targetKey, row.name(), range.size() - inside)
      .fill(0, row.count, targets);
  auto begin = static_cast<uint32_t>(range.begin);
  if (inside)
    for (uint64_t j = 0; j < row.count; ++j) {
      targets[j] += begin;
      targets[j] += targets[j] >= self;
    }
  else
    for (uint64_t j = 0; j < row.count; ++j)
      targets[j] += begin;
}

const DrawnRule snn::runtime::ruleOfProbability = {countRows, fillTargets};
