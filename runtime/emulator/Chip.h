//===- Chip.h - What an emulator must know of a chip ------------*- C++ -*-===//
//
// The arithmetic of a chip is a program over a neuron's registers: one list of
// instructions for an arriving synaptic event, one for a tick of time. The
// record beside it holds the shape, the limits and the costs. Nothing here
// names a chip: a declaration compiles to these numbers, an image carries them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_CHIP_H
#define SNN_EMULATOR_CHIP_H

#include <cstdint>
#include <type_traits>

namespace snn::emulator {

/// What happens to a value outside of its register's range.
enum class Overflow : uint32_t { Wrap, Saturate };

struct Register {
  char name[16];
  int64_t low, high;
  Overflow overflow;
  uint32_t reserved;
};

/// Operands are slots: the registers, then the parameters of the neuron, then
/// `input`, `weight`; where a chip tells receptors apart, which of them an
/// event is for and the inputs of all but the first; then temporaries, of which
/// each is written once.
enum class Operation : uint8_t {
  Constant,  // slot = value
  Add,       // a + b, modulo 2^64 like all that follows
  Subtract,  // a - b
  Multiply,  // a · b
  Absolute,  // |a|
  Minimum,   // min(a, b)
  Maximum,   // max(a, b)
  Scale,     // b >= 0 ? a << b : a >> -b, the latter towards minus infinity
  Truncate,  // a / 2^b towards zero
  Less,      // a < b
  LessEqual, // a <= b
  Equal,     // a == b
  And,       // a and b, of truths
  Or,        // a or b
  Not,       // not a
  Select,    // a ? b : c
  Store,     // register = a, made to fit; if b holds
  Spike,     // the neuron spikes if a holds
};
constexpr uint8_t LastOperation = static_cast<uint8_t>(Operation::Spike);

struct Instruction {
  Operation operation;
  uint8_t slot; // written
  uint8_t a, b, c;
  uint8_t reserved[3];
  int64_t value;
};

enum class Timing : uint32_t {
  Synchronous, // spikes of a tick arrive in a later tick
  Events       // spikes wait in a queue and act within the tick
};
enum class Delivery : uint32_t {
  Each, // the synapse program runs for each event, in the order of axons
  Sum   // events of a tick add up; the tick program reads `input`
};
enum class Merge : uint32_t {
  Count, // two spikes on one axon in one tick are two
  Or     // ... are one
};
enum class Weights : uint32_t {
  Direct, // each synapse has its own
  Table   // each neuron has one for each type of axon; a bit for each synapse
};
enum class RouterOrder : uint32_t { Rows, Columns };

/// A limit that is not public.
constexpr int64_t Unknown = -1;

struct Limits {
  int64_t neurons;        // of a core
  int64_t axons;          // that arrive at a core
  int64_t routes;         // that leave a neuron
  int64_t coreRoutes;     // that leave a core
  int64_t synapses;       // of a core
  int64_t synapseBits;    // of a core
  int64_t bitsPerSynapse; // with the target's index
  int64_t bitsPerAxon;    // beside its synapses
  int64_t weightLow, weightHigh;
  int64_t weightStep;  // weights are multiples of it
  int64_t weightTypes; // entries of a table
  int64_t exponentLow, exponentHigh;
  int64_t routeDelay; // ticks beyond the first
  int64_t synapseDelay;
};

/// Energies in picojoules; Unknown as a negative number.
struct Costs {
  double synapse;    // a synaptic operation
  double access;     // a look at a neuron in a tick
  double update;     // a neuron whose state changes
  double spike;      // a neuron that spikes
  double message;    // a message that leaves a core
  double hopX, hopY; // a link that it takes
};

struct ChipRecord {
  char name[32];
  Timing timing;
  Delivery delivery;
  Merge merge;
  Weights weights;
  RouterOrder order;
  uint32_t columns, rows, coresPerRouter;
  uint32_t registers, parameters;
  uint32_t queue;     // events that a core's queue holds; 0 without one
  uint32_t receptors; // kinds of synapses of a neuron
  Limits limits;
  Costs costs;
};

constexpr uint32_t MaxRegisters = 8, MaxParameters = 32, MaxReceptors = 32,
                   MaxSlots = 255;
/// In place of a condition: always.
constexpr uint8_t Always = 255;

/// Where the slots of a chip begin.
constexpr uint32_t parameterSlot(const ChipRecord &chip) {
  return chip.registers;
}
constexpr uint32_t inputSlot(const ChipRecord &chip) {
  return chip.registers + chip.parameters;
}
constexpr uint32_t weightSlot(const ChipRecord &chip) {
  return inputSlot(chip) + 1;
}
constexpr uint32_t receptorSlot(const ChipRecord &chip) {
  return weightSlot(chip) + 1;
}
/// Of the sum that arrives at a receptor.
constexpr uint32_t inputSlot(const ChipRecord &chip, uint32_t receptor) {
  return receptor ? receptorSlot(chip) + receptor : inputSlot(chip);
}
constexpr uint32_t firstTemporary(const ChipRecord &chip) {
  return weightSlot(chip) + 1 + (chip.receptors > 1 ? chip.receptors : 0);
}

static_assert(std::has_unique_object_representations_v<Register> &&
                  std::has_unique_object_representations_v<Instruction> &&
                  std::has_unique_object_representations_v<Limits> &&
                  sizeof(ChipRecord) ==
                      32 + 12 * 4 + sizeof(Limits) + sizeof(Costs),
              "these are written to files as they are");

} // namespace snn::emulator

#endif // SNN_EMULATOR_CHIP_H
