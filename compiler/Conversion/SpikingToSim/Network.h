//===- Network.h - What surrounds the populations ---------------*- C++ -*-===//
//
// Sources, projections, drives, stimuli, records and changes of an experiment.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SPIKINGTOSIM_NETWORK_H
#define SNN_COMPILER_CONVERSION_SPIKINGTOSIM_NETWORK_H

#include "dialects/Sim/IR/Ops.h"
#include "dialects/Spiking/IR/Ops.h"

namespace snn {

/// Puts the model of an experiment before `builder`'s place.
mlir::LogicalResult convertExperiment(spiking::ExperimentOp experiment,
                                      mlir::OpBuilder &builder);

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SPIKINGTOSIM_NETWORK_H
