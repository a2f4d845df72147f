//===- Multilevel.h - From few clusters to all neurons ----------*- C++ -*-===//
//
// Vertices that share sources are clustered, level by level, until few are
// left. These are assigned; then every level back is refined, so that first
// clusters move and in the end single vertices (Karypis & Kumar 1999; Schlag et
// al. 2016).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_MULTILEVEL_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_MULTILEVEL_H

#include "compiler/Target/Cores/Partition/Refine.h"

namespace snn::target::cores {

/// An assignment from nothing: the network is halved, and each half again,
/// until each block is one core. Additive resources only; blocks may be
/// overfull where vertices of unequal needs do not pack.
std::vector<Block> bisect(const Hypergraph &network,
                          std::span<const uint64_t> capacities,
                          uint32_t numBlocks, Random &random);

/// Improves an assignment: clusters within its blocks (that is, the assignment
/// is one of every level), then refines from the coarsest level on. Never worse
/// than it was, if that was within the limits.
std::vector<Block> cycle(const Hypergraph &network, const Limits &limits,
                         std::vector<Block> assignment, uint32_t numBlocks,
                         Random &random, const RefineOptions &options);

/// One level: a cluster for each vertex.
struct Clustering {
  std::vector<Vertex> cluster;
  Vertex numClusters = 0;
};

/// Joins vertices that share the most nets, large ones counting less; none
/// needs more than `largest`. With an assignment, clusters stay within its
/// blocks.
Clustering clusterBySharing(const Hypergraph &network,
                            std::span<const uint64_t> largest,
                            std::span<const Block> within, Random &random);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_MULTILEVEL_H
