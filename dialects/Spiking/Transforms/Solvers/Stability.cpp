//===- Stability.cpp - Steps too long for a method --------------*- C++ -*-===//
//
// Bounds of the real axis: forward Euler |1 + z| <= 1 from z = -2, classical
// Runge-Kutta from z = -2.785. The semi-implicit step divides by 1 - z, which
// changes its sign at z = 1.
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

/// What `@solver` takes.
static constexpr unsigned MostSubsteps = 1000;

/// The value of a*h from which, further from zero, a method goes wrong; none if
/// it never does.
static std::optional<double> boundOf(SolverKind method) {
  switch (method) {
  case SolverKind::RK4:
    return -2.785;
  case SolverKind::Euler:
  case SolverKind::EulerMaruyama:
    return -2.0;
  case SolverKind::SemiImplicit:
    return 1.0;
  default:
    return std::nullopt;
  }
}

LogicalResult checkStability(const System &system, unsigned state,
                             SolverKind method, unsigned substeps) {
  std::optional<double> bound = boundOf(method);
  if (!bound)
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
      bool grows = *bound > 0;
      double part = rate ? *rate * *step / substeps : 0;
      if (grows ? part < *bound : part >= *bound)
        continue;
      auto inTime = [](double duration) {
        return lang::formatQuantity(duration, lang::Dimension::time());
      };
      double parts = *rate * *step / *bound;
      double needed = grows ? std::floor(parts) + 1 : std::ceil(parts);
      InFlightDiagnostic error = EquationOp(system.equation(state)).emitError();
      error << "the step of " << inTime(*step) << " is too long for `"
            << system.name(state) << "` of `" << population.getSymName()
            << "`: it " << (grows ? "grows" : "decays")
            << " with a time constant of " << inTime(1.0 / std::abs(*rate))
            << ", and would " << (grows ? "change its sign" : "grow")
            << " under " << stringifySolverKind(method);
      Diagnostic &note = error.attachNote();
      note << "take a step of " << (grows ? "less than " : "at most ")
           << inTime(*bound * substeps / *rate);
      // Sequential substeps do not divide the step of linear equations.
      SolverAttr solver = system.getCell().getSolverAttr();
      if (needed <= MostSubsteps && (!solver || !solver.getSequential()))
        note << ", or `substeps = " << static_cast<unsigned>(needed) << "`";
      note << ", or leave the solver to the compiler";
      return failure();
    }
  }
  return success();
}

} // namespace snn::spiking
