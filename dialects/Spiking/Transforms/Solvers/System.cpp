//===- System.cpp - The equations of a cell, seen by its solvers *- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/System.h"

using namespace mlir;
using llvm::BitVector;
using llvm::StringRef;

namespace snn::spiking {

System::System(NeuronOp cell, const llvm::StringSet<> &held) : cell(cell) {
  for (auto equation : cell.getBody().getOps<EquationOp>()) {
    if (held.contains(equation.getState()))
      continue;
    indices[equation.getState()] = equations.size();
    names.push_back(equation.getState());
    equations.push_back(equation);
  }
  for (auto input : cell.getBody().getOps<InputOp>())
    driving.insert(input.getSymName());
  for (auto state : cell.getBody().getOps<StateOp>())
    if (!isDynamic(state.getSymName()))
      driving.insert(state.getSymName());

  for (EquationOp equation : equations) {
    BitVector row(size());
    equation.getDerivative().walk([&](ReadOp read) {
      if (isDynamic(getReadName(read)))
        row.set(indexOf(getReadName(read)));
    });
    direct.push_back(row);
  }
  graph.emplace(direct);
}

Value System::derivative(unsigned state) const {
  Region &region = EquationOp(equations[state]).getDerivative();
  return region.front().getTerminator()->getOperand(0);
}

BitVector System::findLinear() const {
  auto variesInStep = [&](StringRef name) { return varies(name); };
  DegreeAnalysis degrees(variesInStep);
  BitVector linear(size());
  for (unsigned state = 0; state < size(); ++state)
    if (degrees.of(derivative(state)) != Degree::Nonlinear)
      linear.set(state);
  // What depends on a nonlinear equation has no closed solution either.
  BitVector closed(size());
  for (unsigned state : linear.set_bits()) {
    BitVector outside = graph->allOf(state);
    outside.reset(linear);
    if (outside.none())
      closed.set(state);
  }
  return closed;
}

bool System::isConditionallyLinear(unsigned state) const {
  StringRef self = name(state);
  auto isSelf = [&](StringRef other) { return other == self; };
  DegreeAnalysis degrees(isSelf);
  return degrees.of(derivative(state)) != Degree::Nonlinear;
}

std::optional<Cap> findCap(NeuronOp cell) {
  for (auto threshold : cell.getBody().getOps<ThresholdOp>())
    if (threshold.getCap())
      return Cap{*threshold.getCap(), &threshold.getBound()};
  return std::nullopt;
}

llvm::StringSet<> findHeldStates(NeuronOp cell) {
  llvm::StringSet<> held;
  cell.walk([&](RefractoryOp refractory) {
    for (auto state : refractory.getHolding().getAsRange<SymbolRefAttr>())
      held.insert(state.getRootReference().getValue());
  });
  return held;
}

} // namespace snn::spiking
