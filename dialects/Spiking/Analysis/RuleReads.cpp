//===- RuleReads.cpp - What plasticity reads of a network -------*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/RuleReads.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

RuleReads::RuleReads(NetworkOp network) {
  auto plastics = network.getBody().getOps<PlasticOp>();
  if (plastics.empty())
    return;
  SymbolTable parts(network), models(network->getParentOfType<ModuleOp>());
  for (PlasticOp plastic : plastics)
    add(plastic, models.lookup<PlasticityOp>(plastic.getRule()),
        parts.lookup<ProjectionOp>(plastic.getProjection()));
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
