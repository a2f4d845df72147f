//===- RungeKutta.cpp - Coupled nonlinear equations -------------*- C++ -*-===//
//
// The classical method of fourth order. States outside the block have been
// advanced before; they enter at t, t + h/2 and t + h. A state that a threshold
// compares with a bound enters no stage beyond it: the exponential of a model
// that spikes at the bound would overflow there and poison the other states.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

namespace {

class RungeKutta {
public:
  RungeKutta(StepBuilder &step, llvm::ArrayRef<unsigned> block,
             std::optional<Cap> cap)
      : step(step), system(step.getSystem()), block(block), cap(cap) {}

  void solve() {
    SmallVector<Value> start;
    for (unsigned state : block)
      start.push_back(step.begin(state));
    auto atBegin = [&](unsigned state) { return step.begin(state); };
    auto atMiddle = [&](unsigned state) { return step.middle(state); };
    auto atEnd = [&](unsigned state) { return step.end(state); };
    SmallVector<Value> k1 = slopes(start, atBegin);
    SmallVector<Value> k2 = slopes(moved(k1, 0.5), atMiddle);
    SmallVector<Value> k3 = slopes(moved(k2, 0.5), atMiddle);
    SmallVector<Value> k4 = slopes(moved(k3, 1.0), atEnd);
    for (auto [i, state] : llvm::enumerate(block)) {
      ScalarBuilder scalars = step.scalars(state);
      Value outer = scalars.add(k1[i], k4[i]);
      Value inner = scalars.add(k2[i], k3[i]);
      Value sum =
          scalars.add(outer, scalars.multiply(scalars.constant(2.0), inner));
      Value sixth = step.stepSize(system.loc(state), 1.0 / 6.0);
      step.setEnd(state, scalars.add(start[i], scalars.multiply(sixth, sum)));
    }
  }

private:
  /// x + fraction h k.
  SmallVector<Value> moved(llvm::ArrayRef<Value> slope, double fraction) {
    SmallVector<Value> values;
    for (auto [i, state] : llvm::enumerate(block)) {
      ScalarBuilder scalars = step.scalars(state);
      Value h = step.stepSize(system.loc(state), fraction);
      values.push_back(
          scalars.add(step.begin(state), scalars.multiply(h, slope[i])));
    }
    return values;
  }

  /// The derivatives where the block has `values` and the others `outside`.
  SmallVector<Value> slopes(SmallVector<Value> values,
                            StepBuilder::ValuesAt outside) {
    auto at = [&](unsigned state) -> Value {
      const unsigned *place = llvm::find(block, state);
      return place == block.end() ? outside(state)
                                  : values[place - block.begin()];
    };
    if (cap && system.isDynamic(cap->state)) {
      unsigned capped = system.indexOf(cap->state);
      if (const unsigned *place = llvm::find(block, capped);
          place != block.end()) {
        ScalarBuilder scalars = step.scalars(capped);
        Value bound = inlineRegion(*cap->bound, {}, step.getBuilder(),
                                   [&](StringRef name) -> Value {
                                     if (!system.isDynamic(name))
                                       return {};
                                     return at(system.indexOf(name));
                                   })
                          .front();
        Value &value = values[place - block.begin()];
        value = scalars.cap(value, bound);
      }
    }
    SmallVector<Value> result;
    for (unsigned state : block)
      result.push_back(step.derivative(state, at));
    return result;
  }

  StepBuilder &step;
  const System &system;
  llvm::ArrayRef<unsigned> block;
  std::optional<Cap> cap;
};

} // namespace

void solveByRungeKutta(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                       std::optional<Cap> cap) {
  RungeKutta(step, block, cap).solve();
}

} // namespace snn::spiking
