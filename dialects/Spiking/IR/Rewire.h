//===- Rewire.h - Synapses that get other sources ---------------*- C++ -*-===//
//
// The attribute `spiking.rewire` of rules of both dialects: the state of the
// synapse that is not zero after a period's change if the synapse is to come
// from another source; then it is zero again.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_REWIRE_H
#define SNN_DIALECTS_SPIKING_IR_REWIRE_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace snn::spiking {

inline constexpr llvm::StringLiteral rewireName = "spiking.rewire";

/// Null where no synapse moves.
inline mlir::StringAttr getRewire(mlir::Operation *rule) {
  return rule->getAttrOfType<mlir::StringAttr>(rewireName);
}

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_REWIRE_H
