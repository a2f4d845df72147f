//===- RefractoryOnGrid.cpp - The refractory time is whole steps ----------===//
//
// Neurons count whole steps while they are refractory. A duration that is not
// whole steps would be moved in silence, where parameters alone decide it; one
// that is drawn is rounded.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Models.h"
#include "lang/Sema/Rules/Network.h"

namespace snn::lang::rules {

using namespace checked;

void checkRefractoryOnGrid(const NeuronModel &model,
                           const ParameterValues &params, double step,
                           SourceRange stepRange,
                           DiagnosticEngine &diagnostics) {
  if (!model.spike || !model.spike->refractory)
    return;
  const Expr &duration = *model.spike->refractory->duration;
  Environment environment = [&](const Expr &expr) {
    return expr.kind == ExprKind::Param ? params.values[expr.index]
                                        : std::nullopt;
  };
  std::optional<double> time = evaluate(duration, environment).value;
  // What is negative has a message of its own.
  if (time && *time > 0)
    checkOnGrid(*time, "refractory time", step,
                duration.kind == ExprKind::Param ? params.places[duration.index]
                                                 : duration.range,
                stepRange, diagnostics);
}

} // namespace snn::lang::rules
