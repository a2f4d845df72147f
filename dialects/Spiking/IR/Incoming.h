//===- Incoming.h - Sums over the synapses of a target ----------*- C++ -*-===//
//
// The attribute `spiking.incoming` of rules of both dialects: for a state of
// the target's follower, the state of the synapse that is summed into it over
// all synapses onto the target whenever a period begins.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_INCOMING_H
#define SNN_DIALECTS_SPIKING_IR_INCOMING_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace snn::spiking {

inline constexpr llvm::StringLiteral incomingName = "spiking.incoming";

/// (state of the follower, state of the synapse), in order.
inline llvm::ArrayRef<mlir::NamedAttribute> getIncoming(mlir::Operation *rule) {
  auto sums = rule->getAttrOfType<mlir::DictionaryAttr>(incomingName);
  return sums ? sums.getValue() : llvm::ArrayRef<mlir::NamedAttribute>();
}

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_INCOMING_H
