//===- RuleSums.h - Sums over synapses that rules read ----------*- C++ -*-===//
//
// Attributes of rules of both dialects. `spiking.incoming`: for a state of the
// target's follower, the state of the synapse that is summed into it over all
// synapses onto the target whenever a period begins. `spiking.outgoing`: for a
// state of the synapse, the one that is summed into it over all synapses of the
// source.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_RULESUMS_H
#define SNN_DIALECTS_SPIKING_IR_RULESUMS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace snn::spiking {

inline constexpr llvm::StringLiteral incomingName = "spiking.incoming";
inline constexpr llvm::StringLiteral outgoingName = "spiking.outgoing";

/// (state that is the sum, state that is summed), in order.
inline llvm::ArrayRef<mlir::NamedAttribute> getSums(mlir::Operation *rule,
                                                    llvm::StringRef name) {
  auto sums = rule->getAttrOfType<mlir::DictionaryAttr>(name);
  return sums ? sums.getValue() : llvm::ArrayRef<mlir::NamedAttribute>();
}

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_RULESUMS_H
