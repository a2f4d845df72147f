//===- RefineByRounds.cpp - Moves in large networks -------------*- C++ -*-===//
//
// A move in a cortical circuit changes the gains of thousands of neurons in
// hundreds of blocks, so these are computed for all at once, and moves are
// checked one by one.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Refine.h"

#include <algorithm>
#include <numeric>

using namespace snn::target::cores;

/// Vertices of a full block that are tried for a swap.
constexpr uint32_t MostPartners = 4;
/// Tries without success, one after the other, that end a round: those that
/// follow promise less still.
constexpr uint32_t MostFailures = 1000;
/// A part in so many is not worth another round.
constexpr int64_t LeastSaving = 2000;

namespace {
struct Round {
  Blocks &blocks;
  uint64_t work = 0;

  bool tryMove(Vertex v, Block to);
  bool trySwap(Vertex v, Block to);
  uint64_t workOf(Vertex v) const {
    return 4 * blocks.network().nets(v).size();
  }
};
} // namespace

bool Round::tryMove(Vertex v, Block to) {
  work += workOf(v);
  if (blocks.gain(v, to) <= 0)
    return false;
  blocks.move(v, to);
  return true;
}

bool Round::trySwap(Vertex v, Block to) {
  Block from = blocks.block(v);
  if (!blocks.fitsAxons(v, to))
    return false;
  // The members of `to` that would rather be in `from`, the best first.
  std::vector<std::pair<int32_t, Vertex>> partners;
  for (Vertex u : blocks.members(to))
    partners.emplace_back(-blocks.lastGain(u, from), u);
  work += partners.size();
  size_t count = std::min<size_t>(partners.size(), MostPartners);
  std::partial_sort(partners.begin(),
                    partners.begin() + static_cast<int64_t>(count),
                    partners.end());
  int64_t before = blocks.objective();
  for (size_t i = 0; i < count; ++i) {
    Vertex u = partners[i].second;
    // The rest of the list is worse still.
    if (blocks.lastGain(v, to) - partners[i].first <= 0)
      return false;
    work += workOf(v) + workOf(u);
    blocks.move(v, to);
    if (blocks.fits(u, from)) {
      blocks.move(u, from);
      if (blocks.objective() < before && !blocks.isOverfull(to))
        return true;
      blocks.move(u, to);
    }
    blocks.move(v, from);
  }
  return false;
}

uint64_t snn::target::cores::refineByRounds(Blocks &blocks, uint64_t work) {
  Round round{blocks};
  Vertex numVertices = blocks.network().numVertices();
  std::vector<std::pair<int32_t, Block>> best(numVertices);
  std::vector<Vertex> order(numVertices);
  for (;;) {
    uint64_t needed = blocks.countWorkOfGains();
    if (round.work + needed > work)
      return round.work;
    round.work += needed;
    blocks.computeGains();
    int64_t before = blocks.objective();
    int64_t hoped = 0; // if no move spoiled another
    for (Vertex v = 0; v < numVertices; ++v) {
      best[v] = {INT32_MIN, 0};
      for (Block b = 0; b < blocks.numBlocks(); ++b)
        if (b != blocks.block(v))
          best[v] = std::max(best[v], {blocks.lastGain(v, b), b});
      hoped += std::max(best[v].first, 0);
    }
    if (hoped <= before / LeastSaving)
      return round.work;
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, [&](Vertex a, Vertex b) {
      return best[a].first != best[b].first ? best[a].first > best[b].first
                                            : a < b;
    });
    uint32_t failures = 0;
    for (Vertex v : order) {
      if (round.work > work)
        return round.work;
      if (failures == MostFailures)
        break;
      Block to = best[v].second;
      if (blocks.numBlocks() < 2 || to == blocks.block(v))
        continue;
      bool isBetter = blocks.fits(v, to)
                          ? round.tryMove(v, to)
                          : !blocks.fitsAdditive(v, to) && round.trySwap(v, to);
      failures = isBetter ? 0 : failures + 1;
    }
    if (before - blocks.objective() <= before / LeastSaving)
      return round.work;
  }
}
