//===- Models.cpp - Neurons and synapses to the spiking dialect -*- C++ -*-===//
//
// Each declaration of a model becomes one operation with the same name.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/Generator.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace snn;
using namespace snn::mlirgen;
namespace checked = snn::lang::checked;

void Generator::emitDynamics(const checked::Dynamics &dynamics, Names names) {
  for (const checked::Parameter &param : dynamics.params) {
    std::optional<double> number;
    if (param.defaultValue &&
        param.defaultValue->kind == checked::ExprKind::Number)
      number = param.defaultValue->number;
    auto op = spiking::ParamOp::create(builder, loc(param.range), param.name,
                                       param.dimension.unit(), number);
    if (param.defaultValue && !number)
      yieldExpression(op.getDefault(), *param.defaultValue, names);
  }
  for (const checked::State &state : dynamics.states) {
    auto op = spiking::StateOp::create(builder, loc(state.range), state.name,
                                       state.dimension.unit());
    yieldExpression(op.getInit(), *state.initial, names);
  }
  for (const checked::Let &let : dynamics.lets) {
    auto op = spiking::LetOp::create(builder, loc(let.range), let.name,
                                     let.value->dimension.unit());
    yieldExpression(op.getBody(), *let.value, names);
  }
  for (const checked::Equation &equation : dynamics.equations) {
    auto op = spiking::EquationOp::create(builder, loc(equation.range),
                                          dynamics.states[equation.state].name);
    yieldExpression(op.getDerivative(), *equation.drift, names);
    if (equation.noise.empty())
      continue;
    // Independent noises add in variance: one noise of that amplitude has the
    // same law.
    inBlock(op.getNoise(), [&] {
      ExpressionEmitter emitter(builder, loc, names);
      Location at = loc(equation.range);
      Value amplitude = emitter.emit(*equation.noise.front());
      if (equation.noise.size() > 1) {
        Value variance =
            arith::MulFOp::create(builder, at, amplitude, amplitude);
        for (const checked::ExprRef &noise : llvm::drop_begin(equation.noise)) {
          Value next = emitter.emit(*noise);
          Value square = arith::MulFOp::create(builder, at, next, next);
          variance = arith::AddFOp::create(builder, at, variance, square);
        }
        amplitude = math::SqrtOp::create(builder, at, variance);
      }
      spiking::YieldOp::create(builder, at, ValueRange(amplitude));
    });
  }
}

void Generator::emitPort(const checked::Port &port, Region &body, Names names) {
  inBlock(body, [&] {
    ExpressionEmitter emitter(builder, loc, names);
    emitter.arguments = body.front().getArguments();
    emitter.emit(port.body);
  });
}

void Generator::emitSums(const checked::SynapseModel &synapse, Names names) {
  for (const checked::Host &source : synapse.sources)
    spiking::SourceOp::create(builder, loc(source.range),
                              sourceName(source.name), source.name,
                              source.dimension.unit());
  SmallVector<StringRef> sums;
  for (const checked::SynapticSum &sum : synapse.sums) {
    spiking::InputOp::create(builder, loc(sum.range), sum.name,
                             sum.dimension.unit());
    sums.push_back(sum.name);
  }
  const checked::Port &weighted = synapse.onSpike;
  auto op = spiking::CoupleOp::create(
      builder, loc(weighted.range), spiking::CoupleOp::nameInSynapse,
      weighted.arguments.front().dimension.unit(), sums);
  inBlock(op.getBody(), [&] {
    ExpressionEmitter emitter(builder, loc, names);
    emitter.arguments = op.getBody().front().getArguments();
    SmallVector<Value> values;
    for (const checked::SynapticSum &sum : synapse.sums)
      values.push_back(emitter.emit(*sum.summand));
    spiking::YieldOp::create(builder, loc(weighted.range), values);
  });
}

void Generator::emitSynapse(const checked::SynapseModel &synapse) {
  auto op =
      spiking::SynapseOp::create(builder, loc(synapse.range), synapse.name);
  Names names{&synapse, nullptr, &synapse, &program};
  inBlock(op.getBody(), [&] {
    for (const checked::Host &host : synapse.hosts)
      spiking::HostOp::create(builder, loc(host.range), host.name,
                              host.dimension.unit());
    const checked::Port &handler = synapse.onSpike;
    if (synapse.isContinuous()) {
      emitSums(synapse, names);
      emitDynamics(synapse, names);
      return;
    }
    emitDynamics(synapse, names);
    auto onSpike =
        spiking::OnSpikeOp::create(builder, loc(handler.range),
                                   handler.arguments.front().dimension.unit());
    emitPort(handler, onSpike.getBody(), names);
  });
}

