//===- Stability.h - Steps too long for a method ----------------*- C++ -*-===//
//
// An explicit method multiplies a decaying state, x' = a x + ..., by a
// polynomial in ah at each step; where its absolute value exceeds one, the
// numerical solution grows without bound although the true one decays. The
// semi-implicit method divides a growing state by 1 - ah.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_STABILITY_H
#define SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_STABILITY_H

#include "dialects/Spiking/Transforms/Solvers/System.h"

namespace snn::spiking {

/// Fails, with an error at the equation, where the step of an experiment is too
/// long for `method` with the parameters of a population of the cell. Looks at
/// equations whose rate a is a constant of the model.
mlir::LogicalResult checkStability(const System &system, unsigned state,
                                   SolverKind method, unsigned substeps);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_TRANSFORMS_SOLVERS_STABILITY_H
