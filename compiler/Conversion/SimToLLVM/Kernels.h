//===- Kernels.h - One function for each kind of kernel ---------*- C++ -*-===//
//
// Each returns a function that has no place yet.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SIMTOLLVM_KERNELS_H
#define SNN_COMPILER_CONVERSION_SIMTOLLVM_KERNELS_H

#include "compiler/Conversion/SimToLLVM/Layout.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace snn {

class Cells;

// Steps.cpp
mlir::func::FuncOp emitUpdate(sim::UpdateOp op, const Layout &layout,
                              llvm::StringRef name);
mlir::func::FuncOp emitIntegrate(sim::IntegrateOp op, const Layout &layout,
                                 llvm::StringRef name);
mlir::func::FuncOp emitObserve(sim::ObserveOp op, const Layout &layout,
                               llvm::StringRef name);

/// The update of followers, for lanes that are any of them.
mlir::func::FuncOp emitReplay(sim::UpdateOp op, const Layout &layout,
                              llvm::StringRef name);

// Initialization.cpp
mlir::func::FuncOp emitInitConstants(sim::InitConstantsOp op,
                                     const Layout &layout,
                                     llvm::StringRef name);
mlir::func::FuncOp emitInitNeurons(sim::InitNeuronsOp op, const Layout &layout,
                                   llvm::StringRef name);
/// A rate or value as a function of time.
mlir::func::FuncOp emitTimeFunction(mlir::Region &region, llvm::StringRef name);

// Delivery.cpp
mlir::func::FuncOp emitDeliver(sim::ProjectionOp op, const Layout &target,
                               llvm::StringRef name);
/// The integer type that holds the weights of a projection with a grid.
bool needsWideWeights(sim::ProjectionOp op);

// Coupling.cpp
mlir::func::FuncOp emitCouple(sim::CouplingOp op, const Layout &target,
                              llvm::StringRef name);

// Follow.cpp
mlir::func::FuncOp emitFollow(sim::FollowOp op, const Layout &layout,
                              llvm::StringRef name);
// PlasticityRow.cpp
/// A sim.on_pre or sim.every; `onlySends` leaves states as they are.
mlir::func::FuncOp emitRow(sim::PlasticityOp rule, mlir::Operation *kernel,
                           const Cells &cells, llvm::StringRef name,
                           bool onlySends = false);
// PlasticityList.cpp
mlir::func::FuncOp emitList(sim::PlasticityOp rule, sim::OnPostOp kernel,
                            const Cells &cells, llvm::StringRef name);
mlir::func::FuncOp emitMissed(sim::PlasticityOp rule, sim::OnPostOp kernel,
                              const Cells &cells, llvm::StringRef name);

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SIMTOLLVM_KERNELS_H
