//===- Tiles.h - The targets of a projection in equal parts -----*- C++ -*-===//
//
// Rules draw per source and tile. Tiles are a function of the number of targets
// alone, never of threads; a tile is what a thread's cache holds.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_TILES_H
#define SNN_RUNTIME_CONNECTIVITY_TILES_H

#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

class Tiles {
public:
  static constexpr uint64_t LargestTile = 16384;

  Tiles() = default;
  explicit Tiles(uint64_t targets)
      : targets(targets), tiles((targets + LargestTile - 1) / LargestTile) {}

  uint64_t count() const { return tiles; }
  /// The first target of a tile; of count(), the number of targets.
  uint64_t begin(uint64_t tile) const { return tile * targets / tiles; }
  Range operator[](uint64_t tile) const {
    return {begin(tile), begin(tile + 1)};
  }

  uint64_t tileOf(uint64_t target) const {
    uint64_t tile = target * tiles / targets;
    while (begin(tile) > target)
      --tile;
    while (begin(tile + 1) <= target)
      ++tile;
    return tile;
  }

  /// Those that hold some of `range`.
  Range covering(Range range) const {
    if (range.empty())
      return {0, 0};
    return {tileOf(range.begin), tileOf(range.end - 1) + 1};
  }

private:
  uint64_t targets = 0, tiles = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_TILES_H
