//===- RuleReads.cpp - What plasticity reads of a network -------*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/RuleReads.h"
#include "dialects/Spiking/Analysis/LinearForm.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

RuleReads::RuleReads(NetworkOp network) {
  auto module = network->getParentOfType<ModuleOp>();
  bool isCoupled = llvm::any_of(module.getOps<NeuronOp>(), [](NeuronOp cell) {
    return !cell.getBody().getOps<CoupleOp>().empty();
  });
  auto plastics = network.getBody().getOps<PlasticOp>();
  if (plastics.empty() && !isCoupled)
    return;
  SymbolTable parts(network), models(module);
  if (isCoupled)
    for (auto projection : network.getBody().getOps<ProjectionOp>())
      addCoupling(projection, parts);
  for (PlasticOp plastic : plastics)
    add(plastic, models.lookup<PlasticityOp>(plastic.getRule()),
        parts.lookup<ProjectionOp>(plastic.getProjection()));
}

void RuleReads::addCoupling(ProjectionOp projection, const SymbolTable &parts) {
  Operation *target = parts.lookup(projection.getTarget());
  auto couple = dyn_cast_or_null<CoupleOp>(
      lookupPort(target, projection.getPortAttr().getAttr()));
  if (!couple)
    return;
  couple.walk([&](ReadOp read) {
    Operation *declaration = lookupVariable(read, read.getVariable());
    if (auto source = dyn_cast_or_null<SourceOp>(declaration))
      states[projection.getSource()].insert(source.getState());
    else if (isa_and_nonnull<StateOp>(declaration))
      states[projection.getTarget()].insert(getReadName(read));
  });
}

void RuleReads::add(PlasticOp plastic, PlasticityOp rule,
                    ProjectionOp projection) {
  // The population that the rule's name for a cell means.
  llvm::StringMap<StringRef> cells;
  if (plastic.getPre())
    cells["pre"] = *plastic.getPre();
  if (plastic.getPost())
    cells["post"] = *plastic.getPost();
  for (auto [modulator, given] :
       llvm::zip(rule.getBody().getOps<ModulatorOp>(),
                 plastic.getModulators().getAsRange<FlatSymbolRefAttr>()))
    cells[modulator.getSymName()] = given.getValue();

  for (Operation &part : rule.getBody().front()) {
    auto handler = dyn_cast<OnEventOp>(part);
    bool atArrival = handler && handler.getEvent() == Event::Pre;
    part.walk([&](ReadOp read) {
      SymbolRefAttr variable = read.getVariable();
      if (!variable.getNestedReferences().empty()) {
        states[cells.lookup(variable.getRootReference())].insert(
            variable.getLeafReference());
      } else if (isa_and_nonnull<HostOp>(lookupVariable(read, variable))) {
        states[projection.getTarget()].insert(variable.getLeafReference());
        if (atArrival)
          readAtArrivals.insert(projection.getTarget());
      }
    });
  }
}

} // namespace snn::spiking
