//===- System.h - The equations of a cell, seen by its solvers --*- C++ -*-===//
//
// Sorts the names of a flat cell by what they do during one step:
//
//   dynamic   states with an equation, unless held: the solver moves them;
//   driving   inputs, held states, states without an equation: they vary from
//             step to step but not within one;
//   constant  parameters and what is derived from them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_SYSTEM_H
#define SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_SYSTEM_H

#include "dialects/Spiking/Analysis/Dependences.h"
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/IR/Ops.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace snn::spiking {

class System {
public:
  System(NeuronOp cell, const llvm::StringSet<> &held);

  NeuronOp getCell() const { return cell; }
  unsigned size() const { return equations.size(); }
  EquationOp equation(unsigned state) const { return equations[state]; }
  llvm::StringRef name(unsigned state) const { return names[state]; }
  mlir::Location loc(unsigned state) const {
    return EquationOp(equations[state]).getLoc();
  }
  mlir::Value derivative(unsigned state) const;

  bool isDynamic(llvm::StringRef variable) const {
    return indices.contains(variable);
  }
  unsigned indexOf(llvm::StringRef variable) const {
    return indices.lookup(variable);
  }
  /// Dynamic or driving.
  bool varies(llvm::StringRef variable) const {
    return isDynamic(variable) || driving.contains(variable);
  }

  /// Direct and transitive dependences of the dynamic states.
  const llvm::BitVector &reads(unsigned state) const { return direct[state]; }
  const Dependences &dependences() const { return *graph; }

  /// States whose equations, with all that they depend on, are linear with
  /// constant coefficients and driven by what is constant within a step.
  llvm::BitVector findLinear() const;
  /// x' = a*x + b where a and b do not depend on x.
  bool isConditionallyLinear(unsigned state) const;

private:
  NeuronOp cell;
  llvm::SmallVector<EquationOp> equations;
  llvm::SmallVector<llvm::StringRef> names;
  llvm::StringMap<unsigned> indices;
  llvm::StringSet<> driving;
  llvm::SmallVector<llvm::BitVector> direct;
  std::optional<Dependences> graph;
};

/// The state that a threshold compares with a bound, if it is one to cap.
struct Cap {
  llvm::StringRef state;
  mlir::Region *bound;
};
std::optional<Cap> findCap(NeuronOp cell);

/// The states that refractory neurons keep.
llvm::StringSet<> findHeldStates(NeuronOp cell);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_SYSTEM_H
