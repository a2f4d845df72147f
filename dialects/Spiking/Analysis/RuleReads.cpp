//===- RuleReads.cpp - What plasticity reads of a population ----*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/RuleReads.h"

using namespace mlir;

namespace snn::spiking {

/// The names under which a rule reads a population, as a plastic projection
/// gives it to the rule; "" for its hosts.
static llvm::StringSet<> namesOf(PopulationOp population, PlasticOp plastic,
                                 PlasticityOp rule) {
  llvm::StringSet<> names;
  FlatSymbolRefAttr self = FlatSymbolRefAttr::get(population.getSymNameAttr());
  if (plastic.getPreAttr() == self)
    names.insert("pre");
  if (plastic.getPostAttr() == self)
    names.insert("post");
  for (auto [modulator, given] :
       llvm::zip(rule.getBody().getOps<ModulatorOp>(),
                 plastic.getModulators().getAsRange<FlatSymbolRefAttr>()))
    if (given == self)
      names.insert(modulator.getSymName());
  auto projection = cast<ProjectionOp>(SymbolTable::lookupSymbolIn(
      plastic->getParentOp(), plastic.getProjectionAttr()));
  if (projection.getTargetAttr() == self)
    names.insert("");
  return names;
}

llvm::StringSet<> findReadByRules(PopulationOp population) {
  llvm::StringSet<> states;
  auto network = cast<NetworkOp>(population->getParentOp());
  for (auto plastic : network.getBody().getOps<PlasticOp>()) {
    auto rule = cast<PlasticityOp>(
        lookupGlobal(plastic, plastic.getRuleAttr().getAttr()));
    llvm::StringSet<> names = namesOf(population, plastic, rule);
    if (names.empty())
      continue;
    rule.walk([&](ReadOp read) {
      SymbolRefAttr variable = read.getVariable();
      bool isNested = !variable.getNestedReferences().empty();
      if (isNested ? names.contains(variable.getRootReference())
                   : names.contains("") && isa_and_nonnull<HostOp>(
                                               lookupVariable(read, variable)))
        states.insert(variable.getLeafReference());
    });
  }
  return states;
}

bool isReadAtArrivals(PopulationOp target) {
  auto network = cast<NetworkOp>(target->getParentOp());
  auto self = FlatSymbolRefAttr::get(target.getSymNameAttr());
  auto readsHost = [](OnEventOp handler) {
    return handler
        .walk([](ReadOp read) {
          return isa_and_nonnull<HostOp>(
                     lookupVariable(read, read.getVariable()))
                     ? WalkResult::interrupt()
                     : WalkResult::advance();
        })
        .wasInterrupted();
  };
  for (auto plastic : network.getBody().getOps<PlasticOp>()) {
    auto projection = cast<ProjectionOp>(
        SymbolTable::lookupSymbolIn(network, plastic.getProjectionAttr()));
    auto rule = cast<PlasticityOp>(
        lookupGlobal(plastic, plastic.getRuleAttr().getAttr()));
    if (projection.getTargetAttr() != self)
      continue;
    for (auto handler : rule.getBody().getOps<OnEventOp>())
      if (handler.getEvent() == Event::Pre && readsHost(handler))
        return true;
  }
  return false;
}

} // namespace snn::spiking
