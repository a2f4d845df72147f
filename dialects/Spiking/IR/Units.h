//===- Units.h - Dimensions of unit attributes ------------------*- C++ -*-===//
//
// From the unit of a declaration to its dimension, by lang/Basic/Units.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_UNITS_H
#define SNN_DIALECTS_SPIKING_IR_UNITS_H

#include "lang/Basic/Units.h"

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace snn::spiking {

/// The dimension of a unit, which may have fractional powers ("ms^(1/2)", as
/// Dimension::unit() spells them); empty where it is none.
std::optional<lang::Dimension> parseDimension(llvm::StringRef unit);

/// Whether `unit` is the internal one of its dimension: mV, but not V.
bool isInternalUnit(llvm::StringRef unit);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_UNITS_H
