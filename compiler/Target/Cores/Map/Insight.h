//===- Insight.h - Why a network lies as it does ----------------*- C++ -*-===//
//
// Read from the image and the network in codes: what fills a core, which neuron
// would fit next and what it would lack, where populations lie, and which
// connections the messages are for.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_INSIGHT_H
#define SNN_COMPILER_TARGET_CORES_MAP_INSIGHT_H

#include "compiler/Target/Cores/Map/Allocate.h"

namespace snn::target::cores {

/// What a core has of a resource; limits that are unknown are left out.
struct Filling {
  std::string resource;
  uint64_t used = 0, limit = 0;
  double share() const {
    return limit ? static_cast<double>(used) / static_cast<double>(limit) : 0;
  }
};

/// A neuron of another core, if it came here.
struct NextNeuron {
  uint32_t neuron = 0;
  std::vector<uint64_t> adds; // as CoreInsight::fillings
  bool fits = false;
};

struct CoreInsight {
  uint32_t core = 0, x = 0, y = 0, ofRouter = 0;
  std::vector<Filling> fillings;                          // the fullest first
  std::vector<std::pair<uint32_t, uint32_t>> populations; // and neurons of it
  uint32_t helpers = 0;                                   // replicas and relays
  /// The one that fits, or exceeds the limits least; none if it is alone.
  std::optional<NextNeuron> next;
};

/// Messages between cores that are for a connection; one that is for several
/// is divided among them.
struct MessageShare {
  uint32_t source = 0, target = 0; // populations
  double messages = 0;
};

class Insight {
public:
  /// `spikes` of each neuron of the network in the experiment.
  Insight(const Network &network, const CodedNetwork &given,
          const Mapping &mapping, const std::vector<double> &spikes,
          const emulator::Image &image, const lang::checked::Chip &chip);

  CoreInsight core(uint32_t number) const;
  /// Neurons of a population on each core that has some, by core.
  std::vector<std::pair<uint32_t, uint32_t>> cores(uint32_t population) const;
  /// The largest first.
  std::vector<MessageShare> messages() const;
  uint32_t numCores() const {
    return static_cast<uint32_t>(image.cores.size());
  }
  /// What `core` says first.
  double fullness(uint32_t number) const {
    return fillingsOf(number)[0].share();
  }

private:
  const Network &network;
  const CodedNetwork &coded; // with helpers, as it was laid on cores
  const Mapping &mapping;
  const std::vector<double> &spikes;
  const emulator::Image &image;
  const lang::checked::Chip &chip;
  std::vector<uint32_t> coreOf; // of each neuron of the network
  /// What arrives at a neuron on axons of its core.
  struct Incoming {
    uint32_t source;
    uint16_t delay;
    uint8_t type;
  };
  std::vector<uint64_t> firstIn;
  std::vector<Incoming> in; // by target, then source

  int64_t limit(const std::string &name) const;
  uint32_t populationOf(uint32_t neuron) const;
  std::vector<Filling> fillingsOf(uint32_t core) const;
  std::optional<NextNeuron> nextFor(const CoreInsight &to) const;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_INSIGHT_H
