//===- StepBuilder.h - The body of a step while it is built -----*- C++ -*-===//
//
// Knows each state's value at the beginning of the (sub)step and, once its
// solver has run, at the end; solvers ask for the values that they need:
//
//   begin(x)    x(t)
//   middle(x)   x(t + h/2): exact for states solved exactly, else the mean of
//               both ends; second order either way
//   end(x)      x(t + h)
//
// Driving variables have one value in the whole step.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_STEPBUILDER_H
#define SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_STEPBUILDER_H

#include "dialects/Spiking/Transforms/Solvers/System.h"

namespace snn::spiking {

class StepBuilder {
public:
  StepBuilder(const System &system, StepOp step, unsigned substeps);

  const System &getSystem() const { return system; }
  mlir::OpBuilder &getBuilder() { return builder; }
  ScalarBuilder scalars(unsigned state) {
    return ScalarBuilder(builder, system.loc(state));
  }

  /// h/n, in ms, or a fraction of it.
  mlir::Value stepSize(mlir::Location loc, double fraction = 1.0);
  unsigned getSubsteps() const { return substeps; }

  mlir::Value begin(unsigned state) { return begins[state]; }
  mlir::Value middle(unsigned state);
  mlir::Value end(unsigned state) { return ends[state]; }
  bool isSolved(unsigned state) const { return ends[state] != nullptr; }
  /// The value of what does not change within the step.
  mlir::Value read(llvm::StringRef variable, mlir::Location loc);

  void setEnd(unsigned state, mlir::Value value) { ends[state] = value; }
  void setMiddle(unsigned state, mlir::Value value) { middles[state] = value; }

  /// The value of equation `state` where `at` gives the dynamic states.
  using ValuesAt = llvm::function_ref<mlir::Value(unsigned)>;
  mlir::Value derivative(unsigned state, ValuesAt at);

  /// The ends become the beginnings of the next substep.
  void advance();
  /// Writes the states back.
  void finish();

private:
  const System &system;
  mlir::OpBuilder builder;
  unsigned substeps;
  llvm::SmallVector<mlir::Value> begins, middles, ends;
};

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_STEPBUILDER_H
