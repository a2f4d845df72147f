//===- Lookup.cpp - From names to declarations ------------------*- C++ -*-===//
//
// See Lookup.h.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Lookup.h"
#include "dialects/Spiking/IR/Ops.h"

using namespace mlir;

namespace snn::spiking {

Operation *getEnclosingModel(Operation *op) {
  while (op && !isa<NeuronOp, SynapseOp>(op))
    op = op->getParentOp();
  return op;
}

Operation *lookupGlobal(Operation *op, StringAttr name) {
  for (op = op->getParentOp(); op; op = op->getParentOp())
    if (op->hasTrait<OpTrait::SymbolTable>())
      if (Operation *found = SymbolTable::lookupSymbolIn(op, name))
        return found;
  return nullptr;
}

Operation *lookupInModel(Operation *model, SymbolRefAttr variable) {
  Operation *found =
      SymbolTable::lookupSymbolIn(model, variable.getRootReference());
  for (FlatSymbolRefAttr nested : variable.getNestedReferences()) {
    auto receptor = dyn_cast_or_null<ReceptorOp>(found);
    if (!receptor)
      return nullptr;
    auto synapse = dyn_cast_or_null<SynapseOp>(
        lookupGlobal(model, receptor.getSynapseAttr().getAttr()));
    if (!synapse)
      return nullptr;
    found = SymbolTable::lookupSymbolIn(synapse, nested.getAttr());
  }
  return found;
}

Operation *lookupVariable(Operation *op, SymbolRefAttr variable) {
  Operation *model = getEnclosingModel(op);
  return model ? lookupInModel(model, variable) : nullptr;
}

Operation *lookupPort(Operation *population, StringAttr port) {
  auto neurons = dyn_cast<PopulationOp>(population);
  if (!neurons)
    return nullptr;
  auto model = dyn_cast_or_null<NeuronOp>(
      lookupGlobal(neurons, neurons.getModelAttr().getAttr()));
  if (!model)
    return nullptr;
  Operation *found = SymbolTable::lookupSymbolIn(model, port);
  return isa_and_nonnull<PortOp, ReceptorOp>(found) ? found : nullptr;
}

bool isConstantInRegions(Operation *declaration) {
  return isa_and_nonnull<ParamOp, DerivedOp, InputOp>(declaration);
}

} // namespace snn::spiking
