//===- SlotFilling.h - Slots of copies while cores are filled ---*- C++ -*-===//
//
// How many cores a vertex reaches is known only in the end. Until then, targets
// of a net that have no core yet are thought to come to one; where that was too
// few for a core, cores are filled again with what its vertices needed.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_SLOTFILLING_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_SLOTFILLING_H

#include "compiler/Target/Cores/Partition/Partition.h"

namespace snn::target::cores {

class SlotFilling {
public:
  SlotFilling(const Hypergraph &network, const SlotLimit &limit);

  /// No vertex has a core; what was learned stays.
  void restart();
  /// The next core is filled from now on.
  void open() {
    ++current;
    use.push_back(0);
  }
  /// Whether the core that is being filled has room for the vertex, and for the
  /// copies that its sources there need then.
  bool holds(Vertex v);
  void add(Vertex v);
  uint64_t need(Vertex v) const { return limit.slots(expected(v)); }
  /// With all vertices on their cores: whether a core has too many slots.
  bool learn();

private:
  /// How many cores more a net reaches if `v` joins this one.
  int32_t change(Net net) const {
    return int32_t{lastCore[net] != current} - int32_t{unplaced[net] == 1};
  }
  uint64_t expected(Vertex v) const { return std::max(axons[v], learned[v]); }
  bool isTarget(Net net, Vertex v) const {
    return network.source(net) != v || network.isSelfTarget(net);
  }

  const Hypergraph &network;
  SlotLimit limit;
  Core current = 0;
  std::vector<uint64_t> use; // of each core
  std::vector<Core> core;    // of each vertex
  /// Cores of each vertex's nets, as is thought; and as they were once.
  std::vector<uint64_t> axons, learned;
  std::vector<uint64_t> unplaced; // targets of each net
  std::vector<Core> lastCore;     // of each net
  std::vector<std::pair<Vertex, int32_t>> changes;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_SLOTFILLING_H
