//===- Noise.cpp - White noise in equations ---------------------*- C++ -*-===//
//
// dx = f dt + g dW. The deterministic part is advanced by whichever method fits
// it, then g(x(t)) sqrt(h) xi is added (Euler and Maruyama; Ito's sense). For a
// state with constant leak a, constant g and an exact solution of its own, the
// increment has the exact standard deviation g sqrt(expm1(2ah)/(2a)), so that
// the stationary variance of an Ornstein-Uhlenbeck process does not depend on
// the step. The numbers xi come in through an input that a stimulus feeds with
// one standard normal number for each neuron and step.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

std::string noiseInputName(StringRef state, unsigned part) {
  std::string name = "xi." + state.str();
  return part == 0 ? name : name + "#" + std::to_string(part);
}

/// The standard deviation of what unit white noise adds in one step.
static Value noiseScale(StepBuilder &step, unsigned state, bool alone) {
  const System &system = step.getSystem();
  ScalarBuilder scalars = step.scalars(state);
  Value h = step.stepSize(system.loc(state));
  if (!alone)
    return scalars.sqrt(h);
  auto varies = [&](StringRef name) { return system.varies(name); };
  auto keep = [](StringRef) -> Value { return {}; };
  LinearFormBuilder forms(scalars, varies, keep);
  LinearForm form = forms.decompose(system.derivative(state));
  Value rate = form.coefficient(system.name(state));
  Value twice = scalars.multiply(scalars.constant(2.0), rate);
  // expm1(2ah)/(2a) = h phi1(2ah).
  Value variance =
      scalars.multiply(h, scalars.phi1(scalars.multiply(twice, h)));
  return scalars.sqrt(variance);
}

void addNoise(StepBuilder &step, const llvm::BitVector &alone, unsigned part) {
  const System &system = step.getSystem();
  for (unsigned state = 0; state < system.size(); ++state) {
    Region &noise = system.equation(state).getNoise();
    if (noise.empty())
      continue;
    Value coefficient = inlineRegion(noise, {}, step.getBuilder(),
                                     [&](StringRef name) -> Value {
                                       if (!system.isDynamic(name))
                                         return {};
                                       return step.begin(system.indexOf(name));
                                     })
                            .front();
    ScalarBuilder scalars = step.scalars(state);
    Value scale = noiseScale(step, state, alone.test(state));
    Value xi =
        step.read(noiseInputName(system.name(state), part), system.loc(state));
    Value increment =
        scalars.multiply(scalars.multiply(coefficient, scale), xi);
    step.setEnd(state, scalars.add(step.end(state), increment));
  }
}

} // namespace snn::spiking
