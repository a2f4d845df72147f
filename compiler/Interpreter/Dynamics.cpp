//===- Dynamics.cpp - The phases of a step ----------------------*- C++ -*-===//
//
// As the language defines them: integrate, receive, test the threshold, reset.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Cell.h"

#include <cmath>

using namespace mlir;

namespace snn::interpreter {

/// Puts back what the refractory neuron holds.
static void restore(double *frame, const double *begin,
                    ArrayRef<unsigned> slots) {
  for (unsigned slot : slots)
    frame[slot] = begin[slot];
}

void Cell::integrate(size_t i) {
  double *frame = frames[i].data();
  begins[i] = frames[i];
  if (!equations.empty())
    integrateEquations(frame, isHeld(i));
  else if (isHeld(i) && held)
    held->run(frame);
  else if (free)
    free->run(frame);
  if (isHeld(i))
    restore(frame, begins[i].data(), heldSlots);
}

void Cell::receive(size_t i, unsigned port, double weight) {
  double *frame = frames[i].data();
  bool lost = isHeld(i) && !keepingInput;
  if (weight != 0.0)
    reached[i] = true;
  ports[port].handler->run(frame, round(weight));
  if (lost)
    restore(frame, begins[i].data(), heldSlots);
}

llvm::SmallVector<double, 1> Cell::couple(size_t i, const Coupling &coupling,
                                          double weight,
                                          llvm::ArrayRef<double> states) {
  for (auto [read, state] : llvm::zip_equal(coupling.reads, states))
    frames[i][read.first] = state;
  return coupling.summands->run(frames[i].data(), round(weight));
}

bool Cell::testThreshold(size_t i) {
  if (!condition || isHeld(i) || population.getFollowed())
    return false;
  bool fires = condition->run(frames[i].data()).front() != 0;
  if (fires && rising)
    return condition->run(begins[i].data()).front() == 0;
  return fires;
}

void Cell::reset(size_t i, bool fired) {
  bool awake = fired || isHeld(i) || reached[i];
  reached[i] = false;
  if (!awake)
    putToRest(i);
  if (isHeld(i))
    --countdown[i];
  if (!fired || !resetting)
    return;
  double *frame = frames[i].data();
  frame[durationSlot] = 0.0;
  resetting->run(frame);
  double steps = std::nearbyint(frame[durationSlot] / run.step);
  if (run.schedule == spiking::Schedule::Brian2)
    steps -= 1.0;
  countdown[i] = std::max<int64_t>(0, static_cast<int64_t>(steps));
}

void Cell::follow(size_t i) {
  if (following)
    following->run(frames[i].data());
}

//===----------------------------------------------------------------------===//
// Equations as they are written
//===----------------------------------------------------------------------===//

LogicalResult Cell::check() {
  for (auto equation : neuron.getBody().getOps<spiking::EquationOp>())
    if (!equation.getNoise().empty())
      return equation.emitError("has white noise: solve the equations first");
  spiking::SolverAttr solver = neuron.getSolverAttr();
  if (!equations.empty() && solver && solver.getSequential())
    return neuron.emitError("is solved one equation after the other: solve the "
                            "equations first");
  return success();
}

void Cell::derivatives(double *frame, bool held,
                       llvm::MutableArrayRef<double> out) {
  if (bound)
    frame[capSlot] = std::min(frame[capSlot], bound->run(frame).front());
  for (auto [equation, derivative] : llvm::zip_equal(equations, out)) {
    bool still = held && llvm::is_contained(heldSlots, equation.state);
    derivative = still ? 0.0 : equation.derivative->run(frame).front();
  }
}

/// Euler's method where the model asks for it, for its results depend on it.
/// Else the classical Runge-Kutta method in parts of the step that are so short
/// that its error is far below that of any solver that it is compared with.
void Cell::integrateEquations(double *frame, bool held) {
  spiking::SolverAttr solver = neuron.getSolverAttr();
  bool euler = solver && solver.getKind() == spiking::SolverKind::Euler;
  unsigned numParts = euler ? solver.getSubsteps() : 8;
  double h = run.step / numParts;
  size_t n = equations.size();
  std::vector<double> k[4], begin(n);
  for (unsigned part = 0; part < numParts; ++part) {
    for (size_t i = 0; i < n; ++i)
      begin[i] = frame[equations[i].state];
    if (euler) {
      k[0].resize(n);
      derivatives(frame, held, k[0]);
      for (size_t i = 0; i < n; ++i)
        frame[equations[i].state] = begin[i] + h * k[0][i];
      continue;
    }
    constexpr double at[4] = {0.0, 0.5, 0.5, 1.0};
    for (unsigned stage = 0; stage < 4; ++stage) {
      for (size_t i = 0; stage && i < n; ++i)
        frame[equations[i].state] = begin[i] + at[stage] * h * k[stage - 1][i];
      k[stage].resize(n);
      derivatives(frame, held, k[stage]);
    }
    for (size_t i = 0; i < n; ++i)
      frame[equations[i].state] =
          begin[i] + h / 6.0 * (k[0][i] + 2.0 * (k[1][i] + k[2][i]) + k[3][i]);
  }
}

} // namespace snn::interpreter
