//===- Plasticity.h - Handlers of synapses and followers --------*- C++ -*-===//
//
// What the synapses of a plastic projection do, and the cells that follow its
// neurons.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SPIKINGTOSIM_PLASTICITY_H
#define SNN_COMPILER_CONVERSION_SPIKINGTOSIM_PLASTICITY_H

#include "compiler/Conversion/SpikingToSim/Memory.h"

namespace snn {

/// What a followed neuron's spike does to its follower; nothing in a cell that
/// has no such handler.
void buildFollow(Memory &memory);

/// The handlers of a plastic projection onto `target`, at the place of
/// `builder`. The port adds up on a grid. Fails where what a rule reads is no
/// state.
mlir::LogicalResult convertPlastic(spiking::PlasticOp plastic,
                                   spiking::PortOp port, Memory &target,
                                   double stepSize, mlir::OpBuilder &builder);

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SPIKINGTOSIM_PLASTICITY_H
