//===- StepBuilder.cpp - The body of a step while it is built ---*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/StepBuilder.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

StepBuilder::StepBuilder(const System &system, StepOp step, unsigned substeps)
    : system(system), builder(step.getContext()), substeps(substeps),
      middles(system.size()), ends(system.size()) {
  builder.setInsertionPointToEnd(&step.getBody().front());
  for (unsigned state = 0; state < system.size(); ++state)
    begins.push_back(read(system.name(state), system.loc(state)));
}

Value StepBuilder::stepSize(Location loc, double fraction) {
  ScalarBuilder scalars(builder, loc);
  Value size = StepSizeOp::create(builder, loc);
  return scalars.multiply(size, scalars.constant(fraction / substeps));
}

Value StepBuilder::read(StringRef variable, Location loc) {
  return ReadOp::create(builder, loc, variable);
}

Value StepBuilder::middle(unsigned state) {
  if (middles[state])
    return middles[state];
  ScalarBuilder scalars = this->scalars(state);
  Value sum = scalars.add(begins[state], ends[state]);
  return middles[state] = scalars.multiply(sum, scalars.constant(0.5));
}

Value StepBuilder::derivative(unsigned state, ValuesAt at) {
  return inlineRegion(system.equation(state).getDerivative(), {}, builder,
                      [&](StringRef variable) -> Value {
                        if (system.isDynamic(variable))
                          return at(system.indexOf(variable));
                        return {};
                      })
      .front();
}

void StepBuilder::advance() {
  begins = ends;
  middles.assign(system.size(), {});
  ends.assign(system.size(), {});
}

void StepBuilder::finish() {
  for (unsigned state = 0; state < system.size(); ++state)
    WriteOp::create(builder, system.loc(state), system.name(state),
                    begins[state]);
}

} // namespace snn::spiking
