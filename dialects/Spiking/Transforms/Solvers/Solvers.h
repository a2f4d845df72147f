//===- Solvers.h - Methods of integration -----------------------*- C++ -*-===//
//
// Each advances some states of a system by the step of a StepBuilder. They are
// written so that what depends on parameters alone stands as an expression of
// its own, which spiking-fold-parameters then takes out of the step.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_SOLVERS_H
#define SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_SOLVERS_H

#include "dialects/Spiking/Transforms/Solvers/StepBuilder.h"

namespace snn::spiking {

/// Exact for a coupled block of linear equations with constant coefficients:
/// x(t + h) = exp(hA) x(t) + ..., over all that the block depends on. Gives the
/// values at t + h/2, too, where `withMiddle`.
void solveExactly(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                  bool withMiddle);

/// Largest number of states, inputs and the constant of an exact solution: what
/// the matrix exponential of the runtime takes.
constexpr unsigned maxExactVariables = 64;
/// How many of them the solution of a state has.
unsigned countExactVariables(const System &system, unsigned state);

/// x' = a x + b with a and b kept for the step: solved exactly. Where
/// `published`, all other states enter by their values at the beginning of the
/// step; else those solved before enter by their values in the middle of it.
void solveByExponentialEuler(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                             bool published);

/// x' = a x + b with a and b at the beginning of the step, and x at its end.
void solveSemiImplicitly(StepBuilder &step, llvm::ArrayRef<unsigned> block);

/// The classical Runge-Kutta method of fourth order, over a coupled block.
void solveByRungeKutta(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                       std::optional<Cap> cap);

/// x + h f(x), all derivatives at the beginning of the step.
void solveByEuler(StepBuilder &step, llvm::ArrayRef<unsigned> block);

/// One equation after the other, each reading what those before it have
/// reached; one that is not linear in its own state takes `substeps` parts of
/// the step.
void solveSequentially(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                       unsigned substeps);

/// Adds the white noise of the equations: g(x(t)) sqrt(h) xi, or, where
/// `exactGroups` says that x' = a x + ... + g xi with constant a and g is
/// solved exactly and x alone, the increment's exact standard deviation.
/// Substep `part` has draws of its own.
void addNoise(StepBuilder &step, const llvm::BitVector &alone, unsigned part);

/// The input that carries the standard normal numbers of a noise.
std::string noiseInputName(llvm::StringRef state, unsigned part);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_SOLVERS_H
