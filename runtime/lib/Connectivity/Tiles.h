//===- Tiles.h - The targets of a projection in equal parts -----*- C++ -*-===//
//
// Rules draw per source and tile. Tiles are a function of the number of targets
// alone, never of threads; a tile is what a thread's cache holds. A population
// that is worth dividing has an even number of them, with bounds where the
// partition of a power of two threads has its own, so that each of two threads
// owns whole tiles and makes no row in vain.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_TILES_H
#define SNN_RUNTIME_CONNECTIVITY_TILES_H

#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

class Tiles {
public:
  static constexpr uint64_t LargestTile = 16384;
  /// Fewer targets are one tile.
  static constexpr uint64_t LeastDivided = 4096;

  Tiles() = default;
  explicit Tiles(uint64_t targets)
      : targets(targets),
        tiles(targets == 0 ? 0
              : targets < LeastDivided
                  ? 1
                  : (targets + 2 * LargestTile - 1) / (2 * LargestTile) * 2) {}

  uint64_t count() const { return tiles; }
  /// The first target of a tile; of count(), the number of targets.
  uint64_t begin(uint64_t tile) const {
    if (tile == tiles)
      return targets;
    return padToLanes(targets) / SNN_LANES * tile / tiles * SNN_LANES;
  }
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
