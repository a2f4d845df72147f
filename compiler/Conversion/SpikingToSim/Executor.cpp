//===- Executor.cpp - Regions of a cell as straight-line code ---*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Executor.h"

#include "dialects/Spiking/Analysis/LinearForm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using llvm::StringRef;

namespace snn {

SmallVector<Value> Executor::run(Region &region, ValueRange arguments,
                                 Environment &environment) {
  values = IRMapping();
  refractoryDuration = {};
  values.map(region.front().getArguments(), arguments);
  return runBlock(region.front(), environment);
}

SmallVector<Value> Executor::runBlock(Block &block, Environment &environment) {
  for (Operation &op : block) {
    if (isa<spiking::YieldOp, scf::YieldOp>(op)) {
      SmallVector<Value> yielded;
      for (Value operand : op.getOperands())
        yielded.push_back(values.lookup(operand));
      return yielded;
    }
    runOperation(op, environment);
  }
  return {};
}

void Executor::runOperation(Operation &op, Environment &environment) {
  Location loc = op.getLoc();
  std::optional<double> number;
  if (op.getNumResults() == 1 && op.getResult(0).getType().isF64())
    number = spiking::getConstantNumber(op.getResult(0));
  if (number) {
    // FloatAttr rounds to the nearest number of the element type.
    values.map(op.getResult(0),
               arith::ConstantOp::create(builder, loc,
                                         FloatAttr::get(element, *number)));
  } else if (auto read = dyn_cast<spiking::ReadOp>(op)) {
    std::string name = spiking::getFlatName(read.getVariable());
    auto *state = environment.find(name);
    values.map(read.getResult(), state != environment.end()
                                     ? state->second
                                     : source.read(loc, name));
  } else if (auto write = dyn_cast<spiking::WriteOp>(op)) {
    // A state that is not in the environment has been eliminated.
    StringRef name = write.getState().getLeafReference();
    if (auto *state = environment.find(name); state != environment.end())
      state->second = values.lookup(write.getValue());
  } else if (auto send = dyn_cast<spiking::SendOp>(op)) {
    environment[sentName] = values.lookup(send.getValue());
  } else if (auto refractory = dyn_cast<spiking::RefractoryOp>(op)) {
    refractoryDuration = values.lookup(refractory.getDuration());
  } else if (isa<spiking::StepSizeOp>(op)) {
    values.map(op.getResult(0), source.stepSize(loc));
  } else if (auto entry = dyn_cast<spiking::EntryOp>(op)) {
    values.map(entry.getResult(), source.entry(entry));
  } else if (isa<scf::IfOp>(op)) {
    runConditional(op, environment);
  } else {
    Operation *copy = builder.clone(op, values);
    for (Value result : copy->getResults())
      if (result.getType().isF64())
        result.setType(element);
  }
}

void Executor::runConditional(Operation &op, Environment &environment) {
  auto conditional = cast<scf::IfOp>(op);
  Value condition = values.lookup(conditional.getCondition());
  Environment otherwise = environment;
  SmallVector<Value> whenTrue =
      runBlock(conditional.getThenRegion().front(), environment);
  SmallVector<Value> whenFalse;
  if (!conditional.getElseRegion().empty())
    whenFalse = runBlock(conditional.getElseRegion().front(), otherwise);
  for (auto &[name, value] : environment)
    value = select(op.getLoc(), condition, value, otherwise.lookup(name));
  for (auto [result, a, b] :
       llvm::zip(conditional.getResults(), whenTrue, whenFalse))
    values.map(result, select(op.getLoc(), condition, a, b));
}

Value Executor::select(Location loc, Value condition, Value whenTrue,
                       Value whenFalse) {
  if (whenTrue == whenFalse)
    return whenTrue;
  return arith::SelectOp::create(builder, loc, condition, whenTrue, whenFalse);
}

} // namespace snn
