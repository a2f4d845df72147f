//===- Euler.cpp - Forward Euler, together or one by one --------*- C++ -*-===//
//
// For models whose published results depend on it. The sequential form is that
// of Izhikevich (2003): the membrane potential takes two half steps, for
// stability, then the recovery variable takes a whole one from where the
// potential has arrived.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"

using namespace mlir;

namespace snn::spiking {

static Value eulerStep(StepBuilder &step, unsigned state, Value from,
                       double fraction, StepBuilder::ValuesAt at) {
  ScalarBuilder scalars = step.scalars(state);
  Value h = step.stepSize(step.getSystem().loc(state), fraction);
  Value slope = step.derivative(state, at);
  return scalars.add(from, scalars.multiply(h, slope));
}

void solveByEuler(StepBuilder &step, llvm::ArrayRef<unsigned> block) {
  auto atBegin = [&](unsigned state) { return step.begin(state); };
  for (unsigned state : block)
    step.setEnd(state, eulerStep(step, state, step.begin(state), 1.0, atBegin));
}

void solveSequentially(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                       unsigned substeps) {
  SmallVector<Value> current;
  for (unsigned state = 0; state < step.getSystem().size(); ++state)
    current.push_back(step.begin(state));
  auto atCurrent = [&](unsigned state) { return current[state]; };
  for (unsigned state : block) {
    unsigned parts =
        step.getSystem().isConditionallyLinear(state) ? 1 : substeps;
    for (unsigned part = 0; part < parts; ++part)
      current[state] =
          eulerStep(step, state, current[state], 1.0 / parts, atCurrent);
    step.setEnd(state, current[state]);
  }
}

} // namespace snn::spiking
