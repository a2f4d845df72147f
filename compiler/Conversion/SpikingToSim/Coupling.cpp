//===- Coupling.cpp - What a synapse adds in every step ---------*- C++ -*-===//
//
// A function of one synapse: its weight and the states of its source go in as
// arguments, what belongs to the target is loaded.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Kernels.h"

#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/Transforms/Simplify.h"

using namespace mlir;
using llvm::StringRef;

namespace snn {

namespace {

/// States of the source are arguments, the rest is as in any step.
class CouplingSource : public StepSource {
public:
  using StepSource::StepSource;
  Value read(Location loc, StringRef name) override {
    Value argument = arguments.lookup(name);
    return argument ? argument : StepSource::read(loc, name);
  }

  llvm::StringMap<Value> arguments;
};

} // namespace

void buildCoupling(Memory &memory, spiking::CoupleOp couple,
                   StringRef projection, OpBuilder &builder) {
  spiking::NeuronOp cell = memory.getCell();
  MLIRContext *context = builder.getContext();
  Location loc = couple.getLoc();
  // What of the sources is read, once each.
  SmallVector<std::pair<StringRef, StringRef>> reads;
  couple.walk([&](spiking::ReadOp read) {
    auto source = dyn_cast<spiking::SourceOp>(
        spiking::lookupVariable(read, read.getVariable()));
    std::pair<StringRef, StringRef> one;
    if (source)
      one = {source.getSymName(), source.getState()};
    if (source && !llvm::is_contained(reads, one))
      reads.push_back(one);
  });
  SmallVector<Attribute> states, sums;
  for (auto [name, state] : reads)
    states.push_back(FlatSymbolRefAttr::get(context, state));
  for (auto sum : couple.getSums().getAsRange<FlatSymbolRefAttr>())
    sums.push_back(
        FlatSymbolRefAttr::get(context, memory.inputName(sum.getValue())));
  auto op = sim::CouplingOp::create(
      builder, loc, projection, builder.getArrayAttr(states),
      builder.getArrayAttr(sums), memory.getElement());
  Block &body = op.getBody().front();
  builder.setInsertionPointToEnd(&body);

  CouplingSource source(builder, memory);
  for (auto [i, read] : llvm::enumerate(reads))
    source.arguments[read.first] = body.getArgument(1 + i);
  Environment environment;
  for (auto state : cell.getBody().getOps<spiking::StateOp>())
    environment[state.getSymName()] = sim::LoadOp::create(
        builder, loc, memory.getElement(), state.getSymName());
  Executor executor(builder, memory.getElement(), source);
  SmallVector<Value> added = executor.run(
      couple.getBody(), body.getArguments().take_front(), environment);
  sim::YieldOp::create(builder, loc, added);
  spiking::simplify(op);
}

} // namespace snn
