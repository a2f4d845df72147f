//===- Cells.cpp - Where plasticity rules find what they read -------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Cells.h"

using namespace mlir;

namespace snn {

Cells::Cells(sim::ModelOp model)
    : model(model), stepSize(model.getStep().convertToDouble()) {
  for (auto population : model.getBody().getOps<sim::PopulationOp>())
    layouts[population.getSymName()] = std::make_unique<Layout>(population);
}

StringRef Cells::targetOf(sim::PlasticityOp rule) const {
  return cast<sim::ProjectionOp>(
             SymbolTable::lookupSymbolIn(model, rule.getProjectionAttr()))
      .getTarget();
}

static sim::ProjectionOp projectionOf(sim::ModelOp model,
                                      sim::CouplingOp coupling) {
  return cast<sim::ProjectionOp>(
      SymbolTable::lookupSymbolIn(model, coupling.getProjectionAttr()));
}

StringRef Cells::targetOf(sim::CouplingOp coupling) const {
  return projectionOf(model, coupling).getTarget();
}

StringRef Cells::sourceOf(sim::CouplingOp coupling) const {
  return projectionOf(model, coupling).getSource();
}

unsigned Cells::stateNumber(StringRef population, StringRef field) const {
  unsigned number = 0;
  for (Operation *array : layoutOf(population).getArrays()) {
    auto state = dyn_cast<sim::FieldOp>(array);
    if (!state || state.getRole() != sim::Role::State)
      continue;
    if (state.getSymName() == field)
      return number;
    ++number;
  }
  llvm_unreachable("verified: a state of the population");
}

SmallVector<SymbolRefAttr> Cells::modulatorsOf(sim::PlasticityOp rule) const {
  SmallVector<SymbolRefAttr> modulators;
  for (auto read : rule.getReads().getAsRange<SymbolRefAttr>()) {
    StringRef population = read.getRootReference();
    if (rule.getPre() != population && rule.getPost() != population &&
        targetOf(rule) != population)
      modulators.push_back(read);
  }
  return modulators;
}

unsigned Cells::modulatorNumber(sim::PlasticityOp rule,
                                SymbolRefAttr read) const {
  SmallVector<SymbolRefAttr> modulators = modulatorsOf(rule);
  return llvm::find(modulators, read) - modulators.begin();
}

} // namespace snn
