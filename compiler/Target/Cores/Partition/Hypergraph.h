//===- Hypergraph.h - Who a spike must reach --------------------*- C++ -*-===//
//
// A network as a partitioner sees it: neurons with the resources they need, and
// one net for each source of spikes, which joins the source to its targets and
// weighs as much as the source fires. Messages between cores are then the
// connectivity of the nets: a spike is sent once to each core that hosts a
// target, however many targets it has there (Ronzani & Silvano 2026).
//
// Rows are pushed one by one, so a network of generated synapses need never
// exist elsewhere. A pin costs 4 bytes, and 4 more in the transposed lists.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_HYPERGRAPH_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_HYPERGRAPH_H

#include <cstdint>
#include <span>
#include <vector>

namespace snn::target::cores {

using Vertex = uint32_t; // a neuron, or a cluster of some
using Net = uint32_t;

/// The source of a net that no core hosts, as inputs from outside the chip.
constexpr Vertex OffChip = UINT32_MAX;

/// Usage: needs of all vertices, then a net for each source (in any order),
/// then finish(); a const hypergraph is finished.
///
///     Hypergraph network(numNeurons, 1);
///     network.reserve(numNeurons, numSynapses);       // optional
///     for (Vertex v = 0; v < numNeurons; ++v) {
///       network.setNeed(v, 0, 1);                     // one neuron slot
///       network.addNet(v, rateOf(v), targetsOf(v));
///     }
///     network.finish();
class Hypergraph {
public:
  Hypergraph(Vertex numVertices, uint32_t numResources);

  /// What a vertex takes of an additive resource of its core: neuron slots,
  /// synapse bits, states. Zero until set.
  void setNeed(Vertex vertex, uint32_t resource, uint64_t amount) {
    needs[uint64_t{vertex} * numResources_ + resource] = amount;
  }

  /// Room for so many nets and pins, which keeps the peak of memory low.
  void reserve(Net numNets, uint64_t numPins);

  /// The spikes of `source` reach `targets`; a target that is named twice is
  /// one pin. `rate` >= 0 and finite, in any unit. A source may have several.
  void addNet(Vertex source, double rate, std::span<const Vertex> targets);

  /// Fixes the weights and makes the transposed lists.
  void finish();

  Vertex numVertices() const { return numVertices_; }
  uint32_t numResources() const { return numResources_; }
  Net numNets() const { return static_cast<Net>(sources.size()); }
  uint64_t numPins() const { return pins_.size(); }

  std::span<const uint64_t> need(Vertex vertex) const {
    return {&needs[uint64_t{vertex} * numResources_], numResources_};
  }

  Vertex source(Net net) const { return sources[net]; }
  double rate(Net net) const { return rates[net]; }

  /// What the partitioner adds up instead of rates: whole numbers >= 1, in
  /// proportion to the rates, whose sum is at most LargestSum.
  int32_t weight(Net net) const { return weights[net]; }

  /// The targets of a net and its source, if that is on the chip: distinct, and
  /// ascending.
  std::span<const Vertex> pins(Net net) const {
    return {pins_.data() + pinsBegin[net], pins_.data() + pinsBegin[net + 1]};
  }

  /// Whether the source is a target of its own. In pins() it stands once.
  bool isSelfTarget(Net net) const { return selfTarget[net]; }

  uint64_t numTargets(Net net) const {
    bool isPinOnly = sources[net] != OffChip && !selfTarget[net];
    return pins(net).size() - isPinOnly;
  }

  /// The nets that have a vertex for a pin, ascending.
  std::span<const Net> nets(Vertex vertex) const {
    return {nets_.data() + netsBegin[vertex],
            nets_.data() + netsBegin[vertex + 1]};
  }

  /// The same network with the vertices of a cluster for one: nets keep their
  /// weight, equal ones become one, those within a cluster go. Not for limits
  /// of axons, which count targets.
  Hypergraph contract(std::span<const Vertex> cluster,
                      Vertex numClusters) const;

  /// The network among some vertices, which are numbered as listed (ascending).
  Hypergraph restrictTo(std::span<const Vertex> vertices) const;

  static constexpr int64_t LargestSum = int64_t{1} << 30;

private:
  void transpose();

  Vertex numVertices_;
  uint32_t numResources_;
  std::vector<uint64_t> needs;
  std::vector<Vertex> sources;
  std::vector<double> rates;
  std::vector<int32_t> weights;
  std::vector<bool> selfTarget;
  std::vector<uint64_t> pinsBegin{0}, netsBegin;
  std::vector<Vertex> pins_;
  std::vector<Net> nets_;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_HYPERGRAPH_H
