//===- Delivery.cpp - What one arriving spike does --------------*- C++ -*-===//
//
// For ports whose handlers do more than add: the handler runs for each spike,
// on the states of the target in memory.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Kernels.h"

#include "dialects/Spiking/Transforms/Solvers/System.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

void buildDelivery(Memory &memory, spiking::PortOp port, Region &deliver) {
  spiking::NeuronOp cell = memory.getCell();
  Location loc = port.getLoc();
  OpBuilder builder(port.getContext());
  builder.setInsertionPointToEnd(&deliver.front());
  StepSource source(builder, memory);

  Environment before;
  for (auto state : cell.getBody().getOps<spiking::StateOp>())
    before[state.getSymName()] = sim::LoadOp::create(
        builder, loc, memory.getElement(), state.getSymName());
  Environment after = before;
  Executor executor(builder, memory.getElement(), source);
  executor.run(port.getBody(), deliver.getArguments(), after);

  spiking::RefractoryOp refractory;
  cell.walk([&](spiking::RefractoryOp op) { refractory = op; });
  llvm::StringSet<> heldStates;
  if (refractory && !refractory.getKeepingInput())
    heldStates = spiking::findHeldStates(cell);
  Value held;
  for (auto &[name, value] : after) {
    if (value == before[name])
      continue;
    Value stored = value;
    if (heldStates.contains(name)) {
      if (!held) {
        Value countdown = sim::LoadOp::create(
            builder, loc, builder.getI32Type(), countdownName);
        Value zero = arith::ConstantOp::create(builder, loc,
                                               builder.getI32IntegerAttr(0));
        held = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sgt,
                                     countdown, zero);
      }
      stored = arith::SelectOp::create(builder, loc, held, before[name], value);
    }
    sim::StoreOp::create(builder, loc, name, stored);
  }
}

} // namespace snn
