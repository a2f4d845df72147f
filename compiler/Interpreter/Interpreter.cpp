//===- Interpreter.cpp - The reference of what a model means ----*- C++ -*-===//
//
// The order of a step: docs/decisions/event-order.md, plasticity.md.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Interpreter.h"
#include "compiler/Interpreter/Network.h"

using namespace mlir;
using namespace snn::spiking;

namespace snn::interpreter {

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
        (failed(cells[set.getPopulationAttr().getAttr()]->changeParameter(
             joined(set.getParam()), set.getValue().convertToDouble())) ||
         failed(cells[set.getPopulationAttr().getAttr()]->findRests())))
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

void Network::beginStep() {
  for (Projection &projection : projections)
    if (projection.synapses)
      projection.synapses->beginStep();
}

/// Once all have fired.
LogicalResult Network::changeSynapses(uint64_t stamp) {
  for (auto &[name, cells] : followers)
    cells->endStep(stamp);
  for (Projection &projection : projections)
    if (projection.synapses && failed(projection.synapses->endStep(stamp)))
      return failure();
  return success();
}

LogicalResult Network::doStep() {
  if (failed(change()))
    return failure();
  beginStep();
  stimulate();
  couple();
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
  for (auto &[name, cells] : followers)
    cells->beginStep();
  for (Projection &projection : projections)
    if (projection.synapses)
      projection.synapses->integrate();
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
  if (failed(fireSources(now + 1)) || failed(changeSynapses(now + 1)))
    return failure();
  sample();
  ++now;
  return success();
}

FailureOr<Result> Network::interpret() {
  if (failed(build()))
    return failure();
  beginStep(); // Spikes of sources at t = 0 may reach synapses at once.
  if (failed(fireSources(0)) || failed(changeSynapses(0)))
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
  for (const Projection &projection : projections)
    if (projection.synapses)
      projection.synapses->report(result);
  return std::move(result);
}

FailureOr<Result> interpret(ExperimentOp experiment) {
  return Network(experiment).interpret();
}

} // namespace snn::interpreter
