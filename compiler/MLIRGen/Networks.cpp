//===- Networks.cpp - Flat networks to the spiking dialect ------*- C++ -*-===//
//
// Populations, projections, drives and stimuli keep their paths as names: these
// are the keys of their random numbers.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/Generator.h"
#include "dialects/Spiking/IR/Geometry.h"
#include "dialects/Spiking/IR/Quiescence.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/OperationSupport.h"

#include <cmath>

using namespace mlir;
using namespace snn;
using namespace snn::mlirgen;
namespace checked = snn::lang::checked;

static spiking::ValueKind kindOf(checked::Distribution distribution) {
  switch (distribution) {
  case checked::Distribution::Uniform:
    return spiking::ValueKind::Uniform;
  case checked::Distribution::Normal:
    return spiking::ValueKind::Normal;
  case checked::Distribution::LogNormal:
    return spiking::ValueKind::LogNormal;
  case checked::Distribution::Gamma:
    return spiking::ValueKind::Gamma;
  case checked::Distribution::Exponential:
    return spiking::ValueKind::Exponential;
  case checked::Distribution::Binomial:
    return spiking::ValueKind::Binomial;
  case checked::Distribution::Poisson:
    return spiking::ValueKind::Poisson;
  case checked::Distribution::Categorical:
    return spiking::ValueKind::Categorical;
  }
  llvm_unreachable("all distributions handled");
}

FailureOr<spiking::ValueAttr> Generator::valueOf(const checked::Value &value) {
  MLIRContext *context = builder.getContext();
  spiking::ValueAttr attr;
  switch (value.kind) {
  case checked::Value::Kind::Constant:
    return spiking::ValueAttr::constant(context, value.constant);
  case checked::Value::Kind::Data:
    return spiking::ValueAttr::data(context, value.data);
  case checked::Value::Kind::Place:
    return spiking::ValueAttr::get(context, spiking::ValueKind::OfPlace,
                                   value.least, value.greatest);
  case checked::Value::Kind::Distribution:
    if (value.distribution == checked::Distribution::Categorical) {
      SmallVector<double> values, probabilities;
      for (auto [i, argument] : llvm::enumerate(value.arguments))
        (i % 2 ? probabilities : values).push_back(argument);
      attr = spiking::ValueAttr::categorical(context, values, probabilities);
    } else {
      double second = value.arguments.size() > 1 ? value.arguments[1] : 0;
      attr = spiking::ValueAttr::get(context, kindOf(value.distribution),
                                     value.arguments[0], second);
    }
    break;
  }
  if (value.redraw)
    attr = attr.withRedraw(value.redraw->low, value.redraw->high);
  if (value.clip)
    attr = attr.withClip(value.clip->low, value.clip->high);
  if (value.atLeastSteps) {
    // `at least n steps` speaks of the rounded value: rounding is half-even, so
    // clipping to n steps before it has the same effect.
    double least =
        static_cast<double>(*value.atLeastSteps) * experiment.stepSize;
    double high =
        value.clip ? value.clip->high : std::numeric_limits<double>::infinity();
    double low = value.clip ? std::max(value.clip->low, least) : least;
    attr = attr.withClip(low, high);
  }
  return attr;
}

static spiking::Convolution
convolutionOf(const checked::Convolution &convolution) {
  spiking::Convolution result;
  auto copy = [](const auto &from, auto &to) {
    llvm::transform(from, to.begin(),
                    [](uint64_t n) { return static_cast<int64_t>(n); });
  };
  copy(convolution.source, result.source);
  copy(convolution.target, result.target);
  copy(convolution.kernel, result.kernel);
  copy(convolution.stride, result.stride);
  copy(convolution.padding, result.padding);
  copy(convolution.dilation, result.dilation);
  result.groups = static_cast<int64_t>(convolution.groups);
  return result;
}

