//===- VerifyDimensions.cpp - Check physical dimensions ---------*- C++ -*-===//
//
// Runs the analysis of dimensions over every model and network.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Dimensions.h"
#include "dialects/Spiking/Transforms/Passes.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGVERIFYDIMENSIONS
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn::spiking;

namespace {

struct VerifyDimensions
    : snn::spiking::impl::SpikingVerifyDimensionsBase<VerifyDimensions> {
  using SpikingVerifyDimensionsBase::SpikingVerifyDimensionsBase;

  void runOnOperation() override {
    Constants constants =
        folded ? Constants::AnyQuantities : Constants::PlainNumbers;
    for (Operation &op : *getOperation().getBody())
      if (isa<NeuronOp, SynapseOp, NetworkOp>(op) &&
          failed(Dimensions(constants).check(&op)))
        signalPassFailure();
    markAllAnalysesPreserved();
  }
};

} // namespace
