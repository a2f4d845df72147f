//===- LoihiNetwork.h - An image as layers of equal neurons -----*- C++ -*-===//
//
// What Lava and netx want: groups of neurons that agree in all but bias and
// state, and between two groups, or from the inputs, blocks of synapses in
// which no pair has two. Cores and axons are gone again.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_ENCODERS_LOIHINETWORK_H
#define SNN_COMPILER_TARGET_CORES_ENCODERS_LOIHINETWORK_H

#include "lang/Chips/Chips.h"
#include "runtime/emulator/Image.h"

#include <string>
#include <variant>
#include <vector>

namespace snn::target::cores {

struct LoihiGroup {
  std::string name; // of the population
  int32_t du = 0, dv = 0, vth = 0;
  std::vector<int32_t> bias, u, v; // of each neuron; the latter at the start
  std::vector<uint32_t> neurons;   // of the image
};

struct LoihiBlock {
  static constexpr uint32_t Inputs = UINT32_MAX;
  uint32_t from = 0, to = 0; // groups
  int32_t exponent = 0;
  struct Synapse {
    uint32_t source, target; // of their groups
    int16_t weight;
    uint16_t delay; // ticks beyond that of the next
  };
  std::vector<Synapse> synapses; // by source, then target
};

struct LoihiNetwork {
  std::vector<LoihiGroup> groups;
  std::vector<LoihiBlock> blocks;
};

/// The network, or in words why it cannot be taken for one.
std::variant<LoihiNetwork, std::string>
readLoihiNetwork(const emulator::Image &image, const lang::checked::Chip &chip);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_ENCODERS_LOIHINETWORK_H
