//===- Kernels.h - What the neurons of a population do ----------*- C++ -*-===//
//
// The four kernels of a population, and the code of a delivery to it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SPIKINGTOSIM_KERNELS_H
#define SNN_COMPILER_CONVERSION_SPIKINGTOSIM_KERNELS_H

#include "compiler/Conversion/SpikingToSim/Memory.h"

namespace snn {

/// One step, in the order of the schedule. `fedPorts` are those that anything
/// delivers to; `readAtArrivals` says that a rule reads the states as they are
/// then.
void buildUpdate(Memory &memory, const llvm::StringSet<> &fedPorts,
                 bool readAtArrivals, double stepSize,
                 spiking::Schedule schedule);

/// Recomputes the recorded quantities that are no state.
void buildObserve(Memory &memory, llvm::ArrayRef<spiking::LetOp> lets,
                  llvm::ArrayRef<spiking::InputOp> inputs);

/// The handler of a port that does more than add, for one arriving spike.
void buildDelivery(Memory &memory, spiking::PortOp port, mlir::Region &deliver);

/// What a synapse of the projection adds to inputs of the neuron, in every
/// step; goes to `builder`'s place.
void buildCoupling(Memory &memory, spiking::CoupleOp couple,
                   llvm::StringRef projection, mlir::OpBuilder &builder);

/// Computes all constants that the other kernels read, and initial states; so
/// it comes last.
void buildInitialisation(Memory &memory);

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SPIKINGTOSIM_KERNELS_H
