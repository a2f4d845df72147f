//===- ExponentialEuler.cpp - Conditionally linear equations ----*- C++ -*-===//
//
// x' = a x + b, with a and b frozen for the step, has the solution
//
//   x(t+h) = x + h phi1(ah) (a x + b),   phi1(z) = expm1(z)/z.
//
// It needs no division by a, so that a -> 0 is nothing special. Frozen in the
// middle of the step, where the states it reads are already advanced (a
// membrane potential reads its conductances), the method is of second order.
// The states of a coupled block (membrane potential and gates) advance one
// after the other, each reading what is already advanced at its end: the
// staggered steps of Hines (1984), Int. J. Biomed. Comput. 15:69, in which the
// gates live half a step beside the potential, of second order, too. Where the
// model names the method, all read the beginning of the step, as in other
// simulators: of first order.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

void solveByExponentialEuler(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                             bool published) {
  const System &system = step.getSystem();
  llvm::SmallDenseMap<unsigned, Value> ends;
  for (unsigned state : block) {
    ScalarBuilder scalars = step.scalars(state);
    StringRef self = system.name(state);
    auto varies = [&](StringRef name) { return name == self; };
    auto frozen = [&](StringRef name) -> Value {
      if (!system.isDynamic(name))
        return {};
      unsigned other = system.indexOf(name);
      if (published)
        return step.begin(other);
      if (!llvm::is_contained(block, other))
        return step.middle(other);
      Value end = ends.lookup(other);
      return end ? end : step.begin(other);
    };
    LinearFormBuilder forms(scalars, varies, frozen);
    LinearForm form = forms.decompose(system.derivative(state));

    Value x = step.begin(state);
    Value rate = form.coefficient(self);
    Value slope = scalars.add(scalars.multiply(rate, x), form.constant);
    Value h = step.stepSize(system.loc(state));
    Value reach = scalars.multiply(h, scalars.phi1(scalars.multiply(rate, h)));
    ends[state] = scalars.add(x, scalars.multiply(reach, slope));
  }
  for (unsigned state : block)
    step.setEnd(state, ends[state]);
}

} // namespace snn::spiking
