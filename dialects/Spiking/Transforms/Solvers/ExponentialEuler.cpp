//===- ExponentialEuler.cpp - Conditionally linear equations ----*- C++ -*-===//
//
// x' = a x + b, with a and b frozen for the step, has the solution
//
//   x(t+h) = x + h phi1(ah) (a x + b),   phi1(z) = expm1(z)/z.
//
// It needs no division by a, so that a -> 0 is nothing special. Frozen in the
// middle of the step, where the states it reads are already advanced (a
// membrane potential reads its conductances), the method is of second order;
// within a coupled block (membrane potential and gates) all start from the
// beginning of the step, and it is of first order, as in other simulators.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

void solveByExponentialEuler(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                             bool published) {
  const System &system = step.getSystem();
  SmallVector<Value> ends;
  for (unsigned state : block) {
    ScalarBuilder scalars = step.scalars(state);
    StringRef self = system.name(state);
    auto varies = [&](StringRef name) { return name == self; };
    auto frozen = [&](StringRef name) -> Value {
      if (!system.isDynamic(name))
        return {};
      unsigned other = system.indexOf(name);
      return published || llvm::is_contained(block, other) ? step.begin(other)
                                                           : step.middle(other);
    };
    LinearFormBuilder forms(scalars, varies, frozen);
    LinearForm form = forms.decompose(system.derivative(state));

    Value x = step.begin(state);
    Value rate = form.coefficient(self);
    Value slope = scalars.add(scalars.multiply(rate, x), form.constant);
    Value h = step.stepSize(system.loc(state));
    Value reach = scalars.multiply(h, scalars.phi1(scalars.multiply(rate, h)));
    ends.push_back(scalars.add(x, scalars.multiply(reach, slope)));
  }
  for (auto [state, end] : llvm::zip(block, ends))
    step.setEnd(state, end);
}

} // namespace snn::spiking
