//===- SpikingToSim.cpp - From the spiking to the sim dialect ---*- C++ -*-===//
//
// The pass: experiments become models, and what they were made of goes.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Passes.h"
#include "compiler/Conversion/SpikingToSim/Network.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace snn {
#define GEN_PASS_DEF_CONVERTSPIKINGTOSIM
#include "compiler/Conversion/Passes.h.inc"
} // namespace snn

using namespace mlir;

namespace {

class ConvertSpikingToSim
    : public snn::impl::ConvertSpikingToSimBase<ConvertSpikingToSim> {
public:
  using ConvertSpikingToSimBase::ConvertSpikingToSimBase;

private:
  void runOnOperation() override {
    ModuleOp module = getOperation();
    OpBuilder builder(module);
    SmallVector<Operation *> old;
    SmallVector<snn::spiking::ExperimentOp> experiments;
    for (Operation &op : *module.getBody()) {
      if (isa<snn::spiking::NeuronOp, snn::spiking::SynapseOp,
              snn::spiking::PlasticityOp, snn::spiking::NetworkOp,
              snn::spiking::ExperimentOp>(op))
        old.push_back(&op);
      if (auto named = dyn_cast<snn::spiking::ExperimentOp>(op))
        if (experiment.empty() || named.getSymName() == experiment)
          experiments.push_back(named);
    }
    if (!experiment.empty() && experiments.empty()) {
      module.emitError() << "there is no experiment '" << experiment << "'";
      return signalPassFailure();
    }
    builder.setInsertionPointToEnd(module.getBody());
    for (auto each : experiments)
      if (failed(snn::convertExperiment(each, builder)))
        return signalPassFailure();
    for (Operation *op : old)
      op->erase();
    module.walk([&](Operation *op) {
      numPopulations += isa<snn::sim::PopulationOp>(op);
      numProjections += isa<snn::sim::ProjectionOp>(op);
    });
  }
};

} // namespace
