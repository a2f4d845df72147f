//===- InDegree.cpp - The rule of an in-degree ----------------------------===//
//
// With multapses and autapses: a tile of B targets has B * K slots, K a target.
// They are divided over the sources as if each drew one; the share of source s
// is the slots pi(C), pi(C + 1), ... of a keyed permutation pi, where C counts
// the slots of the sources before it. So every target has K edges exactly, from
// sources that are independent and uniform, and any row can be made alone.
//
// Otherwise each target draws its own sources, and rows are found by sorting.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/CountTree.h"
#include "runtime/lib/Connectivity/Rules.h"
#include "runtime/lib/Random/Permutation.h"

using namespace snn::runtime;

namespace {

//===- Slots --------------------------------------------------------------===//

/// x / divisor for all 32-bit x, by a multiplication.
struct Divider {
  uint64_t divisor, inverse; // ceil(2^64 / divisor)

  explicit Divider(uint64_t divisor)
      : divisor(divisor),
        inverse(divisor == 1 ? 0 : ~uint64_t{0} / divisor + 1) {}
  uint32_t operator()(uint32_t x) const {
    using Wide = unsigned __int128;
    return divisor == 1 ? x : static_cast<uint32_t>(Wide{x} * inverse >> 64);
  }
};

bool countSlots(const Connectivity &network, Range sources, Range tiles,
                CountConsumer consumer, void *context) {
  for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile) {
    // At most 2^48, by create().
    uint64_t slots = network.tiles()[tile].size() * network.projection().count;
    CountTree tree(network.countKey, tile, /*distinct=*/false,
                   [](Range part) { return part.size(); });
    if (!tree.forEach(network.numSources(), slots, sources,
                      [&](uint64_t source, uint64_t count, uint64_t before) {
                        return consumer(context, {static_cast<uint32_t>(source),
                                                  static_cast<uint32_t>(tile),
                                                  count, before});
                      }))
      return false;
  }
  return true;
}

void fillFromSlots(const Connectivity &network, const RowCount &row,
                   uint32_t *targets) {
  Range range = network.tiles()[row.tile];
  uint64_t degree = network.projection().count;
  uint64_t slots = range.size() * degree;
  Permutation permutation(network.targetKey, row.tile, slots);
  auto begin = static_cast<uint32_t>(range.begin);
  if (slots <= uint64_t{1} << 32) {
    Divider divide(degree);
    permutation.fill(row.before, row.count, targets);
    for (uint64_t j = 0; j < row.count; ++j)
      targets[j] = begin + divide(targets[j]);
  } else {
    for (uint64_t j = 0; j < row.count; ++j)
      targets[j] =
          begin + static_cast<uint32_t>(permutation(row.before + j) / degree);
  }
}

//===- Targets that draw --------------------------------------------------===//

/// The `degree` sources of one target.
void drawSources(const Connectivity &network, uint64_t target, uint64_t degree,
                 uint32_t *out) {
  uint64_t self = network.selfSource(target);
  uint64_t size = network.numSources() - (self != Connectivity::NoSelf);
  if (network.allows(SNN_MULTAPSES)) {
    arsFill(network.sourceKey, 0, target, (degree + 3) / 4, out);
    for (uint64_t k = 0; k < degree; ++k)
      out[k] = static_cast<uint32_t>(out[k] * size >> 32);
  } else {
    Permutation(network.sourceKey, target, size).fill(0, degree, out);
  }
  for (uint64_t k = 0; k < degree; ++k)
    out[k] += out[k] >= self;
}

/// Edge target * K + k is the k-th of a target.
bool makeRowsFromTargets(RowMaker &rows, Range sources, uint64_t tile) {
  const Connectivity &network = rows.connectivity();
  uint64_t degree = network.projection().count;
  Range range = network.tiles()[tile];
  range.begin =
      range.begin > rows.wanted().begin ? range.begin : rows.wanted().begin;
  range.end = range.end < rows.wanted().end ? range.end : rows.wanted().end;

  // Counting sort by source: count, then place.
  Buffer<uint64_t> ends, edges;
  uint32_t *drawn = rows.workWords(degree + 3);
  if (!drawn || !ends.resize(sources.size() + 1))
    return drawn && rows.outOfMemory();
  uint64_t total = 0;
  auto forEachEdge = [&](auto visit) {
    for (uint64_t target = range.begin; target < range.end; ++target) {
      drawSources(network, target, degree, drawn);
      for (uint64_t k = 0; k < degree; ++k)
        if (drawn[k] >= sources.begin && drawn[k] < sources.end)
          visit(drawn[k] - sources.begin, target * degree + k);
    }
  };
  forEachEdge([&](uint64_t source, uint64_t) { ++ends[source]; });
  for (uint64_t &end : ends) {
    uint64_t count = end;
    end = total;
    total += count;
  }
  if (!edges.resize(total))
    return rows.outOfMemory();
  forEachEdge(
      [&](uint64_t source, uint64_t edge) { edges[ends[source]++] = edge; });

  uint64_t from = 0;
  for (uint64_t s = 0; s < sources.size(); from = ends[s++]) {
    uint64_t count = ends[s] - from;
    if (count == 0)
      continue;
    uint32_t *targets = rows.targetsOfRow(count);
    uint64_t *numbers = rows.edgesOfRow(count);
    if (!targets || !numbers)
      return false;
    for (uint64_t j = 0; j < count; ++j) {
      numbers[j] = edges[from + j];
      targets[j] = static_cast<uint32_t>(numbers[j] / degree);
    }
    if (!rows.finishListed(static_cast<uint32_t>(sources.begin + s),
                           static_cast<uint32_t>(tile), count))
      return false;
  }
  return true;
}

} // namespace

const DrawnRule snn::runtime::ruleOfInDegree = {countSlots, fillFromSlots};

bool snn::runtime::connectTargets(RowMaker &rows, Range sources) {
  Range tiles = rows.connectivity().tiles().covering(rows.wanted());
  if (rows.connectivity().projection().count == 0)
    return true;
  for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile)
    if (!makeRowsFromTargets(rows, sources, tile))
      return false;
  return true;
}
