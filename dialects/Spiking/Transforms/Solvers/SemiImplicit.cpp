//===- SemiImplicit.cpp - Conductances now, potentials later ----*- C++ -*-===//
//
// x' = a x + b, where a and b (conductances, and what they drive towards) are
// those at the beginning of the step, and x stands for its end:
//
//   x(t+h) = (x + h b)/(1 - h a).
//
// It is the fused step of liquid time-constant networks (Hasani et al. 2021,
// AAAI 35:7657, equation 3), of first order, and does not grow for any step
// where a is negative: x(t+h) lies between x and -b/a.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

void solveSemiImplicitly(StepBuilder &step, llvm::ArrayRef<unsigned> block) {
  const System &system = step.getSystem();
  for (unsigned state : block) {
    ScalarBuilder scalars = step.scalars(state);
    StringRef self = system.name(state);
    auto isSelf = [&](StringRef name) { return name == self; };
    auto atBegin = [&](StringRef name) -> Value {
      return system.isDynamic(name) ? step.begin(system.indexOf(name))
                                    : Value();
    };
    LinearFormBuilder forms(scalars, isSelf, atBegin);
    LinearForm form = forms.decompose(system.derivative(state));
    Value h = step.stepSize(system.loc(state));
    Value later = scalars.subtract(scalars.constant(1.0),
                                   scalars.multiply(form.coefficient(self), h));
    Value now =
        scalars.add(step.begin(state), scalars.multiply(form.constant, h));
    step.setEnd(state, scalars.divide(now, later));
  }
}

} // namespace snn::spiking
