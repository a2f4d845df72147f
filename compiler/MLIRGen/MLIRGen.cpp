//===- MLIRGen.cpp - Checked programs to the spiking dialect ----*- C++ -*-===//
//
// Emits the models that the network uses, once each, then the network and the
// experiment.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/MLIRGen.h"

#include "compiler/MLIRGen/Generator.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include <set>

using namespace mlir;
using namespace snn;
using namespace snn::mlirgen;

OwningOpRef<ModuleOp>
mlirgen::generateModule(MLIRContext &context,
                        const lang::checked::Program &program,
                        const lang::checked::Experiment &experiment,
                        const lang::SourceMap &sources) {
  context.loadDialect<spiking::SpikingDialect, arith::ArithDialect,
                      func::FuncDialect, math::MathDialect, scf::SCFDialect>();
  return Generator(context, program, experiment, sources).run();
}

OwningOpRef<ModuleOp> Generator::run() {
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc(experiment.range));
  builder.setInsertionPointToEnd(module->getBody());
  std::set<unsigned> neurons, synapses;
  for (const lang::checked::Population &population : network.populations)
    if (population.kind == lang::checked::Population::Kind::Neurons)
      neurons.insert(population.model);
  for (unsigned neuron : neurons)
    for (const lang::checked::Receptor &receptor :
         program.neurons[neuron].receptors)
      synapses.insert(receptor.synapse);
  for (unsigned synapse : synapses)
    emitSynapse(program.synapses[synapse]);
  for (unsigned neuron : neurons)
    emitNeuron(program.neurons[neuron]);
  std::set<unsigned> rules;
  for (const lang::checked::Projection &projection : network.projections)
    if (projection.plasticity)
      rules.insert(projection.plasticity->rule);
  for (unsigned rule : rules)
    if (failed(emitPlasticity(program.plasticity[rule])))
      return nullptr;
  if (failed(emitNetwork()))
    return nullptr;
  emitExperiment();
  return module;
}

void Generator::inBlock(Region &region, llvm::function_ref<void()> fill) {
  OpBuilder::InsertionGuard guard(builder);
  if (region.empty())
    region.emplaceBlock();
  builder.setInsertionPointToEnd(&region.front());
  fill();
}

void Generator::yieldExpression(Region &region, const lang::checked::Expr &expr,
                                Names names) {
  inBlock(region, [&] {
    ExpressionEmitter emitter(builder, loc, names);
    Value value = emitter.emit(expr);
    spiking::YieldOp::create(builder, loc(expr.range), ValueRange(value));
  });
}

void Generator::yieldTimeFunction(Region &region,
                                  const lang::checked::Expr &expr) {
  inBlock(region, [&] {
    ExpressionEmitter emitter(builder, loc, {});
    emitter.time = region.front().getArgument(0);
    Value value = emitter.emit(expr);
    spiking::YieldOp::create(builder, loc(expr.range), ValueRange(value));
  });
}
