//===- Seeds.h - Assignments to start from ----------------------*- C++ -*-===//
//
// Cores are filled one after the other, each until nothing more fits. Every
// limit holds at any time, so a seed is a valid partition.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_SEEDS_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_SEEDS_H

#include "compiler/Target/Cores/Partition/Partition.h"

namespace snn::target::cores {

enum class Filling {
  Sequential, // in the order of the vertices, as chips' own tools do
  Overlap,    // next comes who shares most sources with the core so far
};

/// The core of each vertex. A misfit is a vertex that fits no empty core.
std::variant<std::vector<Core>, Misfit>
fill(const Hypergraph &network, const Limits &limits, Filling filling);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_SEEDS_H
