//===- Place.cpp - The rule of places -------------------------------------===//
//
// Pair s * targets + t is joined if its word, counted as that of an edge of
// this number, is below the probability that the geometry has for its
// displacement. So a pair is by itself, whoever makes it, and what is far away
// costs a look into a table.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Rules.h"

using namespace snn::runtime;

namespace {

/// The words of pairs; blocks serve four with consecutive numbers.
class PairWords {
public:
  explicit PairWords(const ArsKey &key) : key(key) {}

  uint32_t operator[](uint64_t pair) {
    uint64_t group = pair / 4;
    if (group != last)
      block = ars(key, static_cast<uint32_t>(pair) / 4, pair >> 32);
    last = group;
    return block[pair % 4];
  }

private:
  const ArsKey &key;
  Block block = {};
  uint64_t last = UINT64_MAX;
};

/// Thresholds of the pairs of one source with the targets of a range.
class Thresholds {
public:
  Thresholds(RowMaker &rows, Range targets)
      : rows(rows), network(rows.connectivity()), targets(targets) {}

  [[nodiscard]] bool create() {
    if (!network.geometry.hasTable())
      return true;
    places = rows.workWords(targets.size());
    for (uint64_t j = 0; places && j < targets.size(); ++j)
      places[j] = static_cast<uint32_t>(
          network.geometry.placeOfTarget(targets.begin + j));
    return places != nullptr;
  }

  void startSource(uint64_t theSource) {
    source = theSource;
    if (places)
      behind = static_cast<uint32_t>(network.geometry.placeOfSource(source));
  }

  [[nodiscard]] bool get(uint64_t j, uint32_t &threshold) {
    if (places) {
      threshold = network.geometry.thresholdAt(places[j] - behind);
      return true;
    }
    uint64_t target = targets.begin + j;
    double p = network.geometry.evaluate(
        network.projection().geometry->probability, source, target);
    return Geometry::thresholdOf(p, threshold) ||
           rows.failProbability(p, network.geometry.distance(source, target));
  }

private:
  RowMaker &rows;
  const Connectivity &network;
  Range targets;
  uint32_t *places = nullptr;
  uint64_t source = 0;
  uint32_t behind = 0;
};

} // namespace

bool snn::runtime::connectByPlace(RowMaker &rows, Range sources) {
  const Connectivity &network = rows.connectivity();
  Range tiles = network.tiles().covering(rows.wanted());
  uint32_t *targets = rows.targetsOfRow(Tiles::LargestTile);
  uint64_t *edges = rows.edgesOfRow(Tiles::LargestTile);
  if (!targets || !edges)
    return false;
  PairWords words(network.countKey);
  for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile) {
    Range range = network.tiles()[tile];
    range.begin =
        range.begin > rows.wanted().begin ? range.begin : rows.wanted().begin;
    range.end = range.end < rows.wanted().end ? range.end : rows.wanted().end;
    Thresholds thresholds(rows, range);
    if (!thresholds.create())
      return false;
    for (uint64_t source = sources.begin; source < sources.end; ++source) {
      uint64_t self = network.selfTarget(source), count = 0;
      thresholds.startSource(source);
      for (uint64_t target = range.begin; target < range.end; ++target) {
        uint32_t threshold;
        if (!thresholds.get(target - range.begin, threshold))
          return false;
        if (threshold == 0 || target == self)
          continue;
        uint64_t pair = source * network.numTargets() + target;
        targets[count] = static_cast<uint32_t>(target);
        edges[count] = pair;
        count += threshold == UINT32_MAX || words[pair] < threshold;
      }
      if (count != 0 && !rows.finishListed(static_cast<uint32_t>(source),
                                           static_cast<uint32_t>(tile), count))
        return false;
    }
  }
  return true;
}
