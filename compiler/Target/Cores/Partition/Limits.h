//===- Limits.h - What a core can hold --------------------------*- C++ -*-===//
//
// Two kinds of limit. Additive ones are a capacity for each resource of the
// hypergraph. The others depend on which neurons share a core: a source takes
// an axon once for all its targets there, and one out-axon for each other core
// that it reaches, or copies of itself; memory may be handed out in words for
// each of those.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_LIMITS_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_LIMITS_H

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace snn::target::cores {

/// A resource of a core that its incoming axons take: the sum over all sources
/// that have n > 0 targets on the core, wherever the source is, of cost(n).
struct AxonLimit {
  std::string name; // for messages
  uint64_t capacity = 0;
  /// Of the number of targets; must not decrease. `oneEach` counts sources.
  std::function<uint64_t(uint32_t numTargets)> cost;

  static uint64_t oneEach(uint32_t) { return 1; }
};

/// Where a neuron sends to `axonsPerSlot` axons and no more, one that must
/// reach more is copied: a neuron whose sources' nets have targets on so many
/// cores in all, its own among them, takes as many slots of its core as that
/// needs, and at least one.
struct SlotLimit {
  uint64_t capacity = 0;
  uint64_t axonsPerSlot = 1;

  uint64_t slots(uint64_t numAxons) const {
    return numAxons <= axonsPerSlot
               ? 1
               : (numAxons + axonsPerSlot - 1) / axonsPerSlot;
  }
};

struct Limits {
  /// Of one core, for each resource of the hypergraph.
  std::vector<uint64_t> capacities = {};

  /// E.g. {"input axons", 256, AxonLimit::oneEach}.
  std::vector<AxonLimit> axons = {};

  /// For the neurons of a core, the other cores that each reaches, summed.
  std::optional<uint64_t> outAxons = std::nullopt;

  /// For the neurons of a core, the slots that their axons need. A source may
  /// have several nets.
  std::optional<SlotLimit> slots = std::nullopt;

  /// How many cores there are; 0: as many as it takes.
  uint32_t numCores = 0;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_LIMITS_H
