//===- Program.h - From a model's handlers to a chip's steps ----*- C++ -*-===//
//
// Where a chip's neurons are programmed by the network, the neuron of the model
// is the program: states become registers, parameters the numbers of a neuron,
// ports receptors. Only whole numbers go in, so what comes out is what the
// model says, to the bit. All cells share the two programs of the image; a
// neuron's first parameter says whose part of them is its own.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_PROGRAM_H
#define SNN_COMPILER_TARGET_CORES_MAP_PROGRAM_H

#include "compiler/Target/Cores/Map/Network.h"
#include "dialects/Spiking/IR/Ops.h"

#include <variant>

namespace snn::target::cores {

/// Why a model is no chip's.
struct Trouble {
  std::string what;
  mlir::Location location;
};

/// What one cell does, in the slots of a chip: temporaries are counted anew in
/// each list.
struct CellProgram {
  std::vector<lang::checked::ChipStep> onTick;
  /// Of each port that something arrives at, in the order in which they act.
  std::vector<std::vector<lang::checked::ChipStep>> onEvent;
  bool operator==(const CellProgram &) const = default;
};

class ProgramLinker {
public:
  explicit ProgramLinker(const lang::checked::Chip &chip) : chip(chip) {}

  /// Fills the population's program, ports, parameters and names of states.
  std::optional<Trouble> add(spiking::NeuronOp cell,
                             spiking::PopulationOp population,
                             spiking::NetworkOp network, Population &into);

  /// The programs of all; or what they have more than the chip.
  std::variant<Programs, std::string> link() const;

private:
  const lang::checked::Chip &chip;
  std::vector<CellProgram> cells;
  std::vector<uint32_t> firstReceptor; // of each cell
  uint32_t numReceptors = 0;
};

/// Whether some programmed chip could have the cell.
bool isProgrammable(spiking::NeuronOp cell, spiking::PopulationOp population,
                    spiking::NetworkOp network);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_PROGRAM_H
