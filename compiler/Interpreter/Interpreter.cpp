//===- Interpreter.cpp - The reference of what a model means ----*- C++ -*-===//
//
// The network around the cells: spikes under way, drives and stimuli, and the
// order of a step. The engine's own functions enumerate synapses and draw, for
// a network is defined by them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Interpreter.h"
#include "compiler/Interpreter/Cell.h"
#include "compiler/Interpreter/Values.h"

#include "llvm/ADT/MapVector.h"

#include "runtime/lib/Delivery/Noise.h"
#include "runtime/lib/Random/Distribution.h"
#include "runtime/lib/Random/Hash.h"
#include "runtime/lib/Random/PoissonTable.h"
#include "snn/network.h"

#include <cmath>
#include <map>

using namespace mlir;
using namespace snn::spiking;
namespace rt = snn::runtime;

namespace snn::interpreter {

namespace {

struct Edge {
  uint32_t source, target;
  double weight;
  uint32_t delay;
  size_t place; // in the rule's own order
};

/// Synapses of one source and delay, on their way since a spike.
struct Arrival {
  unsigned projection;
  uint32_t source;
  uint64_t emitted;
  ArrayRef<Edge> edges;
};

struct Projection {
  ProjectionOp op;
  Cell *target;
  unsigned port;
  std::vector<Edge> edges; // by source, then delay
};

class Network {
public:
  explicit Network(ExperimentOp experiment)
      : experiment(experiment),
        network(cast<NetworkOp>(
            lookupGlobal(experiment, experiment.getNetworkAttr().getAttr()))) {
    run.step = experiment.getStep().convertToDouble();
    ArrayRef<int64_t> seeds = experiment.getSeeds();
    run.seeds = {static_cast<uint64_t>(seeds[0]),
                 static_cast<uint64_t>(seeds[1]),
                 static_cast<uint64_t>(seeds[2])};
    run.precision = experiment.getPrecision();
    run.schedule = experiment.getSchedule();
  }

  FailureOr<Result> interpret();

private:
  LogicalResult build();
  LogicalResult buildProjection(ProjectionOp op);
  snn_slice slice(FlatSymbolRefAttr population, SliceAttr slice);
  FailureOr<unsigned> findPort(Operation *op, Cell &cell, StringRef port);
  LogicalResult doStep();
  void stimulate();
  LogicalResult deliver();
  LogicalResult drive();
  LogicalResult fireSources(uint64_t stamp);
  LogicalResult change();
  void emit(Operation *population, uint32_t neuron, uint64_t stamp);
  void sample();
  void add(Cell &cell, unsigned port, size_t neuron, double weight,
           int64_t multiplicity = 1);
  double evaluate(Region &function, double time);
  double time(uint64_t step) const {
    return static_cast<double>(step) * run.step;
  }
  uint64_t inSteps(const APFloat &ms) const {
    return static_cast<uint64_t>(
        std::nearbyint(ms.convertToDouble() / run.step));
  }

