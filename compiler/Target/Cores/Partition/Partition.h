//===- Partition.h - Which neuron goes to which core ------------*- C++ -*-===//
//
// Assigns neurons to cores, within all limits, such that spikes cause few
// messages between cores: minimises the sum over nets of weight * (lambda - 1),
// where lambda is the number of cores that hold a pin. Several seeds (the order
// of the neurons, growing by overlap, multilevel) are refined and the best is
// kept. docs/explanation/partitioning.md tells how.
//
// The result is a function of the arguments: it depends on no clock and no
// thread. Effort is counted in operations, never in seconds.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_PARTITION_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_PARTITION_H

#include "compiler/Target/Cores/Partition/Bounds.h"
#include "compiler/Target/Cores/Partition/Hypergraph.h"
#include "compiler/Target/Cores/Partition/Limits.h"

#include <variant>

namespace snn::target::cores {

using Core = uint32_t;

struct PartitionOptions {
  uint64_t seed = 1;
  /// 0: the order of the neurons alone; 1: the usual; more takes as many times
  /// longer.
  uint32_t effort = 1;
  /// Cores that may be used beyond the fewest that were found to do, in
  /// percent, where that saves messages.
  uint32_t sparePercent = 5;
};

/// How a candidate came about, for reports.
struct Attempt {
  std::string seed; // "sequential", "overlap", "multilevel"
  uint32_t numCores = 0;
  double start = 0, refined = 0; // messages, in units of the rates
};

struct Partition {
  std::vector<Core>
      core; // of each vertex; cores 0 .. numCores - 1 are not empty
  uint32_t numCores = 0;
  /// Sum of rate * (lambda - 1); for sources off the chip rate * lambda.
  double messages = 0;
  /// Sum of the rates; messages / spikes is the figure to compare.
  double spikes = 0;
  std::vector<Attempt> attempts;
};

/// Why there is no partition.
struct Misfit {
  enum class Kind {
    Resource,    // a vertex needs more of resource `index` than a core has
    Axons,       // likewise of axon limit `index`
    OutAxons,    // one vertex reaches more cores than a core has out-axons for
    Slots,       // likewise than copies of it have room on a core
    TooFewCores, // `need` cores are needed of `capacity`
  } kind;
  uint32_t index = 0;
  Vertex vertex = 0; // unless TooFewCores
  uint64_t need = 0, capacity = 0;
  /// For Slots, all vertices that need more than a core has, with their needs.
  std::vector<std::pair<Vertex, uint64_t>> all = {};
};

std::variant<Partition, Misfit> partition(const Hypergraph &network,
                                          const Limits &limits,
                                          const PartitionOptions &options = {});

/// Messages of any assignment, computed from nothing else.
double countMessages(const Hypergraph &network, std::span<const Core> core);

/// The use of a core by an assignment, computed from nothing else.
struct CoreUse {
  std::vector<uint64_t> resources; // as Limits::capacities
  std::vector<uint64_t> axons;     // as Limits::axons
  uint64_t outAxons = 0;
  uint64_t slots = 0; // as Limits::slots
};
std::vector<CoreUse> countUse(const Hypergraph &network, const Limits &limits,
                              std::span<const Core> core, uint32_t numCores);

/// Whether every core keeps every limit but the number of cores.
bool isWithin(const Limits &limits, std::span<const CoreUse> use);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_PARTITION_H