FailureOr<spiking::RuleAttr> Generator::ruleOf(const checked::Rule &rule) {
  using Kind = checked::Rule::Kind;
  MLIRContext *context = builder.getContext();
  auto counted = [&](spiking::RuleKind kind) {
    return spiking::RuleAttr::get(context, kind,
                                  static_cast<int64_t>(rule.count),
                                  rule.autapses, rule.multapses);
  };
  switch (rule.kind) {
  case Kind::OneToOne:
    return counted(spiking::RuleKind::OneToOne);
  case Kind::AllToAll:
  case Kind::Place: // thinned by the geometry
    return counted(spiking::RuleKind::AllToAll);
  case Kind::Indegree:
    return counted(spiking::RuleKind::InDegree);
  case Kind::Outdegree:
    return counted(spiking::RuleKind::OutDegree);
  case Kind::Total:
    return counted(spiking::RuleKind::Total);
  case Kind::Probability:
    return spiking::RuleAttr::probability(context, rule.probability,
                                          rule.autapses);
  case Kind::List: {
    SmallVector<int64_t> sources, targets;
    for (checked::Rule::Pair pair : rule.pairs) {
      sources.push_back(static_cast<int64_t>(pair.source));
      targets.push_back(static_cast<int64_t>(pair.target));
    }
    return spiking::RuleAttr::list(context, sources, targets);
  }
  case Kind::Convolution:
    return spiking::RuleAttr::convolution(context,
                                          convolutionOf(rule.convolution));
  }
  llvm_unreachable("all rules handled");
}

spiking::SliceAttr Generator::sliceOf(const checked::Slice &slice) {
  if (slice.first == 0 &&
      slice.size() == network.populations[slice.population].size)
    return {};
  return spiking::SliceAttr::get(
      builder.getContext(), static_cast<int64_t>(slice.first),
      static_cast<int64_t>(slice.last + 1), static_cast<int64_t>(slice.stride));
}

StringRef Generator::portName(const checked::Slice &target,
                              checked::PortRef port) {
  const checked::NeuronModel &model = modelOf(target.population);
  if (port.kind == checked::PortRef::Kind::Receptor)
    return model.receptors[port.index].name;
  return model.ports[port.index].name;
}

LogicalResult Generator::emitPopulation(const checked::Population &pop) {
  using Kind = checked::Population::Kind;
  Location at = loc(pop.range);
  auto size = static_cast<int64_t>(pop.size);
  if (pop.kind == Kind::PoissonSource) {
    auto op = spiking::PoissonSourceOp::create(builder, at, pop.path, size);
    yieldTimeFunction(op.getRate(), *pop.rate);
    return success();
  }
  if (pop.kind == Kind::SpikeSource)
    return emitTrains(pop);
  if (pop.kind == Kind::ConditionSource)
    return emitCondition(pop);
  const checked::NeuronModel &model = program.neurons[pop.model];
  SmallVector<NamedAttribute> params, init;
  auto given = [&](SmallVector<NamedAttribute> &list, StringRef name,
                   const std::optional<checked::Value> &value) {
    if (!value)
      return success();
    FailureOr<spiking::ValueAttr> attr = valueOf(*value);
    if (succeeded(attr))
      list.push_back(builder.getNamedAttr(name, *attr));
    return LogicalResult(attr);
  };
  for (auto [param, value] : llvm::zip(model.params, pop.params))
    if (failed(given(params, param.name, value)))
      return failure();
  for (auto [state, value] : llvm::zip(model.states, pop.initial))
    if (failed(given(init, state.name, value)))
      return failure();
  for (auto [receptor, values] : llvm::zip(model.receptors, pop.receptors)) {
    const checked::SynapseModel &synapse = program.synapses[receptor.synapse];
    for (auto [param, value] : llvm::zip(synapse.params, values.params))
      if (failed(given(params, receptor.name + "." + param.name, value)))
        return failure();
    for (auto [state, value] : llvm::zip(synapse.states, values.initial))
      if (failed(given(init, receptor.name + "." + state.name, value)))
        return failure();
  }
  auto made = spiking::PopulationOp::create(builder, at, pop.path, model.name,
                                            size, params, init);
  SmallVector<spiking::Tolerance> tolerances;
  for (const auto &[state, dimension, value] : pop.tolerances)
    tolerances.push_back({state, value});
  spiking::setTolerances(made, tolerances);
  return success();
}

