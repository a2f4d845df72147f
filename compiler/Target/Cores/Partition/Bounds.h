//===- Bounds.h - What no partition can beat --------------------*- C++ -*-===//
//
// Lower bounds, to be printed beside what was reached.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_BOUNDS_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_BOUNDS_H

#include "compiler/Target/Cores/Partition/Hypergraph.h"
#include "compiler/Target/Cores/Partition/Limits.h"

namespace snn::target::cores {

struct CoreBounds {
  /// By each resource: the larger of total need over capacity, and the bound L2
  /// of Martello and Toth (1990) for packing bins.
  std::vector<uint32_t> byResource;
  /// By each limit of axons: every source takes at least cost(1), and at least
  /// as much for each target as where one costs least.
  std::vector<uint32_t> byAxons;
  /// The largest of them.
  uint32_t cores = 0;
};

CoreBounds coreBounds(const Hypergraph &network, const Limits &limits);

/// Messages between cores, in units of the rates (spikes of silent sources are
/// not counted). Sources of equal targets T are taken together: T lies on p >=
/// need(T)/capacity cores, each source sends to all of them, less one if it is
/// on one of them, for which only what T leaves free has room. Messages from
/// outside of the chip are counted if `fromOutside`.
double messageBound(const Hypergraph &network, const Limits &limits,
                    bool fromOutside = true);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_BOUNDS_H
