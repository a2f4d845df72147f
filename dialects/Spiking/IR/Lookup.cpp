//===- Lookup.cpp - From names to declarations ------------------*- C++ -*-===//
//
// See Lookup.h.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Lookup.h"
#include "dialects/Spiking/IR/Ops.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace snn::spiking {

Operation *getEnclosingModel(Operation *op) {
  while (op && !isa<NeuronOp, SynapseOp, PlasticityOp>(op))
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

/// A variable of one of the cells that a rule reads.
static Operation *lookupInCells(PlasticityOp rule, StringAttr cell,
                                StringRef member) {
  FlatSymbolRefAttr model;
  if (cell == "pre")
    model = rule.getPreAttr();
  else if (cell == "post")
    model = rule.getPostAttr();
  else if (auto modulator = dyn_cast_or_null<ModulatorOp>(
               SymbolTable::lookupSymbolIn(rule, cell)))
    model = modulator.getModelAttr();
  Operation *found = model ? lookupGlobal(rule, model.getAttr()) : nullptr;
  return isa_and_nonnull<NeuronOp>(found)
             ? SymbolTable::lookupSymbolIn(found, member)
             : nullptr;
}

Operation *lookupInModel(Operation *model, SymbolRefAttr variable) {
  ArrayRef<FlatSymbolRefAttr> nested = variable.getNestedReferences();
  StringAttr root = variable.getRootReference();
  if (nested.empty())
    return SymbolTable::lookupSymbolIn(model, root);
  if (nested.size() > 1)
    return nullptr;
  StringRef member = nested.front().getValue();
  if (auto rule = dyn_cast<PlasticityOp>(model))
    return lookupInCells(rule, root, member);
  auto receptor =
      dyn_cast_or_null<ReceptorOp>(SymbolTable::lookupSymbolIn(model, root));
  if (!receptor) // A flat cell.
    return SymbolTable::lookupSymbolIn(model,
                                       (root.strref() + "." + member).str());
  auto synapse = dyn_cast_or_null<SynapseOp>(
      lookupGlobal(model, receptor.getSynapseAttr().getAttr()));
  return synapse ? SymbolTable::lookupSymbolIn(synapse, member) : nullptr;
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
  return isa_and_nonnull<PortOp, CoupleOp, ReceptorOp>(found) ? found : nullptr;
}

int64_t getPopulationSize(Operation *population) {
  return llvm::TypeSwitch<Operation *, int64_t>(population)
      .Case<PopulationOp, PoissonSourceOp, TrainSourceOp, ConditionSourceOp>(
          [](auto op) { return op.getSize(); });
}

bool isConstantInRegions(Operation *declaration) {
  return isa_and_nonnull<ParamOp, DerivedOp, InputOp>(declaration);
}

} // namespace snn::spiking