/// Spikes in the order of time, then of neurons, as steps of the grid.
LogicalResult Generator::emitTrains(const checked::Population &pop) {
  std::vector<std::pair<int64_t, int64_t>> spikes;
  auto add = [&](double time, int64_t id) {
    spikes.emplace_back(std::llrint(time / experiment.stepSize), id);
  };
  for (auto [id, train] : llvm::enumerate(pop.trains))
    for (double time : train)
      add(time, static_cast<int64_t>(id));
  llvm::sort(spikes);
  SmallVector<int64_t> steps, ids;
  for (auto [step, id] : spikes) {
    steps.push_back(step);
    ids.push_back(id);
  }
  spiking::TrainSourceOp::create(builder, loc(pop.range), pop.path,
                                 static_cast<int64_t>(pop.size), steps, ids);
  return success();
}

LogicalResult Generator::emitCondition(const checked::Population &pop) {
  const checked::SpikeCondition &condition = *pop.condition;
  FailureOr<spiking::ValueAttr> delay = valueOf(condition.delay);
  if (failed(delay))
    return failure();
  auto pathOf = [&](const checked::Slice &slice) {
    return symbol(network.populations[slice.population].path);
  };
  bool isPair = condition.before.has_value();
  spiking::ConditionSourceOp::create(
      builder, loc(pop.range), builder.getStringAttr(pop.path),
      pathOf(condition.spikes), sliceOf(condition.spikes),
      isPair ? builder.getF64FloatAttr(condition.window) : FloatAttr(),
      isPair ? pathOf(*condition.before) : FlatSymbolRefAttr(),
      isPair ? sliceOf(*condition.before) : spiking::SliceAttr(), *delay,
      builder.getF64FloatAttr(condition.longest));
  return success();
}

/// What the model asks to be kept of synapses; null where it leaves that open.
static spiking::StorageAttr storageOf(MLIRContext *context,
                                      const checked::Storage &storage) {
  switch (storage.kind) {
  case checked::Storage::Kind::Auto:
    return {};
  case checked::Storage::Kind::Stored:
    return spiking::StorageAttr::get(context, spiking::Storage::Stored);
  case checked::Storage::Kind::Rows:
    return spiking::StorageAttr::get(context, spiking::Storage::Rows);
  case checked::Storage::Kind::Procedural:
    return spiking::StorageAttr::get(context, spiking::Storage::Procedural);
  }
  llvm_unreachable("all kinds handled");
}

/// Equal functions are one: a connection between columns is many projections.
FlatSymbolRefAttr Generator::functionOf(const checked::ExprRef &expr) {
  if (!expr)
    return {};
  OpBuilder::InsertionGuard guard(builder);
  Operation *top = builder.getBlock()->getParentOp();
  builder.setInsertionPoint(top);
  SmallVector<Type> arguments(4, builder.getF64Type());
  auto function = func::FuncOp::create(
      builder, loc(expr->range),
      "place#" + std::to_string(placeFunctions.size()),
      builder.getFunctionType(arguments, {builder.getF64Type()}));
  function.setPrivate();
  builder.setInsertionPointToEnd(function.addEntryBlock());
  ExpressionEmitter emitter(builder, loc, {});
  emitter.arguments = function.getArguments();
  Value value = emitter.emit(*expr);
  func::ReturnOp::create(builder, loc(expr->range), value);
  for (func::FuncOp known : placeFunctions)
    if (OperationEquivalence::isRegionEquivalentTo(
            &known.getBody(), &function.getBody(),
            OperationEquivalence::IgnoreLocations)) {
      function.erase();
      return FlatSymbolRefAttr::get(known.getSymNameAttr());
    }
  placeFunctions.push_back(function);
  return FlatSymbolRefAttr::get(function.getSymNameAttr());
}

static spiking::Lattice latticeOf(const checked::Lattice &lattice) {
  spiking::Lattice result;
  result.origin = lattice.origin;
  result.spacing = lattice.spacing;
  llvm::copy(lattice.extent, result.extent.begin());
  return result;
}

