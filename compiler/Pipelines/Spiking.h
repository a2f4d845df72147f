//===- Spiking.h - From models to the sim dialect ---------------*- C++ -*-===//
//
// The pipeline of the spiking dialect, the same for `snn` and `snn-opt`
// (`--spiking-to-sim-pipeline`).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PIPELINES_SPIKING_H
#define SNN_COMPILER_PIPELINES_SPIKING_H

#include "dialects/Spiking/IR/Attributes.h"

#include <string>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace snn::pipelines {

struct SpikingOptions {
  /// Convert this experiment alone; all where empty.
  std::string experiment;
  /// Measure potentials from rest to threshold where that can be done.
  bool nondimensionalize = false;
  /// What is kept of synapses that can be generated, where the model does not
  /// say.
  spiking::Storage storage = spiking::Storage::Either;
};

/// Flat cells, solved: where the reference interpreter can still run both the
/// model before and the model after.
void buildSpiking(mlir::OpPassManager &pm, const SpikingOptions &options);

/// The same, then the conversion to sim.
void buildSpikingToSim(mlir::OpPassManager &pm, const SpikingOptions &options);

/// Makes both known to snn-opt by name.
void registerSpikingPipelines();

} // namespace snn::pipelines

#endif // SNN_COMPILER_PIPELINES_SPIKING_H
