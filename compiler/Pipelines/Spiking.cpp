//===- Spiking.cpp - From models to the sim dialect -------------*- C++ -*-===//
//
// The passes and their order. MLIR's canonicaliser is not among them: it folds
// math operations by the host's libm.
//
//===----------------------------------------------------------------------===//
#include "compiler/Pipelines/Spiking.h"

#include "compiler/Conversion/Passes.h"
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Sim/Transforms/Passes.h"
#include "dialects/Spiking/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

namespace snn::pipelines {

void buildSpiking(OpPassManager &pm, const SpikingOptions &options) {
  pm.addPass(spiking::createSpikingVerifyDimensions());
  pm.addPass(spiking::createSpikingInstantiate());
  pm.addPass(spiking::createSpikingMergeReceptors());
  pm.addPass(spiking::createSpikingEliminateDeadState());
  if (options.nondimensionalize)
    pm.addPass(spiking::createSpikingNondimensionalize());
  pm.addPass(spiking::createSpikingSolveODEs());
  pm.addPass(spiking::createSpikingFoldParameters());
  pm.addPass(spiking::createSpikingSpecializeRules());
  pm.addPass(spiking::createSpikingProveEventDriven());
  pm.addPass(spiking::createSpikingSizeAccumulators());
  pm.addPass(spiking::createSpikingFusePopulations());
  pm.addPass(spiking::createSpikingSelectStorage({options.storage}));
}

void buildSpikingToSim(OpPassManager &pm, const SpikingOptions &options) {
  buildSpiking(pm, options);
  ConvertSpikingToSimOptions conversion;
  conversion.experiment = options.experiment;
  pm.addPass(createConvertSpikingToSim(conversion));
  pm.nest<sim::ModelOp>().addPass(sim::createSimWaitForSource());
}

namespace {

struct PipelineOptions : PassPipelineOptions<PipelineOptions> {
  Option<std::string> experiment{
      *this, "experiment", llvm::cl::desc("Convert this experiment alone")};

  Option<bool> nondimensionalize{
      *this, "nondimensionalize",
      llvm::cl::desc("Measure potentials from rest to threshold")};

  Option<spiking::Storage> storage{
      *this, "storage",
      llvm::cl::desc("What to keep of synapses where the model does not say"),
      llvm::cl::init(spiking::Storage::Either), spiking::storageChoices()};

  SpikingOptions get() const {
    return {experiment, nondimensionalize, storage};
  }
};

} // namespace

void registerSpikingPipelines() {
  PassPipelineRegistration<PipelineOptions>(
      "spiking-pipeline", "Models to flat cells with steps",
      [](OpPassManager &pm, const PipelineOptions &options) {
        buildSpiking(pm, options.get());
      });
  PassPipelineRegistration<PipelineOptions>(
      "spiking-to-sim-pipeline", "Models to arrays and kernels",
      [](OpPassManager &pm, const PipelineOptions &options) {
        buildSpikingToSim(pm, options.get());
      });
}

} // namespace snn::pipelines