  ExperimentOp experiment;
  NetworkOp network;
  Run run;
  Functions functions;
  Result result;
  uint64_t now = 0;
  llvm::MapVector<StringAttr, std::unique_ptr<Cell>> cells;
  DenseMap<StringAttr, uint32_t> indices;
  std::vector<Projection> projections;
  std::map<uint64_t, std::vector<Arrival>> underWay;
  // Port sums on their grids, by cell and port, one a neuron.
  std::map<std::pair<Cell *, unsigned>, std::vector<int64_t>> sums;
};

} // namespace

//===----------------------------------------------------------------------===//
// Construction
//===----------------------------------------------------------------------===//

snn_slice Network::slice(FlatSymbolRefAttr population, SliceAttr slice) {
  snn_slice result = {};
  result.population = indices.lookup(population.getAttr());
  result.count = getPopulationSize(
      SymbolTable::lookupSymbolIn(network, population.getAttr()));
  result.stride = 1;
  if (slice) {
    result.first = slice.getFirst();
    result.count = slice.getCount();
    result.stride = slice.getStride();
  }
  return result;
}

FailureOr<unsigned> Network::findPort(Operation *op, Cell &cell,
                                      StringRef port) {
  for (auto [i, candidate] : llvm::enumerate(cell.getPorts()))
    if (candidate.name == port)
      return static_cast<unsigned>(i);
  return op->emitError("has no handler at port '") << port << "'";
}

LogicalResult Network::buildProjection(ProjectionOp op) {
  Projection projection{op, cells[op.getTargetAttr().getAttr()].get(), 0, {}};
  FailureOr<unsigned> port = findPort(op, *projection.target, op.getPort());
  if (failed(port))
    return failure();
  projection.port = *port;
  std::optional<double> grid = projection.target->getPorts()[*port].grid;

  RuleAttr rule = op.getRule();
  std::vector<uint32_t> listSources, listTargets;
  if (rule.getKind() == RuleKind::List) {
    listSources.assign(rule.getSources().asArrayRef().begin(),
                       rule.getSources().asArrayRef().end());
    listTargets.assign(rule.getTargets().asArrayRef().begin(),
                       rule.getTargets().asArrayRef().end());
  }
  Value weight(op.getWeight()), axonal(op.getDelay());
  Value dendritic(op.getDendriticDelayAttr()
                      ? op.getDendriticDelayAttr()
                      : ValueAttr::constant(op.getContext(), 0.0));
  std::string path = op.getSymName().str();
  snn_projection description = {};
  description.path = path.c_str();
  description.source = slice(op.getSourceAttr(), op.getSourceSliceAttr());
  description.target = slice(op.getTargetAttr(), op.getTargetSliceAttr());
  description.rule = static_cast<uint32_t>(rule.getKind());
  description.flags = (rule.getAutapses() ? SNN_AUTAPSES : 0) |
                      (rule.getMultapses() ? SNN_MULTAPSES : 0);
  description.number = rule.getProbability().convertToDouble();
  description.count =
      rule.getKind() == RuleKind::List ? listSources.size() : rule.getCount();
  description.list_sources = listSources.data();
  description.list_targets = listTargets.data();
  description.weight = weight.get();
  description.grid = grid.value_or(0);
  description.sum_field = grid ? 0 : SNN_NONE;
  description.axonal_delay = axonal.get();
  description.dendritic_delay = dendritic.get();
  description.weight_element = grid                            ? SNN_I64
                               : projection.target->isSingle() ? SNN_F32
                                                               : SNN_F64;
  auto add = [](void *edges, uint32_t source, uint32_t target, double weight,
                uint32_t delay) -> int32_t {
    auto &list = *static_cast<std::vector<Edge> *>(edges);
    list.push_back({source, target, weight, delay, list.size()});
    return 0;
  };
  snn_error error = {};
  if (snn_enumerate_edges(&description, run.step, run.seeds.network, add,
                          &projection.edges, &error))
    return op.emitError(error.message);
  llvm::sort(projection.edges, [](const Edge &a, const Edge &b) {
    return std::tuple(a.source, a.delay, a.place) <
           std::tuple(b.source, b.delay, b.place);
  });
  projections.push_back(std::move(projection));
  return success();
}

LogicalResult Network::build() {
  for (Operation &op : network.getBody().front()) {
    if (!isa<PopulationOp, PoissonSourceOp, TrainSourceOp>(op))
      continue;
    StringAttr name = SymbolTable::getSymbolName(&op);
    indices[name] = indices.size();
    auto population = dyn_cast<PopulationOp>(op);
    if (!population)
      continue;
    auto cell = std::make_unique<Cell>(population, run, functions);
    if (failed(cell->check()) || failed(cell->computeConstants()) ||
        failed(cell->initialize()))
      return failure();
    for (auto [i, port] : llvm::enumerate(cell->getPorts()))
      if (port.grid)
        sums[{cell.get(), i}].resize(cell->size());
    cells[name] = std::move(cell);
  }
  for (auto op : network.getBody().getOps<ProjectionOp>())
    if (failed(buildProjection(op)))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Input
//===----------------------------------------------------------------------===//

double Network::evaluate(Region &function, double time) {
  Code code(function.front(), Arithmetic::Initial, functions,
            [](Operation *) { return Access(); });
  double frame[1];
  return code.run(frame, time).front();
}

/// Inputs of this step: for each neuron the sum over its stimuli, in order.
void Network::stimulate() {
  std::map<std::pair<Cell *, unsigned>, std::vector<double>> inputs;
  for (auto &[name, cell] : cells) {
    auto model = cast<NeuronOp>(
        lookupGlobal(cell->getOp(), cell->getOp().getModelAttr().getAttr()));
    for (auto input : model.getBody().getOps<InputOp>())
      inputs[{cell.get(), *cell->findSlot(input.getSymName())}].resize(
          cell->size());
  }
  for (auto stimulus : network.getBody().getOps<StimulusOp>()) {
    Cell &cell = *cells[stimulus.getTargetAttr().getAttr()];
    snn_slice target =
        slice(stimulus.getTargetAttr(), stimulus.getTargetSliceAttr());
    std::vector<double> &sum =
        inputs[{&cell, *cell.findSlot(stimulus.getInput())}];
    double value = evaluate(stimulus.getValue(), time(now));
    rt::ArsKey key(
        rt::makeKey(rt::hash64(run.seeds.stimulus, stimulus.getSymName()),
                    rt::Stream::Noise));
    for (uint64_t i = 0; i < target.count; ++i) {
      double normal = 1.0;
      if (stimulus.getNoise())
        rt::normalNoise(key, now, i, 1, &normal);
      sum[target.first + i * target.stride] += value * normal;
    }
  }
  for (auto &[place, values] : inputs)
    for (auto [i, value] : llvm::enumerate(values))
      place.first->set(i, place.second, value);
}

/// An event at a port: at once, or into the sum.
void Network::add(Cell &cell, unsigned port, size_t neuron, double weight,
                  int64_t multiplicity) {
  const Cell::Port &place = cell.getPorts()[port];
  if (place.grid) {
    auto whole = static_cast<int64_t>(std::nearbyint(weight / *place.grid));
    sums[{&cell, port}][neuron] += whole * multiplicity;
    return;
  }
  for (int64_t i = 0; i < multiplicity; ++i)
    cell.receive(neuron, port, weight);
}

LogicalResult Network::drive() {
  for (auto op : network.getBody().getOps<DriveOp>()) {
    Cell &cell = *cells[op.getTargetAttr().getAttr()];
    FailureOr<unsigned> port = findPort(op, cell, op.getPort());
    rt::PoissonTable table;
    if (failed(port) ||
        !table.create(evaluate(op.getRate(), time(now + 1)) * run.step))
      return op.emitError("has a negative rate at ") << time(now + 1) << " ms";
    uint64_t declaration = rt::hash64(run.seeds.stimulus, op.getSymName());
    rt::ArsKey key(rt::makeKey(declaration, rt::Stream::Event));
    rt::Key weightKey = rt::makeKey(declaration, rt::Stream::DriveWeight);
    Value weight(op.getWeight());
    snn_slice target = slice(op.getTargetAttr(), op.getTargetSliceAttr());
    for (uint64_t i = 0; i < target.count; ++i) {
      uint32_t count;
      table.counts(key, now, i, i + 1, &count);
      double each = weight.get().a;
      if (weight.get().kind != SNN_CONSTANT &&
          !rt::drawForNeuron(weight.get(), weightKey, i, each))
        return op.emitError("no draw of the weight fits");
      add(cell, *port, target.first + i * target.stride, each, count);
    }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Spikes
//===----------------------------------------------------------------------===//

void Network::emit(Operation *population, uint32_t neuron, uint64_t stamp) {
  StringAttr name = SymbolTable::getSymbolName(population);
  result.spikes.push_back({stamp, name.str(), neuron});
  result.spikeHash += rt::mix64(rt::fnv1a64(name.getValue()), neuron, stamp);
  for (auto [i, projection] : llvm::enumerate(projections)) {
    if (projection.op.getSourceAttr().getAttr() != name)
      continue;
    ArrayRef<Edge> edges = projection.edges;
    auto from = llvm::partition_point(
        edges, [&](const Edge &edge) { return edge.source < neuron; });
    while (from != edges.end() && from->source == neuron) {
      auto to = std::find_if(from, edges.end(), [&](const Edge &edge) {
        return edge.source != neuron || edge.delay != from->delay;
      });
      underWay[stamp + from->delay].push_back(
          {static_cast<unsigned>(i), neuron, stamp, ArrayRef(from, to)});
      from = to;
    }
  }
}

/// In the order (projection, source, step of emission, place in the row).
LogicalResult Network::deliver() {
  std::vector<Arrival> due = std::move(underWay[now + 1]);
  underWay.erase(now + 1);
  llvm::sort(due, [](const Arrival &a, const Arrival &b) {
    return std::tuple(a.projection, a.source, a.emitted) <
           std::tuple(b.projection, b.source, b.emitted);
  });
  for (const Arrival &arrival : due)
    for (const Edge &edge : arrival.edges) {
      Projection &projection = projections[arrival.projection];
      add(*projection.target, projection.port, edge.target, edge.weight);
    }
  if (failed(drive()))
    return failure();
  for (auto &[name, cell] : cells)
    for (auto [i, port] : llvm::enumerate(cell->getPorts())) {
      if (!port.grid)
        continue;
      std::vector<int64_t> &sum = sums[{cell.get(), i}];
      for (size_t neuron = 0; neuron < sum.size(); ++neuron) {
        // Rounded to the precision of the states before it is scaled.
        double value = cell->isSingle()
                           ? static_cast<float>(sum[neuron]) *
                                 static_cast<float>(*port.grid)
                           : static_cast<double>(sum[neuron]) * *port.grid;
        cell->receive(neuron, i, value);
        sum[neuron] = 0;
      }
    }
  return success();
}

LogicalResult Network::fireSources(uint64_t stamp) {
  for (Operation &op : network.getBody().front()) {
    if (auto train = dyn_cast<TrainSourceOp>(op)) {
      auto ids = train.getIds().getValues<int64_t>();
      for (auto [i, step] :
           llvm::enumerate(train.getSteps().getValues<int64_t>()))
        if (static_cast<uint64_t>(step) == stamp)
          emit(train, ids[i], stamp);
    }
    auto source = dyn_cast<PoissonSourceOp>(op);
    if (!source || stamp == 0)
      continue;
    rt::PoissonTable table;
    if (!table.create(evaluate(source.getRate(), time(stamp)) * run.step))
      return source.emitError("has a negative rate at ")
             << time(stamp) << " ms";
    rt::ArsKey key(
        rt::makeKey(rt::hash64(run.seeds.stimulus, source.getSymName()),
                    rt::Stream::Event));
    for (uint32_t i = 0; i < source.getSize(); ++i) {
      uint32_t count;
      table.counts(key, stamp - 1, i, i + 1, &count);
      for (; count; --count)
        emit(source, i, stamp);
    }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

static std::string joined(SymbolRefAttr name) {
  std::string result = name.getRootReference().str();
  for (FlatSymbolRefAttr nested : name.getNestedReferences())
    result += "." + nested.getValue().str();
  return result;
}

LogicalResult Network::change() {
  for (Operation &op : experiment.getBody().front()) {
    if (auto set = dyn_cast<SetParameterOp>(op);
        set && inSteps(set.getTime()) == now &&
        failed(cells[set.getPopulationAttr().getAttr()]->changeParameter(
            joined(set.getParam()), set.getValue().convertToDouble())))
      return failure();
    auto reset = dyn_cast<ResetStateOp>(op);
    if (!reset || inSteps(reset.getTime()) != now)
      continue;
    for (auto &[name, cell] : cells)
      if ((!reset.getPopulation() ||
           reset.getPopulationAttr().getAttr() == name) &&
          failed(cell->initialize()))
        return failure();
  }
  return success();
}

void Network::sample() {
  uint64_t stamp = now + 1, warmup = inSteps(experiment.getWarmup());
  for (auto record : experiment.getBody().getOps<RecordStateOp>()) {
    uint64_t every = std::max<uint64_t>(1, inSteps(record.getEvery()));
    if (stamp <= warmup || (stamp - warmup) % every != 0)
      continue;
    Cell &cell = *cells[record.getPopulationAttr().getAttr()];
    FailureOr<unsigned> slot = cell.findSlot(joined(record.getVariable()));
    if (failed(slot)) // A let: nothing of the state.
      continue;
    snn_slice from = slice(record.getPopulationAttr(), record.getSliceAttr());
    Sample sample{
        stamp, record.getPopulation().str(), joined(record.getVariable()), {}};
    for (uint64_t i = 0; i < from.count; ++i)
      sample.values.push_back(cell.get(from.first + i * from.stride, *slot));
    result.samples.push_back(std::move(sample));
  }
}

LogicalResult Network::doStep() {
  if (failed(change()))
    return failure();
  stimulate();
  auto forEach = [&](auto phase) {
    for (auto &[name, cell] : cells)
      for (size_t i = 0; i < cell->size(); ++i)
        phase(*cell, i);
  };
  std::map<std::pair<Cell *, size_t>, bool> fired;
  auto test = [&](Cell &cell, size_t i) {
    fired[{&cell, i}] = cell.testThreshold(i);
  };
  forEach([](Cell &cell, size_t i) { cell.integrate(i); });
  if (run.schedule == Schedule::Brian2)
    forEach(test);
  if (failed(deliver()))
    return failure();
  if (run.schedule != Schedule::Brian2)
    forEach(test);
  forEach([&](Cell &cell, size_t i) {
    cell.reset(i, fired[{&cell, i}]);
    if (fired[{&cell, i}])
      emit(cell.getOp(), i, now + 1);
  });
  if (failed(fireSources(now + 1)))
    return failure();
  sample();
  ++now;
  return success();
}

FailureOr<Result> Network::interpret() {
  if (failed(build()) || failed(fireSources(0)))
    return failure();
  uint64_t last =
      inSteps(experiment.getWarmup()) + inSteps(experiment.getDuration());
  while (now < last)
    if (failed(doStep()))
      return failure();
  for (auto &[name, cell] : cells)
    for (const std::string &state : cell->getStates()) {
      State final{name.str(), state, {}};
      for (size_t i = 0; i < cell->size(); ++i)
        final.values.push_back(cell->get(i, *cell->findSlot(state)));
      result.states.push_back(std::move(final));
    }
  return std::move(result);
}

FailureOr<Result> interpret(ExperimentOp experiment) {
  return Network(experiment).interpret();
}

} // namespace snn::interpreter
