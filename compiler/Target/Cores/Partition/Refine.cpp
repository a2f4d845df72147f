//===- Refine.cpp - Moves that save messages --------------------*- C++ -*-===//
//
// A heap of vertices by the gain of their best move. Its keys may be too high,
// which is seen when one is taken, and never miss a rise, which moves report.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Refine.h"

#include <algorithm>

using namespace snn::target::cores;

/// How many vertices a move may push on, one after the other.
constexpr unsigned MostPushes = 5;

Refiner::Refiner(Blocks &blocks)
    : blocks(blocks), pushCost(blocks.numBlocks(), 0),
      keyOf(blocks.network().numVertices()),
      queuedIn(blocks.network().numVertices()),
      movedIn(blocks.network().numVertices()) {}

Refiner::Choice Refiner::choose(Vertex v, bool mayPush) const {
  Choice best{INT32_MIN, Blocks::AnyBlock};
  Block own = blocks.block(v);
  for (Block b = 0; b < blocks.numBlocks(); ++b) {
    int32_t key = blocks.gain(v, b);
    if (key <= best.key || b == own)
      continue;
    if (!blocks.fitsAdditive(v, b)) {
      key += pushCost[b];
      if (!mayPush || key <= best.key || !blocks.holdsAlone(v, b))
        continue;
    }
    if (blocks.fitsAxons(v, b))
      best = {key, b};
  }
  return best;
}

void Refiner::push(Vertex v, int32_t key) {
  if (queuedIn[v] == searchNumber && key <= keyOf[v])
    return;
  queuedIn[v] = searchNumber;
  keyOf[v] = key;
  heap.push_back({key, v});
  std::push_heap(heap.begin(), heap.end());
}

void Refiner::apply(Vertex v, Block to) {
  moves.push_back({v, blocks.block(v)});
  movedIn[v] = searchNumber;
  work += blocks.network().nets(v).size();
  // Looked at when the move is complete.
  reported.clear();
  blocks.move(v, to, [&](Vertex u, Block b) {
    if (movedIn[u] != searchNumber)
      reported.push_back({u, b});
  });
  work += reported.size();
  for (auto [u, b] : reported)
    if (b == Blocks::AnyBlock) {
      work += blocks.numBlocks();
      if (Choice choice = choose(u, true); choice.to != Blocks::AnyBlock)
        push(u, choice.key);
    } else if (blocks.block(u) != b) {
      push(u, blocks.gain(u, b) + std::min(pushCost[b], 0));
    }
}

bool Refiner::relieve(Block b, unsigned depth) {
  while (blocks.isOverfull(b)) {
    // Rather a vertex that suffices alone than one after which more must go.
    Vertex best = UINT32_MAX;
    Choice choice{INT32_MIN, Blocks::AnyBlock};
    bool suffices = false;
    std::span<const Vertex> members = blocks.members(b);
    work += members.size() * blocks.numBlocks();
    for (Vertex v : members) {
      if (movedIn[v] == searchNumber)
        continue;
      bool isEnough = blocks.isRelievedBy(v, b);
      if (suffices && !isEnough)
        continue;
      Choice now = choose(v, depth < MostPushes);
      if (now.to == Blocks::AnyBlock ||
          (now.key <= choice.key && isEnough == suffices))
        continue;
      suffices = isEnough;
      choice = now;
      best = v;
    }
    if (best == UINT32_MAX)
      return false;
    pushCost[b] = choice.key;
    apply(best, choice.to);
    if (!relieve(choice.to, depth + 1))
      return false;
  }
  return true;
}

bool Refiner::relieve() {
  for (Block b = 0; b < blocks.numBlocks(); ++b) {
    ++searchNumber;
    moves.clear();
    heap.clear();
    if (!relieve(b, 0))
      return false;
  }
  return true;
}

void Refiner::search(std::span<const Vertex> seeds, uint32_t patience) {
  ++searchNumber;
  moves.clear();
  heap.clear();
  for (Vertex v : seeds)
    if (Choice choice = choose(v, true); choice.to != Blocks::AnyBlock)
      push(v, choice.key);
  work += seeds.size() * blocks.numBlocks();

  int64_t best = blocks.objective();
  size_t bestLength = 0;
  while (!heap.empty() && moves.size() < bestLength + patience) {
    std::pop_heap(heap.begin(), heap.end());
    auto [key, v] = heap.back();
    heap.pop_back();
    if (movedIn[v] == searchNumber || key != keyOf[v])
      continue;
    Choice choice = choose(v, true);
    work += blocks.numBlocks();
    if (choice.to == Blocks::AnyBlock)
      continue;
    if (choice.key < key) {
      keyOf[v] = choice.key;
      heap.push_back({choice.key, v});
      std::push_heap(heap.begin(), heap.end());
      continue;
    }
    apply(v, choice.to);
    if (!relieve(choice.to, 0))
      break;
    if (blocks.objective() < best) {
      best = blocks.objective();
      bestLength = moves.size();
    }
  }
  while (moves.size() > bestLength) {
    blocks.move(moves.back().vertex, moves.back().from);
    work += blocks.network().nets(moves.back().vertex).size();
    moves.pop_back();
  }
}

uint64_t Refiner::run(Random &random, const RefineOptions &options) {
  uint64_t begin = work;
  std::vector<Vertex> boundary;
  for (uint32_t round = 0; round < options.mostRounds; ++round) {
    int64_t before = blocks.objective();
    boundary.clear();
    for (Vertex v = 0; v < blocks.network().numVertices(); ++v)
      if (blocks.isBoundary(v))
        boundary.push_back(v);
    random.shuffle(boundary);
    for (size_t i = 0; i < boundary.size(); i += options.numSeeds) {
      if (work - begin > options.work)
        return work - begin;
      size_t count = std::min<size_t>(options.numSeeds, boundary.size() - i);
      search({&boundary[i], count}, options.patience);
    }
    if (before - blocks.objective() <= before / options.leastGain)
      break;
  }
  return work - begin;
}
