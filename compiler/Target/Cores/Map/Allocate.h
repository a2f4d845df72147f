//===- Allocate.h - A coded network on its cores ----------------*- C++ -*-===//
//
// Chooses the core of every neuron, then slots, axons and routes, and writes
// the image. A neuron that may send to fewer axons than it must is copied: its
// copies lie on its core, get what it gets and do what it does, so nothing is
// later and nothing differs. Where a core has no room for its copies, it gets
// helpers (Split.h).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_ALLOCATE_H
#define SNN_COMPILER_TARGET_CORES_MAP_ALLOCATE_H

#include "compiler/Target/Cores/Map/Quantize.h"
#include "compiler/Target/Cores/Map/Report.h"
#include "compiler/Target/Cores/Map/Split.h"

#include <variant>

namespace snn::target::cores {

struct Mapping {
  /// Of each neuron, then of each helper, its number in the image: that of its
  /// first copy.
  std::vector<uint32_t> place;
  std::vector<uint32_t> copies; // which follow it
  std::vector<Helper> helpers;
  /// With helpers, the network that was laid on cores.
  std::optional<CodedNetwork> split;
  MappingReport report;

  bool isHelper(uint32_t neuron) const {
    return neuron >= place.size() - helpers.size();
  }
  bool isRelay(uint32_t neuron) const {
    return isHelper(neuron) &&
           helpers[neuron + helpers.size() - place.size()].isRelay;
  }
  /// Whose spikes a neuron or helper sends.
  uint32_t root(uint32_t neuron) const {
    return isHelper(neuron) ? helpers[neuron + helpers.size() - place.size()].of
                            : neuron;
  }

  /// Spikes of each neuron and then of each line, as `measure` takes them.
  std::vector<double> spikesOn(const emulator::Image &image,
                               const std::vector<double> &spikes) const;
};

/// Fills what `declare` left of the image but the events and the manifest, and
/// of the report what comes from the mapper.
/// `rates` are spikes of each neuron and then of each line, in any unit.
/// `effort` is that of PartitionOptions and PlaceOptions.
std::variant<Mapping, Refusal>
allocate(const Network &network, const CodedNetwork &coded,
         const std::vector<double> &rates, const lang::checked::Chip &chip,
         emulator::Image &image, uint32_t effort = 1);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_ALLOCATE_H
