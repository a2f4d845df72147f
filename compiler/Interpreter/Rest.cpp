//===- Rest.cpp - Neurons that are put to rest ------------------*- C++ -*-===//
//
// A neuron at which nothing has arrived in a step, which neither fires nor is
// refractory, and of which every state x is near its rest, |x - r| <= eps, has
// x = r at the end of the step. The rest r is what its own steps lead to, from
// the state that the model declares and without input.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Cell.h"

#include <cmath>

using namespace mlir;

namespace snn::interpreter {

void Cell::putToRest(size_t i) {
  bool isNear = llvm::all_of(rests, [&](const Rest &rest) {
    double away = round(frames[i][rest.slot] - rest.values[i]);
    return std::fabs(away) <= round(rest.tolerance);
  });
  for (const Rest &rest : rests)
    if (isNear)
      frames[i][rest.slot] = rest.values[i];
}

/// Steps without input; whether the neuron fires in any of them.
bool Cell::advanceAlone(size_t i, uint64_t steps) {
  bool everFired = false;
  for (uint64_t n = 0; n < steps; ++n) {
    bool fires = false;
    integrate(i);
    if (run.schedule == spiking::Schedule::Brian2)
      fires = testThreshold(i);
    for (unsigned port = 0; port < ports.size(); ++port)
      if (ports[port].grid)
        receive(i, port, 0.0);
    if (run.schedule != spiking::Schedule::Brian2)
      fires = testThreshold(i);
    reset(i, fires);
    everFired |= fires;
  }
  return everFired;
}

LogicalResult Cell::findRest(size_t i) {
  constexpr uint64_t first = 512, last = uint64_t{1} << 20;
  setDeclaredStates(i);
  for (Rest &rest : rests)
    rest.values[i] = std::nan(""); // near to nothing
  bool fires = advanceAlone(i, first);
  for (uint64_t done = first; done < last; done *= 2) {
    Frame before = frames[i];
    fires = advanceAlone(i, done);
    bool settled = !fires && llvm::all_of(rests, [&](const Rest &rest) {
      return std::fabs(frames[i][rest.slot] - before[rest.slot]) <=
             rest.tolerance / 8;
    });
    if (!settled)
      continue;
    for (Rest &rest : rests)
      rest.values[i] = frames[i][rest.slot];
    return success();
  }
  return population.emitError("neuron ")
         << i << (fires ? " fires without input" : " does not come to rest");
}

LogicalResult Cell::findRests() {
  if (rests.empty())
    return success();
  for (size_t i = 0; i < size(); ++i) {
    Frame frame = frames[i], begin = begins[i];
    int64_t held = countdown[i];
    LogicalResult found = findRest(i);
    frames[i] = frame;
    begins[i] = begin;
    countdown[i] = held;
    if (failed(found))
      return failure();
  }
  return success();
}

} // namespace snn::interpreter
