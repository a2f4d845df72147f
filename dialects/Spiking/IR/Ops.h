//===- Ops.h - Operations of the spiking dialect ----------------*- C++ -*-===//
//
// Everything that a user of the dialect includes.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_OPS_H
#define SNN_DIALECTS_SPIKING_IR_OPS_H

#include "dialects/Spiking/IR/Attributes.h"
#include "dialects/Spiking/IR/Dialect.h"
#include "dialects/Spiking/IR/Lookup.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace snn::spiking {

namespace detail {
/// Fails, with an error at `op`, where `unit` is none.
mlir::LogicalResult verifyUnit(mlir::Operation *op, llvm::StringRef unit);
} // namespace detail

/// The operation's `unit` is one that lang/Basic/Units knows.
template <typename ConcreteType>
class HasUnit : public mlir::OpTrait::TraitBase<ConcreteType, HasUnit> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) {
    return detail::verifyUnit(op, llvm::cast<ConcreteType>(op).getUnit());
  }
};

} // namespace snn::spiking

#define GET_OP_CLASSES
#include "dialects/Spiking/IR/Ops.h.inc"

#endif // SNN_DIALECTS_SPIKING_IR_OPS_H
