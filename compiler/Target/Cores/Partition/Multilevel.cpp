//===- Multilevel.cpp - From few clusters to all neurons --------*- C++ -*-===//
//
// Levels, halves, and cycles over all levels.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Multilevel.h"

#include <algorithm>
#include <memory>
#include <numeric>

using namespace snn::target::cores;

namespace {
/// A network and what it became when clustered again and again.
class Levels {
public:
  /// Until at most `fewest` vertices are left, or few more can be joined.
  Levels(const Hypergraph &network, Vertex fewest,
         std::span<const uint64_t> largest, std::vector<Block> within,
         Random &random)
      : finest(network), assignment(std::move(within)) {
    while (coarsest().numVertices() > fewest) {
      Clustering level =
          clusterBySharing(coarsest(), largest, assignment, random);
      if (level.numClusters > coarsest().numVertices() / 20 * 19)
        break;
      coarse.push_back(std::make_unique<Hypergraph>(
          coarsest().contract(level.cluster, level.numClusters)));
      if (!assignment.empty()) {
        std::vector<Block> next(level.numClusters);
        for (Vertex v = 0; v < level.cluster.size(); ++v)
          next[level.cluster[v]] = assignment[v];
        assignment = std::move(next);
      }
      clusters.push_back(std::move(level.cluster));
    }
  }

  /// Level 0 is the network itself.
  size_t numLevels() const { return coarse.size() + 1; }
  const Hypergraph &level(size_t i) const {
    return i == 0 ? finest : *coarse[i - 1];
  }
  const Hypergraph &coarsest() const { return level(coarse.size()); }

  /// An assignment of level i + 1 for level i.
  std::vector<Block> project(size_t i, std::span<const Block> above) const {
    std::vector<Block> below(clusters[i].size());
    for (Vertex v = 0; v < below.size(); ++v)
      below[v] = above[clusters[i][v]];
    return below;
  }

  /// What `within` is at the coarsest level.
  const std::vector<Block> &coarseAssignment() const { return assignment; }

private:
  const Hypergraph &finest;
  std::vector<std::unique_ptr<Hypergraph>> coarse;
  std::vector<std::vector<Vertex>> clusters;
  std::vector<Block> assignment;
};

/// Two sides of a network, for so many cores each.
class Halving {
public:
  Halving(const Hypergraph &network, std::span<const uint64_t> perCore,
          uint32_t coresLeft, uint32_t coresRight);
  std::vector<Block> run(Random &random);

private:
  std::vector<Block> grow(const Hypergraph &coarse, Random &random) const;
  bool isLeftReached(std::span<const uint64_t> use) const;

  const Hypergraph &network;
  uint32_t numResources;
  std::vector<uint64_t> capacities; // of the left side, then of the right
  std::vector<uint64_t> ideal;      // of the left side
  std::vector<uint64_t> largest;    // of a cluster
};
} // namespace

/// Clusters that the coarsest level has for each half, and starts that are
/// tried.
constexpr Vertex FewestClusters = 150;
constexpr int NumStarts = 8;

Halving::Halving(const Hypergraph &network, std::span<const uint64_t> perCore,
                 uint32_t coresLeft, uint32_t coresRight)
    : network(network), numResources(network.numResources()),
      capacities(2 * uint64_t{numResources}), ideal(numResources),
      largest(numResources) {
  uint32_t numCores = coresLeft + coresRight;
  uint32_t depth = 1;
  while ((uint64_t{1} << depth) < numCores)
    ++depth;
  for (uint32_t r = 0; r < numResources; ++r) {
    uint64_t total = 0;
    for (Vertex v = 0; v < network.numVertices(); ++v)
      total += network.need(v)[r];
    uint64_t room = numCores * perCore[r];
    uint64_t slack = room > total ? room - total : 0;
    // Each of the halvings to come gets an equal part of the slack.
    ideal[r] = total * coresLeft / numCores;
    auto most = [&](uint32_t cores) {
      uint64_t share = (total * cores + numCores - 1) / numCores;
      return std::min(cores * perCore[r],
                      share + slack * cores / numCores / depth);
    };
    capacities[r] = most(coresLeft);
    capacities[numResources + r] = most(coresRight);
    largest[r] = std::max<uint64_t>(total / 40, 1);
  }
  for (Vertex v = 0; v < network.numVertices(); ++v)
    for (uint32_t r = 0; r < numResources; ++r)
      largest[r] = std::max(largest[r], network.need(v)[r]);
}

