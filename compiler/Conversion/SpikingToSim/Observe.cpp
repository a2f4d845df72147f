//===- Observe.cpp - Recorded quantities that are no state ------*- C++ -*-===//
//
// Lets and inputs are recomputed from the states where they are recorded, so
// that recording changes nothing that it records.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Kernels.h"

#include "dialects/Spiking/Transforms/Simplify.h"

using namespace mlir;
using llvm::StringRef;

namespace snn {

void buildObserve(Memory &memory, ArrayRef<spiking::LetOp> lets,
                  ArrayRef<spiking::InputOp> inputs) {
  if (lets.empty() && inputs.empty())
    return;
  spiking::NeuronOp cell = memory.getCell();
  OpBuilder builder(cell.getContext());
  builder.setInsertionPointToEnd(&memory.getPopulation().getBody().front());
  auto observe = sim::ObserveOp::create(builder, cell.getLoc());
  builder.setInsertionPointToEnd(&observe.getBody().front());
  StepSource source(builder, memory);

  Environment states;
  for (auto state : cell.getBody().getOps<spiking::StateOp>())
    states[state.getSymName()] = sim::LoadOp::create(
        builder, state.getLoc(), memory.getElement(), state.getSymName());
  auto store = [&](Location loc, StringRef name, StringRef unit, Value value) {
    memory.addField(loc, name, memory.getElement(), sim::Role::Observer, unit);
    sim::StoreOp::create(builder, loc, name, value);
  };
  for (spiking::LetOp let : lets) {
    Executor executor(builder, memory.getElement(), source);
    Value value = executor.run(let.getBody(), {}, states).front();
    store(let.getLoc(), let.getSymName(), let.getUnit(), value);
  }
  for (spiking::InputOp input : inputs)
    store(input.getLoc(), input.getSymName(), input.getUnit(),
          source.read(input.getLoc(), input.getSymName()));
  spiking::simplify(observe);
}

} // namespace snn
