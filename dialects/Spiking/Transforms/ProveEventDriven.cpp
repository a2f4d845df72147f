//===- ProveEventDriven.cpp - Closed forms between events -------*- C++ -*-===//
//
// A state of a synapse need not be touched between its events if its equation
// has a closed solution there: x' = a x + b with numbers a and b gives
//
//   x(t) = x(0) + b t                                      for a = 0, else
//   x(t) = x(0) e^(a t) + (b/a) (e^(a t) - 1).
//
// What reads a trace, a modulator, the membrane or another state of the synapse
// changes with these, so that nothing is known between events.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/Transforms/Passes.h"
#include "dialects/Spiking/Transforms/Simplify.h"

#include "mlir/IR/Remarks.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGPROVEEVENTDRIVEN
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;
using llvm::StringRef;

namespace {

class ProveEventDriven
    : public spiking::impl::SpikingProveEventDrivenBase<ProveEventDriven> {
  void runOnOperation() override {
    for (auto rule : getOperation().getOps<PlasticityOp>())
      if (failed(prove(rule)))
        signalPassFailure();
  }

  LogicalResult prove(PlasticityOp rule) {
    SmallVector<EquationOp> equations(rule.getBody().getOps<EquationOp>());
    if (equations.empty())
      return success();
    OpBuilder builder(equations.front());
    auto elapse = ElapseOp::create(builder, rule.getLoc());
    for (EquationOp equation : equations) {
      builder.setInsertionPointToEnd(&elapse.getBody().front());
      if (failed(solve(equation, elapse.getBody().getArgument(0), builder)))
        return failure();
      ++numProven;
      equation.erase();
    }
    simplify(elapse);
    return success();
  }

  LogicalResult solve(EquationOp equation, Value time, OpBuilder &builder) {
    StringRef state = equation.getState();
    Location loc = equation.getLoc();
    Value derivative =
        equation.getDerivative().front().getTerminator()->getOperand(0);
    WalkResult others = equation.getDerivative().walk([&](ReadOp read) {
      bool isOwn = read.getVariable().getNestedReferences().empty() &&
                   getReadName(read) == state;
      return isOwn ? WalkResult::advance() : WalkResult::interrupt();
    });
    auto isState = [&](StringRef name) { return name == state; };
    if (others.wasInterrupted() ||
        DegreeAnalysis(isState).of(derivative) == Degree::Nonlinear)
      return equation.emitError()
             << "`" << state
             << "` has no closed form between the events of a synapse";

    ScalarBuilder scalars(builder, loc);
    LinearFormBuilder forms(scalars, isState,
                            [](StringRef) { return Value(); });
    LinearForm form = forms.decompose(derivative);
    Value slope = form.coefficient(state), drift = form.constant;
    Value old = ReadOp::create(builder, loc, state);
    Value result;
    if (getConstantNumber(slope) == 0.0) {
      result = scalars.add(old, scalars.multiply(drift, time));
    } else {
      Value grown = scalars.exp(scalars.multiply(slope, time));
      result = scalars.multiply(old, grown);
      if (getConstantNumber(drift) != 0.0) {
        Value target = scalars.divide(drift, slope);
        Value gained = scalars.multiply(
            target, scalars.subtract(grown, scalars.constant(1.0)));
        result = scalars.add(result, gained);
      }
    }
    WriteOp::create(builder, loc, state, scalars.materialize(result));
    remark::passed(loc,
                   remark::RemarkOpts::name("EventDriven").category("spiking"))
        << remark::metric("State", state);
    return success();
  }
};

} // namespace