bool Halving::isLeftReached(std::span<const uint64_t> use) const {
  for (uint32_t r = 0; r < numResources; ++r)
    if (ideal[r] && use[r] >= ideal[r])
      return true;
  return false;
}

/// The left side grows from a random vertex by the best gain.
std::vector<Block> Halving::grow(const Hypergraph &coarse,
                                 Random &random) const {
  Blocks blocks(coarse, capacities);
  blocks.assign(std::vector<Block>(coarse.numVertices(), 1));
  std::vector<uint64_t> use(numResources, 0);
  Vertex next = random.below(coarse.numVertices());
  while (next != UINT32_MAX) {
    blocks.move(next, 0);
    for (uint32_t r = 0; r < numResources; ++r)
      use[r] += coarse.need(next)[r];
    if (isLeftReached(use))
      break;
    next = UINT32_MAX;
    int32_t best = INT32_MIN;
    for (Vertex v : blocks.members(1))
      if (int32_t gain = blocks.gain(v, 0);
          blocks.fits(v, 0) && (gain > best || (gain == best && v < next))) {
        best = gain;
        next = v;
      }
  }
  return blocks.assignment();
}

std::vector<Block> Halving::run(Random &random) {
  Levels levels(network, FewestClusters, largest, {}, random);
  std::vector<Block> best;
  int64_t least = INT64_MAX;
  bool isBestValid = false;
  RefineOptions options{.mostRounds = 4, .leastGain = 100};
  for (int i = 0; i < NumStarts; ++i) {
    Blocks blocks(levels.coarsest(), capacities);
    blocks.assign(grow(levels.coarsest(), random));
    Refiner refiner(blocks);
    bool isValid = refiner.relieve();
    refiner.run(random, options);
    if (isValid < isBestValid ||
        (isValid == isBestValid && blocks.objective() >= least))
      continue;
    isBestValid = isValid;
    least = blocks.objective();
    best = blocks.assignment();
  }
  for (size_t i = levels.numLevels() - 1; i-- > 0;) {
    Blocks blocks(levels.level(i), capacities);
    blocks.assign(levels.project(i, best));
    Refiner refiner(blocks);
    refiner.relieve();
    refiner.run(random, options);
    best = blocks.assignment();
  }
  return best;
}

std::vector<Block>
snn::target::cores::bisect(const Hypergraph &network,
                           std::span<const uint64_t> capacities,
                           uint32_t numBlocks, Random &random) {
  std::vector<Block> result(network.numVertices(), 0);
  if (numBlocks < 2 || network.numVertices() < 2)
    return result;
  uint32_t left = numBlocks / 2;
  std::vector<Block> side =
      Halving(network, capacities, left, numBlocks - left).run(random);
  for (Block half : {0u, 1u}) {
    std::vector<Vertex> vertices;
    for (Vertex v = 0; v < side.size(); ++v)
      if (side[v] == half)
        vertices.push_back(v);
    std::vector<Block> inner = bisect(network.restrictTo(vertices), capacities,
                                      half ? numBlocks - left : left, random);
    for (size_t i = 0; i < vertices.size(); ++i)
      result[vertices[i]] = inner[i] + half * left;
  }
  return result;
}

std::vector<Block> snn::target::cores::cycle(const Hypergraph &network,
                                             const Limits &limits,
                                             std::vector<Block> assignment,
                                             uint32_t numBlocks, Random &random,
                                             const RefineOptions &options) {
  // Large clusters would not fit where there is little room.
  std::vector<uint64_t> largest(limits.capacities);
  for (uint64_t &one : largest)
    one = std::max<uint64_t>(one / 16, 1);
  Levels levels(network, 8 * numBlocks, largest, assignment, random);
  std::vector<uint64_t> capacities;
  for (Block b = 0; b < numBlocks; ++b)
    capacities.insert(capacities.end(), limits.capacities.begin(),
                      limits.capacities.end());

  std::vector<Block> now = levels.coarseAssignment();
  for (size_t i = levels.numLevels(); i-- > 0;) {
    if (i + 1 < levels.numLevels())
      now = levels.project(i, now);
    Blocks blocks(levels.level(i), capacities, i == 0 ? &limits : nullptr);
    blocks.assign(now);
    Refiner refiner(blocks);
    if (!refiner.relieve())
      return assignment;
    refiner.run(random, options);
    now = blocks.assignment();
  }
  return now;
}