void Generator::emitGeometry(const checked::Projection &projection,
                             spiking::ProjectionOp op) {
  spiking::Geometry geometry;
  geometry.functions = {functionOf(projection.rule.function),
                        functionOf(projection.weight.function),
                        functionOf(projection.axonal.function),
                        functionOf(projection.dendritic.function)};
  if (llvm::none_of(geometry.functions,
                    [](FlatSymbolRefAttr name) { return bool(name); }))
    return;
  const checked::Lattice &source =
      *network.populations[projection.source.population].lattice;
  geometry.source = latticeOf(source);
  geometry.target =
      latticeOf(*network.populations[projection.target.population].lattice);
  geometry.period = source.period;
  op->setAttr(spiking::Geometry::AttributeName,
              geometry.toAttr(builder.getContext()));
}

LogicalResult Generator::emitProjection(const checked::Projection &projection) {
  FailureOr<spiking::RuleAttr> rule = ruleOf(projection.rule);
  FailureOr<spiking::ValueAttr> weight = valueOf(projection.weight);
  FailureOr<spiking::ValueAttr> axonal = valueOf(projection.axonal);
  FailureOr<spiking::ValueAttr> dendritic = valueOf(projection.dendritic);
  if (failed(rule) || failed(weight) || failed(axonal) || failed(dendritic))
    return failure();
  if (dendritic->isConstant() && dendritic->getConstant() == 0)
    *dendritic = {};
  auto op = spiking::ProjectionOp::create(
      builder, loc(projection.range), projection.path,
      network.populations[projection.source.population].path,
      sliceOf(projection.source),
      network.populations[projection.target.population].path,
      sliceOf(projection.target), portName(projection.target, projection.port),
      *rule, *weight, *axonal, *dendritic, FloatAttr(),
      storageOf(builder.getContext(), projection.storage));
  emitGeometry(projection, op);
  if (projection.plasticity)
    emitPlastic(projection);
  return success();
}

LogicalResult Generator::emitDrive(const checked::Drive &drive) {
  FailureOr<spiking::ValueAttr> weight = valueOf(drive.weight);
  if (failed(weight))
    return failure();
  auto op = spiking::DriveOp::create(
      builder, loc(drive.range), drive.path,
      network.populations[drive.target.population].path, sliceOf(drive.target),
      portName(drive.target, drive.port), *weight);
  yieldTimeFunction(op.getRate(), *drive.rate);
  return success();
}

void Generator::emitStimulus(const checked::Stimulus &stimulus) {
  StringRef target = network.populations[stimulus.target.population].path;
  StringRef input =
      modelOf(stimulus.target.population).inputs[stimulus.input].name;
  auto create = [&](const std::string &path, bool isNoise) {
    return spiking::StimulusOp::create(builder, loc(stimulus.range), path,
                                       target, sliceOf(stimulus.target), input,
                                       isNoise);
  };
  if (stimulus.value)
    yieldTimeFunction(create(stimulus.path, false).getValue(), *stimulus.value);
  if (!stimulus.noise)
    return;
  // White noise of amplitude s (unit * sqrt(ms)), held over a step of h, has
  // the standard deviation s/sqrt(h).
  std::string path = stimulus.value ? stimulus.path + ".noise" : stimulus.path;
  auto op = create(path, true);
  inBlock(op.getValue(), [&] {
    Location at = loc(stimulus.range);
    ExpressionEmitter emitter(builder, loc, {});
    emitter.time = op.getValue().front().getArgument(0);
    Value amplitude = emitter.emit(*stimulus.noise);
    Value perRoot =
        spiking::QuantityOp::create(builder, at, std::sqrt(experiment.stepSize),
                                    lang::Dimension::time().sqrt()->unit());
    Value deviation = arith::DivFOp::create(builder, at, amplitude, perRoot);
    spiking::YieldOp::create(builder, at, ValueRange(deviation));
  });
}

LogicalResult Generator::emitNetwork() {
  auto op =
      spiking::NetworkOp::create(builder, loc(network.range), network.name);
  LogicalResult result = success();
  inBlock(op.getBody(), [&] {
    auto all = [&](const auto &items, auto emit) {
      for (const auto &item : items)
        if (succeeded(result))
          result = emit(item);
    };
    all(network.populations,
        [&](const auto &item) { return emitPopulation(item); });
    all(network.projections,
        [&](const auto &item) { return emitProjection(item); });
    all(network.drives, [&](const auto &item) { return emitDrive(item); });
    all(network.stimuli, [&](const auto &item) {
      emitStimulus(item);
      return success();
    });
  });
  return result;
}
