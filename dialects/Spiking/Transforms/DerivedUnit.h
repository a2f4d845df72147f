//===- DerivedUnit.h - The unit of a derived constant -----------*- C++ -*-===//
//
// Follows the declared units through an expression.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_TRANSFORMS_DERIVEDUNIT_H
#define SNN_DIALECTS_SPIKING_TRANSFORMS_DERIVEDUNIT_H

#include "dialects/Spiking/IR/Ops.h"

#include <string>

namespace snn::spiking {

/// The internal unit of a value of `cell`, as the dialect spells it.
std::string deriveUnit(mlir::Value value, NeuronOp cell);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_TRANSFORMS_DERIVEDUNIT_H
