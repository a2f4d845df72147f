//===- Coupling.cpp - Synapses that act in every step -----------*- C++ -*-===//
//
// Sums over the states of sources at the beginning of the step, in the order of
// projections, in each by source, then in the rule's own order.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Network.h"

using namespace mlir;
using namespace snn::spiking;

namespace snn::interpreter {

static const Cell::Coupling *findCoupling(const Cell &cell, StringRef port) {
  for (const Cell::Coupling &coupling : cell.getCouplings())
    if (coupling.name == port)
      return &coupling;
  return nullptr;
}

FailureOr<bool> Network::buildCoupling(ProjectionOp op) {
  Cell *target = cells[op.getTargetAttr().getAttr()].get();
  const Cell::Coupling *coupling = findCoupling(*target, op.getPort());
  if (!coupling)
    return false;
  Coupled made{
      target, cells[op.getSourceAttr().getAttr()].get(), coupling, {}, {}};
  if (!made.source)
    return op.emitError("couples to a source that has no states");
  for (const auto &[slot, state] : coupling->reads) {
    FailureOr<unsigned> found = made.source->findSlot(state);
    if (failed(found))
      return op.emitError("reads '") << state << "', which the source lacks";
    made.states.push_back(*found);
  }
  FailureOr<std::vector<Edge>> edges =
      enumerateEdges(op, slice(op.getSourceAttr(), op.getSourceSliceAttr()),
                     slice(op.getTargetAttr(), op.getTargetSliceAttr()),
                     {std::nullopt, target->isSingle()}, run, functions);
  if (failed(edges))
    return failure();
  made.edges = std::move(*edges);
  llvm::sort(made.edges, [](const Edge &a, const Edge &b) {
    return std::tuple(a.target, a.source, a.place) <
           std::tuple(b.target, b.source, b.place);
  });
  couplings.push_back(std::move(made));
  return true;
}

void Network::couple() {
  std::map<std::pair<Cell *, unsigned>, std::vector<double>> sums;
  for (const Coupled &coupled : couplings) {
    auto rounded = [&](double value) {
      return coupled.target->isSingle() ? static_cast<float>(value) : value;
    };
    std::vector<std::vector<double> *> into;
    for (unsigned slot : coupled.coupling->sums) {
      into.push_back(&sums[{coupled.target, slot}]);
      into.back()->resize(coupled.target->size());
    }
    std::vector<double> states(coupled.states.size());
    for (const Edge &edge : coupled.edges) {
      for (auto [state, slot] : llvm::zip_equal(states, coupled.states))
        state = rounded(coupled.source->get(edge.source, slot));
      auto added = coupled.target->couple(edge.target, *coupled.coupling,
                                          edge.weight, states);
      for (auto [sum, value] : llvm::zip_equal(into, added))
        (*sum)[edge.target] = rounded((*sum)[edge.target] + value);
    }
  }
  for (auto &[place, values] : sums)
    for (auto [neuron, value] : llvm::enumerate(values))
      place.first->set(neuron, place.second, value);
}

} // namespace snn::interpreter