/// The value of a neuron that a synapse on it reads.
static const std::string &nameOf(const checked::NeuronModel &neuron,
                                 const checked::HostBinding &host) {
  using Kind = checked::HostBinding::Kind;
  switch (host.kind) {
  case Kind::State:
    return neuron.states[host.index].name;
  case Kind::Let:
    return neuron.lets[host.index].name;
  case Kind::Param:
    return neuron.params[host.index].name;
  case Kind::Input:
    return neuron.inputs[host.index].name;
  }
  llvm_unreachable("all kinds handled");
}

void Generator::emitReceptor(const checked::NeuronModel &neuron,
                             const checked::Receptor &receptor, Names names) {
  const checked::SynapseModel &synapse = program.synapses[receptor.synapse];
  auto op = spiking::ReceptorOp::create(builder, loc(receptor.range),
                                        receptor.name, synapse.name);
  inBlock(op.getBindings(), [&] {
    for (auto [param, argument] :
         llvm::zip_equal(synapse.params, receptor.arguments)) {
      if (!argument)
        continue;
      auto bind =
          spiking::BindOp::create(builder, loc(argument->range), param.name);
      yieldExpression(bind.getValue(), *argument, names);
    }
  });
  SmallVector<NamedAttribute> hosts;
  for (auto [host, binding] : llvm::zip_equal(synapse.hosts, receptor.hosts))
    if (const std::string &name = nameOf(neuron, binding); name != host.name)
      hosts.push_back(builder.getNamedAttr(host.name, symbol(name)));
  if (!hosts.empty())
    op.setHostsAttr(builder.getDictionaryAttr(hosts));
}

/// The comparison `state >= bound` of a threshold, if that is what it is.
static const checked::Expr *boundOf(const checked::Expr &condition) {
  if (condition.kind != checked::ExprKind::Compare ||
      condition.operands[0]->kind != checked::ExprKind::State)
    return nullptr;
  if (condition.compare != checked::CompareOp::GreaterEqual &&
      condition.compare != checked::CompareOp::Greater)
    return nullptr;
  return condition.operands[1].get();
}

void Generator::emitSpikeRule(const checked::SpikeRule &rule, Names names) {
  bool isRising = rule.kind == checked::SpikeRule::Kind::Rising;
  auto threshold =
      spiking::ThresholdOp::create(builder, loc(rule.range), isRising);
  yieldExpression(threshold.getCondition(), *rule.condition, names);
  const checked::Expr *bound = isRising ? nullptr : boundOf(*rule.condition);
  if (bound) {
    const checked::Expr &state = *rule.condition->operands[0];
    threshold.setCap(names.model->states[state.index].name);
    yieldExpression(threshold.getBound(), *bound, names);
  }
  auto reset = spiking::ResetOp::create(builder, loc(rule.range));
  inBlock(reset.getBody(), [&] {
    ExpressionEmitter emitter(builder, loc, names);
    emitter.emit(rule.reset);
    if (!rule.refractory)
      return;
    Value duration = emitter.emit(*rule.refractory->duration);
    SmallVector<Attribute> holding;
    for (unsigned state : rule.refractory->holding)
      holding.push_back(symbol(names.model->states[state].name));
    spiking::RefractoryOp::create(builder, loc(rule.refractory->range),
                                  duration, builder.getArrayAttr(holding),
                                  rule.refractory->keepingInput);
  });
}

spiking::SolverAttr Generator::solverOf(const checked::Dynamics &dynamics) {
  for (const checked::Attribute &attribute : dynamics.attributes) {
    if (attribute.name != "solver")
      continue;
    auto kind = spiking::SolverKind::Auto;
    int64_t substeps = 1;
    bool isSequential = false;
    for (const checked::AttributeArgument &argument : attribute.arguments) {
      if (argument.key == "substeps")
        substeps = static_cast<int64_t>(argument.number);
      else if (argument.word == "sequential")
        isSequential = true;
      else
        kind = spiking::symbolizeSolverKind(argument.word)
                   .value_or(spiking::SolverKind::Auto);
    }
    return spiking::SolverAttr::get(builder.getContext(), kind, substeps,
                                    isSequential);
  }
  return {};
}

void Generator::emitNeuron(const checked::NeuronModel &neuron) {
  auto op = spiking::NeuronOp::create(builder, loc(neuron.range), neuron.name,
                                      solverOf(neuron));
  Names names{&neuron, &neuron, nullptr, &program};
  inBlock(op.getBody(), [&] {
    for (const checked::Input &input : neuron.inputs)
      spiking::InputOp::create(builder, loc(input.range), input.name,
                               input.dimension.unit());
    for (const checked::Receptor &receptor : neuron.receptors)
      emitReceptor(neuron, receptor, names);
    emitDynamics(neuron, names);
    for (const checked::Port &port : neuron.ports) {
      auto portOp =
          spiking::PortOp::create(builder, loc(port.range), port.name,
                                  port.arguments.front().dimension.unit());
      emitPort(port, portOp.getBody(), names);
    }
    if (neuron.spike)
      emitSpikeRule(*neuron.spike, names);
  });
}
