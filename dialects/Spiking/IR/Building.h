//===- Building.h - Pieces of builders and of names -------------*- C++ -*-===//
//
// What the operations of both dialects are put together from: a block, perhaps
// with an argument, a name, a part of a population; and how arguments are
// called when they are printed.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_BUILDING_H
#define SNN_DIALECTS_SPIKING_IR_BUILDING_H

#include "dialects/Spiking/IR/Attributes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"

namespace snn::spiking {

inline mlir::FlatSymbolRefAttr symbol(mlir::OpBuilder &builder,
                                      llvm::StringRef name) {
  return mlir::FlatSymbolRefAttr::get(builder.getContext(), name);
}

template <typename OpT>
void addName(mlir::OpBuilder &builder, mlir::OperationState &state,
             llvm::StringRef name) {
  state.addAttribute(OpT::getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
}

/// The one block of an operation.
inline void addBody(mlir::OperationState &state) {
  state.addRegion()->emplaceBlock();
}

/// Likewise, with an argument.
inline void addFunction(mlir::OperationState &state, mlir::Type type) {
  state.addRegion()->emplaceBlock().addArgument(type, state.location);
}

/// The neurons that a projection, drive or stimulus acts on.
template <typename OpT>
void addTarget(mlir::OpBuilder &builder, mlir::OperationState &state,
               llvm::StringRef target, SliceAttr slice) {
  state.addAttribute(OpT::getTargetAttrName(state.name),
                     symbol(builder, target));
  if (slice)
    state.addAttribute(OpT::getTargetSliceAttrName(state.name), slice);
}

/// A Poisson source of either dialect.
template <typename OpT>
void buildPoissonSource(mlir::OpBuilder &builder, mlir::OperationState &state,
                        llvm::StringRef name, int64_t size) {
  addName<OpT>(builder, state, name);
  state.addAttribute(OpT::getSizeAttrName(state.name),
                     builder.getI64IntegerAttr(size));
  addFunction(state, builder.getF64Type());
}

/// A stimulus of either dialect.
template <typename OpT>
void buildStimulus(mlir::OpBuilder &builder, mlir::OperationState &state,
                   llvm::StringRef name, llvm::StringRef target,
                   SliceAttr slice, llvm::StringRef input, bool noise) {
  addName<OpT>(builder, state, name);
  addTarget<OpT>(builder, state, target, slice);
  state.addAttribute(OpT::getInputAttrName(state.name), symbol(builder, input));
  if (noise)
    state.addAttribute(OpT::getNoiseAttrName(state.name),
                       builder.getUnitAttr());
  addFunction(state, builder.getF64Type());
}

inline void nameArguments(mlir::Region &region, llvm::StringRef name,
                          mlir::OpAsmSetValueNameFn setName) {
  for (mlir::BlockArgument argument : region.getArguments())
    setName(argument, name);
}

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_BUILDING_H
