//===- RheobasePrune.cpp - Units that stay silent for a window --*- C++ -*-===//
//
// A unit whose argument x is the same at each step has, before its first spike,
// u_t = beta^t u_0 + (bias + x)(1 - beta^t)/(1 - beta): it is silent for all T
// steps if and only if u_t stays below theta. Each rounded step of that is
// monotone in x, so the least x that fires is found by bisection in the very
// arithmetic of the units, and one comparison stands for T updates, exactly.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Interpreter.h"
#include "dialects/Ann/Transforms/Passes.h"

namespace snn::ann {
#define GEN_PASS_DEF_ANNRHEOBASEPRUNE
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

class RheobasePrune
    : public snn::ann::impl::AnnRheobasePruneBase<RheobasePrune> {
  void runOnOperation() override {
    for (auto window : getOperation().getBody().getOps<WindowOp>())
      for (auto fire : window.getBody().getOps<FireOp>()) {
        if (fire.getInput().getParentRegion() == &window.getBody())
          continue;
        SmallVector<int64_t> rheobase;
        for (size_t row = 0; row < fire.getThetas().size(); ++row)
          rheobase.push_back(leastThatFires(fire, row, window.getSteps()));
        fire.setRheobase(rheobase);
        ++numCompared;
      }
  }

  static bool fires(FireOp op, size_t row, uint64_t steps, int64_t argument) {
    double u = op.getStart().convertToDouble() * op.getThetas()[row];
    for (uint64_t step = 0; step < steps; ++step) {
      Potential next = bringForward(op, row, u, argument);
      if (next.fires)
        return true;
      // What is repeated does not change any more.
      if (next.u == u)
        return false;
      u = next.u;
    }
    return false;
  }

  /// Of all whole numbers of 32 bits, or one more than the greatest.
  static int64_t leastThatFires(FireOp op, size_t row, uint64_t steps) {
    int64_t silent = int64_t(INT32_MIN) - 1, firing = int64_t(INT32_MAX) + 1;
    while (firing - silent > 1) {
      int64_t middle = silent + (firing - silent) / 2;
      (fires(op, row, steps, middle) ? firing : silent) = middle;
    }
    return firing;
  }
};

} // namespace
