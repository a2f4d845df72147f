//===- Infix.h - Expressions as people write them ---------------*- C++ -*-===//
//
// "exp(-dt/tau_m)" for the operations that compute it: names of derived
// constants, remarks, and a key under which equal expressions are found.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_INFIX_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_INFIX_H

#include "mlir/IR/Value.h"

#include <optional>
#include <string>

namespace snn::spiking {

/// Two values of one cell with the same text are equal: every operation and
/// every number is in it. None for expressions of more than a thousand parts.
std::optional<std::string> printInfix(mlir::Value value);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_INFIX_H
