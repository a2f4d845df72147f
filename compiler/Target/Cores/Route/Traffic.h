//===- Traffic.h - Which cores send to which --------------------*- C++ -*-===//
//
// What a partition leaves for placement and routing: flows, each from one core
// to a set of others. Neurons of one core that reach the same cores are one
// flow, as their routes are equal.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_ROUTE_TRAFFIC_H
#define SNN_COMPILER_TARGET_CORES_ROUTE_TRAFFIC_H

#include "compiler/Target/Cores/Partition/Hypergraph.h"

namespace snn::target::cores {

/// Flows are sorted by source and destinations, so equal partitions give equal
/// traffic.
class Traffic {
public:
  /// Of an assignment of neurons to cores. Sources off the chip make no flow,
  /// as where they enter is the chip's affair.
  Traffic(const Hypergraph &network, std::span<const uint32_t> core,
          uint32_t numCores);

  uint32_t numCores() const { return numCores_; }
  uint32_t numFlows() const { return static_cast<uint32_t>(from_.size()); }
  uint32_t from(uint32_t flow) const { return from_[flow]; }
  /// Distinct, ascending, never empty, without from().
  std::span<const uint32_t> to(uint32_t flow) const {
    return {to_.data() + begin[flow], to_.data() + begin[flow + 1]};
  }
  /// Spikes, in units of the rates.
  double rate(uint32_t flow) const { return rates[flow]; }
  /// The same in whole numbers, as Hypergraph::weight.
  int64_t weight(uint32_t flow) const { return weights[flow]; }
  /// Of all sources, of which some make no flow.
  double spikes() const { return spikes_; }

private:
  uint32_t numCores_;
  double spikes_ = 0;
  std::vector<uint32_t> from_;
  std::vector<uint64_t> begin{0};
  std::vector<uint32_t> to_;
  std::vector<double> rates;
  std::vector<int64_t> weights;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_ROUTE_TRAFFIC_H
