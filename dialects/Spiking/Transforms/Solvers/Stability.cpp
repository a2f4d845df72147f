//===- Stability.cpp - Steps too long for an explicit method ----*- C++ -*-===//
//
// Bounds of the real axis: forward Euler |1 + z| <= 1 from z = -2, classical
// Runge-Kutta from z = -2.785.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/Stability.h"

#include "dialects/Spiking/Analysis/Evaluator.h"
#include "lang/Basic/Units.h"

#include <cmath>

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

/// The longest step of the experiments that simulate a network.
static std::optional<double> findStep(NetworkOp network) {
  std::optional<double> longest;
  auto module = network->getParentOfType<ModuleOp>();
  for (auto experiment : module.getOps<ExperimentOp>())
    if (experiment.getNetwork() == network.getSymName())
      longest = std::max(longest.value_or(0.0),
                         experiment.getStep().convertToDouble());
  return longest;
}

/// The rate a of x' = a x + b for one population, if it is a constant.
static std::optional<double> findRate(const System &system, unsigned state,
                                      PopulationOp population) {
  Region scratch;
  OpBuilder builder(population->getContext());
  builder.createBlock(&scratch);
  ScalarBuilder scalars(builder, system.loc(state));
  auto isSelf = [&](StringRef name) { return name == system.name(state); };
  auto keep = [](StringRef) -> Value { return {}; };
  LinearFormBuilder forms(scalars, isSelf, keep);
  LinearForm form = forms.decompose(system.derivative(state));
  Value rate = form.coefficient(system.name(state));
  if (!rate)
    return std::nullopt;
  return Evaluator(system.getCell(), population, std::nullopt).value(rate);
}

LogicalResult checkStability(const System &system, unsigned state,
                             SolverKind method, unsigned substeps) {
  double bound = method == SolverKind::RK4 ? 2.785 : 2.0;
  if (method != SolverKind::RK4 && method != SolverKind::Euler &&
      method != SolverKind::EulerMaruyama)
    return success();
  if (!system.isConditionallyLinear(state))
    return success();
  auto module = system.getCell()->getParentOfType<ModuleOp>();
  for (auto network : module.getOps<NetworkOp>()) {
    std::optional<double> step = findStep(network);
    if (!step)
      continue;
    for (auto population : network.getBody().getOps<PopulationOp>()) {
      if (population.getModel() != system.getCell().getSymName())
        continue;
      std::optional<double> rate = findRate(system, state, population);
      if (!rate || -*rate * *step / substeps <= bound)
        continue;
      auto inTime = [](double duration) {
        return lang::formatQuantity(duration, lang::Dimension::time());
      };
      auto needed = static_cast<unsigned>(std::ceil(-*rate * *step / bound));
      InFlightDiagnostic error = EquationOp(system.equation(state)).emitError();
      error << "the step of " << inTime(*step) << " is too long for `"
            << system.name(state) << "` of `" << population.getSymName()
            << "`: it decays with a time constant of " << inTime(-1.0 / *rate)
            << ", and would grow under " << stringifySolverKind(method);
      Diagnostic &note = error.attachNote();
      note << "take a step of at most " << inTime(-bound * substeps / *rate);
      // Sequential substeps do not divide the step of linear equations.
      SolverAttr solver = system.getCell().getSolverAttr();
      if (!solver || !solver.getSequential())
        note << ", or `substeps = " << needed << "`";
      note << ", or leave the solver to the compiler";
      return failure();
    }
  }
  return success();
}

} // namespace snn::spiking
