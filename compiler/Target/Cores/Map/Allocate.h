//===- Allocate.h - A coded network on its cores ----------------*- C++ -*-===//
//
// Chooses the core of every neuron, then slots, axons and routes, and writes
// the image. A neuron that may send to fewer axons than it must is copied: its
// copies lie on its core, get what it gets and do what it does, so nothing is
// later and nothing differs.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_ALLOCATE_H
#define SNN_COMPILER_TARGET_CORES_MAP_ALLOCATE_H

#include "compiler/Target/Cores/Map/Quantize.h"

#include <variant>

namespace snn::target::cores {

/// What a mapping came to, for reports.
struct MappingReport {
  uint32_t cores = 0, coresBound = 0;
  uint64_t copies = 0;
  double messagesPerSpike = 0, messagesBound = 0;
  double hopsPerSpike = 0;
  uint64_t synapses = 0;
  /// Of the fullest core, and what a core has; negative if that is not public.
  struct Use {
    std::string resource;
    uint64_t most = 0;
    int64_t capacity = -1;
  };
  std::vector<Use> uses;
};

struct Mapping {
  /// Of each neuron, its number in the image: that of its first copy.
  std::vector<uint32_t> place;
  MappingReport report;
};

/// Fills what `declare` left of the image but the events and the manifest.
/// `rates` are spikes of each neuron and then of each line, in any unit.
/// `effort` is that of PartitionOptions and PlaceOptions.
std::variant<Mapping, Refusal>
allocate(const Network &network, const CodedNetwork &coded,
         const std::vector<double> &rates, const lang::checked::Chip &chip,
         emulator::Image &image, uint32_t effort = 1);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_ALLOCATE_H
