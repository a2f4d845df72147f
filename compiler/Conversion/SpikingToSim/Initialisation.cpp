//===- Initialisation.cpp - Constants and initial states --------*- C++ -*-===//
//
// Code in f64 over parameters and the step, run before the first step and after
// a change of a parameter. Its results are rounded once, to the precision of
// the population.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Kernels.h"

#include "dialects/Spiking/Transforms/Simplify.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using llvm::StringRef;

namespace snn {

namespace {

/// Values in initialisation: everything follows from the given parameters.
class InitialisationSource : public ValueSource {
public:
  InitialisationSource(OpBuilder &builder, Memory &memory)
      : builder(builder), memory(memory) {}

  Value read(Location loc, StringRef name) override {
    if (Value known = variables.lookup(name))
      return known;
    Operation *declaration =
        SymbolTable::lookupSymbolIn(memory.getCell(), name);
    Value value;
    if (auto param = dyn_cast<spiking::ParamOp>(declaration))
      value = memory.isGiven(param)
                  ? sim::GetParameterOp::create(builder, loc,
                                                builder.getF64Type(), name)
                  : evaluate(param.getDefault());
    else
      value = evaluate(cast<spiking::DerivedOp>(declaration).getBody());
    return variables[name] = value;
  }

  Value stepSize(Location loc) override {
    if (!step)
      step = sim::StepSizeOp::create(builder, loc, builder.getF64Type());
    return step;
  }

  Value entry(spiking::EntryOp entry) override {
    return element(entry.getLoc(), entry.getPropagator(), entry.getRow(),
                   entry.getColumn());
  }

  /// An element of the exponential of [A, b; 0, 0].
  Value element(Location loc, StringRef name, int64_t row, int64_t column) {
    auto propagator = cast<spiking::PropagatorOp>(
        SymbolTable::lookupSymbolIn(memory.getCell(), name));
    int64_t n = propagator.getVariables().size();
    int64_t size = n + (propagator.getAffine() ? 1 : 0);
    sim::ExpmOp &exponential = exponentials[name];
    if (!exponential) {
      SmallVector<Value> yielded = run(propagator.getMatrix());
      Value zero =
          arith::ConstantOp::create(builder, loc, builder.getF64FloatAttr(0.0));
      SmallVector<Value> matrix(size * size, zero);
      for (int64_t i = 0; i < n; ++i) {
        for (int64_t j = 0; j < n; ++j)
          matrix[i * size + j] = yielded[i * n + j];
        if (propagator.getAffine())
          matrix[i * size + n] = yielded[n * n + i];
      }
      Value h = stepSize(loc);
      exponential = sim::ExpmOp::create(builder, loc, h, matrix);
    }
    return exponential.getResult(row * size + column);
  }

  Value evaluate(Region &region) { return run(region).front(); }

private:
  SmallVector<Value> run(Region &region) {
    Environment none;
    Executor executor(builder, builder.getF64Type(), *this);
    return executor.run(region, {}, none);
  }

  OpBuilder &builder;
  Memory &memory;
  llvm::StringMap<Value> variables;
  llvm::StringMap<sim::ExpmOp> exponentials;
  Value step;
};

Value evaluateDerived(OpBuilder &builder, Location loc,
                      InitialisationSource &source, const Derived &derived) {
  switch (derived.kind) {
  case Derived::Variable:
    return source.read(loc, derived.source);
  case Derived::Entry:
    return source.element(loc, derived.source, derived.row, derived.column);
  case Derived::StepSize:
    return source.stepSize(loc);
  case Derived::Steps: {
    Value ratio = arith::DivFOp::create(
        builder, loc, source.read(loc, derived.source), source.stepSize(loc));
    return math::RoundEvenOp::create(builder, loc, ratio);
  }
  }
  llvm_unreachable("all kinds are handled");
}

} // namespace

/// Names that no kernel and no delivery reads go. Deliveries to other
/// populations are not looked at: there may be thousands.
static void dropUnused(Memory &memory) {
  llvm::StringSet<> used;
  sim::PopulationOp population = memory.getPopulation();
  auto look = [&](Operation *part) {
    part->walk([&](Operation *op) {
      if (auto load = dyn_cast<sim::LoadOp>(op))
        used.insert(load.getName());
      else if (auto get = dyn_cast<sim::GetConstantOp>(op))
        used.insert(get.getName());
    });
  };
  look(population);
  for (Operation &part : *population->getBlock()) {
    auto projection = dyn_cast<sim::ProjectionOp>(part);
    if (projection ? projection.getTarget() == population.getSymName()
                   : !isa<sim::PopulationOp>(part))
      look(&part);
  }
  memory.removeDerivedIf([&](StringRef name) { return !used.contains(name); });
}

void buildInitialisation(Memory &memory) {
  dropUnused(memory);
  spiking::NeuronOp cell = memory.getCell();
  Location loc = cell.getLoc();
  OpBuilder builder = memory.declarations();

  auto constants = sim::InitConstantsOp::create(builder, loc);
  auto neurons = sim::InitNeuronsOp::create(builder, loc);
  {
    builder.setInsertionPointToEnd(&constants.getBody().front());
    InitialisationSource source(builder, memory);
    for (auto &[name, derived] : memory.getDerived())
      if (!derived.perNeuron) {
        Value value = evaluateDerived(builder, loc, source, derived);
        sim::SetConstantOp::create(builder, loc, name, value);
      }
  }
  builder.setInsertionPointToEnd(&neurons.getBody().front());
  InitialisationSource source(builder, memory);
  for (auto &[name, derived] : memory.getDerived())
    if (derived.perNeuron) {
      Value value = evaluateDerived(builder, loc, source, derived);
      sim::SetFieldOp::create(builder, loc, name, value);
    }
  for (auto state : cell.getBody().getOps<spiking::StateOp>()) {
    Value value = source.evaluate(state.getInit());
    sim::SetFieldOp::create(builder, state.getLoc(), state.getSymName(), value);
  }
  spiking::simplify(constants);
  spiking::simplify(neurons);
  if (constants.getBody().front().empty())
    constants.erase();
}

} // namespace snn
