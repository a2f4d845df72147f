//===- Chip.h - From declarations to what images say of a chip --*- C++ -*-===//
//
// One line for each number; the programs go over as they are.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_CHIP_H
#define SNN_COMPILER_TARGET_CORES_MAP_CHIP_H

#include "lang/Chips/Chips.h"
#include "runtime/emulator/Clock.h"

namespace snn::target::cores {

/// What the declaration says of times.
emulator::Times timesOf(const lang::checked::Chip &chip);

/// Fills the image's chip, registers and programs.
void declare(const lang::checked::Chip &chip, emulator::Image &image);

/// The slot of a parameter or register of that name; -1 if there is none.
int findParameter(const lang::checked::Chip &chip, std::string_view name);
int findRegister(const lang::checked::Chip &chip, std::string_view name);

/// The register of what arrives at a receptor and lasts: `u`, `u_1` and so on.
std::string currentName(unsigned receptor);
/// How many of these there are, each with its decay.
unsigned countCurrents(const lang::checked::Chip &chip);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_CHIP_H
