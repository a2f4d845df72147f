//===- Chips.h - The chip that a flag names ---------------------*- C++ -*-===//
//
// One of the standard library's, or one that a file declares.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_CHIPS_H
#define SNN_COMPILER_DRIVER_CHIPS_H

#include "compiler/Driver/Model.h"
#include "lang/Chips/Chips.h"

namespace snn::driver {

/// `name` is that of a chip or the path of a file.
std::optional<Stop> findChip(const std::string &name, const Console &console,
                             lang::checked::Chip &chip);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_CHIPS_H
