//===- SelectStorage.cpp - What is kept of synapses -------------*- C++ -*-===//
//
// Synapses that a source's spike can bring back by the same draws need not be
// kept: whether they are is a matter of memory and time alone.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Lookup.h"
#include "dialects/Spiking/IR/Ops.h"
#include "dialects/Spiking/Transforms/Passes.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGSELECTSTORAGE
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;

namespace {

/// Why a port needs its synapses stored; null if it does not.
const char *needOf(PortOp port) {
  if (!port.getGrid())
    return "does more than add, so that synapses are delivered in a fixed "
           "order";
  if (port.getWide())
    return "adds in 64 bits";
  return nullptr;
}

class SelectStorage
    : public spiking::impl::SpikingSelectStorageBase<SelectStorage> {
public:
  using SpikingSelectStorageBase::SpikingSelectStorageBase;

private:
  void runOnOperation() override {
    for (auto network : getOperation().getOps<NetworkOp>())
      for (auto projection : network.getBody().getOps<ProjectionOp>())
        if (failed(select(network, projection)))
          return signalPassFailure();
  }

  LogicalResult select(NetworkOp network, ProjectionOp projection) {
    Operation *target =
        SymbolTable::lookupSymbolIn(network, projection.getTarget());
    auto port = dyn_cast<PortOp>(
        lookupPort(target, projection.getPortAttr().getAttr()));
    if (!port) { // States of the sources are read in every step.
      projection.setStorage(Storage::Stored);
      ++numStored;
      return success();
    }
    const char *need = needOf(port);
    std::optional<Storage> asked = projection.getStorage();
    bool isPlastic = llvm::any_of(
        network.getBody().getOps<PlasticOp>(), [&](PlasticOp plastic) {
          return plastic.getProjectionAttr().getAttr() ==
                 projection.getSymNameAttr();
        });
    if (isPlastic && asked == Storage::Procedural)
      return projection.emitError()
             << "`@storage(procedural)` needs synapses that stay what they "
                "are, "
                "but a rule changes these; ask for `@storage(stored)`";
    if (need && asked == Storage::Procedural)
      return projection.emitError()
             << "`@storage(procedural)` needs a port that adds in 32 bits, but "
                "`"
             << projection.getPort() << "` of `" << projection.getTarget()
             << "` " << need << "; ask for `@storage(stored)`";
    bool isFree =
        !need && !isPlastic &&
        canBeGenerated(projection.getRule(),
                       projection.getSource() == projection.getTarget(),
                       {projection.getWeight(), projection.getDelay(),
                        projection.getDendriticDelayAttr()});
    Storage wanted = asked.value_or(preferred);
    Storage chosen =
        isFree || wanted == Storage::Rows ? wanted : Storage::Stored;
    if (chosen == Storage::Stored && !need && !isPlastic &&
        isKernel(projection.getRule(),
                 {projection.getDelay(), projection.getDendriticDelayAttr()}))
      chosen = Storage::Toeplitz;
    projection.setStorage(chosen);
    ++(chosen == Storage::Toeplitz     ? numToeplitz
       : !mayGenerate(chosen)          ? numStored
       : chosen == Storage::Procedural ? numProcedural
                                       : numEither);
    return success();
  }
};

} // namespace
