//===- FusePopulations.cpp - Equal cells are one ----------------*- C++ -*-===//
//
// After all passes that treat each population by itself, cells that came out
// equal become one; what the populations differ in stands with them.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Ops.h"
#include "dialects/Spiking/Transforms/Passes.h"

#include "mlir/IR/OperationSupport.h"
#include "llvm/ADT/MapVector.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGFUSEPOPULATIONS
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;

namespace {

/// Equal but for their names and for where they were written.
bool areEqual(NeuronOp cell, NeuronOp other) {
  return cell.getSolverAttr() == other.getSolverAttr() &&
         cell.getPrecisionAttr() == other.getPrecisionAttr() &&
         OperationEquivalence::isRegionEquivalentTo(
             &cell.getBody(), &other.getBody(),
             OperationEquivalence::IgnoreLocations);
}

/// A number that equal cells share.
llvm::hash_code hash(NeuronOp cell) {
  llvm::hash_code result =
      llvm::hash_value(cell.getBody().front().getOperations().size());
  for (Operation &part : cell.getBody().front())
    result = llvm::hash_combine(
        result, OperationEquivalence::computeHash(
                    &part, OperationEquivalence::ignoreHashValue,
                    OperationEquivalence::ignoreHashValue,
                    OperationEquivalence::IgnoreLocations));
  return result;
}

/// The cells that a rule reads are those that were kept.
void renameCells(PlasticityOp rule, const llvm::StringMap<StringRef> &fused) {
  auto kept = [&](std::optional<StringRef> name) {
    return name ? fused.lookup(*name) : StringRef();
  };
  if (StringRef pre = kept(rule.getPre()); !pre.empty())
    rule.setPre(pre);
  if (StringRef post = kept(rule.getPost()); !post.empty())
    rule.setPost(post);
  for (auto modulator : rule.getBody().getOps<ModulatorOp>())
    if (StringRef model = kept(modulator.getModel()); !model.empty())
      modulator.setModel(model);
}

class FusePopulations
    : public spiking::impl::SpikingFusePopulationsBase<FusePopulations> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    // By hash first: networks may have many populations.
    llvm::DenseMap<size_t, SmallVector<NeuronOp>> kept;
    llvm::StringMap<StringRef> fused;
    for (auto cell : llvm::make_early_inc_range(module.getOps<NeuronOp>())) {
      SmallVector<NeuronOp> &candidates = kept[hash(cell)];
      auto *same = llvm::find_if(candidates, [&](NeuronOp candidate) {
        return areEqual(candidate, cell);
      });
      if (same == candidates.end()) {
        candidates.push_back(cell);
        continue;
      }
      fused[cell.getSymName()] = same->getSymName();
      cell.erase();
      ++numFused;
    }
    for (auto network : module.getOps<NetworkOp>())
      for (auto population : network.getBody().getOps<PopulationOp>())
        if (auto it = fused.find(population.getModel()); it != fused.end())
          population.setModel(it->second);
    for (auto rule : module.getOps<PlasticityOp>())
      renameCells(rule, fused);
  }
};

} // namespace
