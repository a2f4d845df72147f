//===- Image.h - A network on a chip, as the chip holds it ------*- C++ -*-===//
//
// Flat arrays, one for each section of an .nmi file. Neurons and axons are
// numbered through all cores: those of a core are a range. check() says
// whether every index is inside its array, and every program well formed; an
// engine runs an image that passed, and no limit of the chip is looked at here.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_IMAGE_H
#define SNN_EMULATOR_IMAGE_H

#include "runtime/emulator/Chip.h"
#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Core/Failure.h"

namespace snn::emulator {

using runtime::Buffer;
using runtime::Error;

/// Exit codes for files that are not there, and not what they should be.
constexpr int32_t UnreadableFile = 66, RefusedFile = 77;

struct Core {
  uint32_t place;       // on the chip
  uint32_t firstNeuron; // those of the next core follow
  uint32_t firstAxon;
  uint32_t reserved;
};

/// Where a spike goes, and how many ticks later than it could arrive.
struct Route {
  uint32_t core; // an index into `cores`, or OutputCore
  uint32_t axon; // of that core; the number of an output
  uint16_t delay;
  uint16_t reserved = 0;
};
constexpr uint32_t OutputCore = UINT32_MAX;

struct Synapse {
  uint16_t target; // neuron of the axon's core
  int16_t weight;
  uint16_t delay;
};

/// A source outside of the chip, or one that only sends and sits in a core.
struct InputLine {
  uint64_t firstRoute; // those of the next line follow
  uint32_t origin;     // the core that messages leave from, or NoCore
  uint32_t reserved;
};
constexpr uint32_t NoCore = UINT32_MAX;

/// A spike of an input line, in the experiment that the image is for.
struct InputEvent {
  uint32_t tick, line;
};

struct Image {
  ChipRecord chip = {};
  Buffer<Register> registers;
  Buffer<Instruction> synapseCode, tickCode;
  Buffer<Core> cores;
  Buffer<int32_t> parameters;  // of each neuron
  Buffer<int32_t> initial;     // registers of each neuron
  Buffer<uint64_t> firstRoute; // of each neuron, and the end
  Buffer<Route> routes;
  Buffer<int8_t> axonGroups;     // the exponent, or the type of an axon
  Buffer<uint8_t> axonReceptors; // of each axon, if there is more than one
  Buffer<uint64_t> firstSynapse; // of each axon, and the end
  Buffer<Synapse> synapses;
  Buffer<int16_t> weightTable; // types of each neuron
  Buffer<InputLine> inputs;
  Buffer<Route> inputRoutes;
  Buffer<InputEvent> events; // by tick, then in the order in which they act
  /// Whose neuron is where: text for the driver, opaque here.
  Buffer<char> manifest;

  uint32_t neurons() const { return static_cast<uint32_t>(count); }
  uint32_t axons() const { return static_cast<uint32_t>(axonGroups.size()); }
  uint32_t endNeuron(uint64_t core) const {
    return core + 1 < cores.size() ? cores[core + 1].firstNeuron : neurons();
  }
  uint32_t endAxon(uint64_t core) const {
    return core + 1 < cores.size() ? cores[core + 1].firstAxon : axons();
  }
  uint32_t receptorOf(uint32_t axon) const {
    return axonReceptors.empty() ? 0 : axonReceptors[axon];
  }
  uint64_t endInputRoute(uint64_t line) const {
    return line + 1 < inputs.size() ? inputs[line + 1].firstRoute
                                    : inputRoutes.size();
  }

  /// Derived by check(); false with the reason in `error`.
  bool check(Error &error);

private:
  uint64_t count = 0;

  bool checkChip(Error &error) const;
  bool checkCode(const Buffer<Instruction> &code, const char *name,
                 Error &error) const;
  bool checkCores(Error &error) const;
  bool checkRoutes(const Buffer<Route> &list, const char *name,
                   Error &error) const;
  bool checkSynapses(Error &error) const;
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_IMAGE_H
