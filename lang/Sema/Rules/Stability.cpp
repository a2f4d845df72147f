//===- Stability.cpp - Euler's method follows what it solves --------------===//
//
// A decay with time constant tau is multiplied by 1 - h/tau in a step h of
// Euler's method, which grows without bound where h > 2*tau. The runs end with
// infinities, far from the cause.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Models.h"
#include "lang/Sema/Rules/Network.h"

#include <cmath>

namespace snn::lang::rules {

using namespace checked;

using Values = std::vector<std::optional<double>>;

std::optional<double> slopeOf(const Dynamics &model, const Equation &equation,
                              const Values &params) {
  auto derivativeAt = [&](double state) -> std::optional<double> {
    Environment environment = [&](const Expr &expr) -> std::optional<double> {
      switch (expr.kind) {
      case ExprKind::Param:
        return params[expr.index];
      case ExprKind::State:
        return expr.index == equation.state ? state : 0;
      case ExprKind::Let:
        return evaluate(*model.lets[expr.index].value, environment).value;
      case ExprKind::Input:
      case ExprKind::Host:
      case ExprKind::ReceptorOutput:
      case ExprKind::Time:
        return 0;
      default:
        return std::nullopt;
      }
    };
    return evaluate(*equation.drift, environment).value;
  };
  std::optional<double> zero = derivativeAt(0), one = derivativeAt(1),
                        two = derivativeAt(2);
  if (!zero || !one || !two)
    return std::nullopt;
  double slope = *one - *zero, next = *two - *one;
  bool isLinear = std::isfinite(slope) && std::isfinite(next) &&
                  std::fabs(slope - next) <= 1e-9 * std::fabs(slope);
  return isLinear ? std::optional(slope) : std::nullopt;
}

namespace {

/// The parts of a step that Euler's method takes; none for other methods.
std::optional<double> eulerParts(const Dynamics &model) {
  bool isEuler = false;
  double parts = 1;
  for (const Attribute &attribute : model.attributes)
    for (const AttributeArgument &argument : attribute.arguments) {
      if (attribute.name != "solver")
        continue;
      isEuler |= argument.word == "euler";
      if (argument.key == "substeps" && argument.isNumber)
        parts = argument.number;
    }
  return isEuler ? std::optional(parts) : std::nullopt;
}

void checkEquations(const Dynamics &model, const Values &params, double step,
                    DiagnosticEngine &diagnostics) {
  for (const Equation &equation : model.equations) {
    std::optional<double> slope = slopeOf(model, equation, params);
    if (!slope || -*slope * step <= 2 * (1 + 1e-9))
      continue;
    double tau = -1 / *slope;
    auto shown = [](double time) {
      return formatRounded(time, Dimension::time());
    };
    diagnostics
        .report(diag::UnstableStep, equation.range, shown(step),
                model.states[equation.state].name, shown(tau), shown(2 * tau))
        .at("linear: has an exact solution")
        .help("leave `@solver(euler)` out (linear equations are solved "
              "exactly), or take a step of at most " +
              shown(tau / 2));
  }
}

} // namespace

void checkStability(const Population &population, const Program &program,
                    double step, DiagnosticEngine &diagnostics) {
  if (population.kind != Population::Kind::Neurons)
    return;
  const NeuronModel &model = program.neurons[population.model];
  std::optional<double> parts = eulerParts(model);
  if (!parts)
    return;
  // What differs between neurons is unknown, and so is what follows from it.
  auto given = [](const std::vector<std::optional<Value>> &own, Values base) {
    for (size_t i = 0; i < own.size(); ++i)
      if (own[i])
        base[i] = own[i]->kind == Value::Kind::Constant ? own[i]->constant
                                                        : std::nan("");
    return base;
  };
  Values params = evaluateParameters(
      model.params, given(population.params, Values(model.params.size())));
  checkEquations(model, params, step / *parts, diagnostics);
  Environment ofNeuron = [&](const Expr &expr) -> std::optional<double> {
    return expr.kind == ExprKind::Param ? params[expr.index] : std::nullopt;
  };
  for (size_t r = 0; r < model.receptors.size(); ++r) {
    const Receptor &receptor = model.receptors[r];
    const SynapseModel &synapse = program.synapses[receptor.synapse];
    Values arguments(synapse.params.size());
    for (size_t i = 0; i < arguments.size(); ++i)
      if (receptor.arguments[i])
        arguments[i] = evaluate(*receptor.arguments[i], ofNeuron).value;
    arguments = given(population.receptors[r].params, std::move(arguments));
    checkEquations(synapse,
                   evaluateParameters(synapse.params, std::move(arguments)),
                   step / *parts, diagnostics);
  }
}

} // namespace snn::lang::rules
