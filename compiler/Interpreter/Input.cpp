//===- Input.cpp - What enters a network from outside -----------*- C++ -*-===//
//
// Stimuli, drives and sources. The engine's own functions draw, for a network
// is defined by them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Network.h"
#include "compiler/Interpreter/Values.h"

#include "runtime/lib/Delivery/Noise.h"
#include "runtime/lib/Random/Distribution.h"
#include "runtime/lib/Random/Hash.h"
#include "runtime/lib/Random/PoissonTable.h"

using namespace mlir;
using namespace snn::spiking;
namespace rt = snn::runtime;

namespace snn::interpreter {

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
  static const rt::NormalCurve curve = [] {
    rt::NormalCurve made;
    made.create();
    return made;
  }();
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
        rt::normalNoise(curve, key, now, i, 1, &normal);
      sum[target.first + i * target.stride] += value * normal;
    }
  }
  for (auto &[place, values] : inputs)
    for (auto [i, value] : llvm::enumerate(values))
      place.first->set(i, place.second, value);
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

/// By the spikes of the step before, which all can see now.
LogicalResult Network::fireCondition(ConditionSourceOp source, uint64_t stamp) {
  Waiting &state = waiting[source];
  auto fires = [&](FlatSymbolRefAttr name, SliceAttr part) {
    snn_slice slice = this->slice(name, part);
    return llvm::any_of(result.spikes, [&](const Spike &spike) {
      uint64_t offset = spike.neuron - slice.first;
      return spike.step + 1 == stamp && spike.population == name.getValue() &&
             spike.neuron >= slice.first && offset % slice.stride == 0 &&
             offset / slice.stride < slice.count;
    });
  };
  bool isMet = fires(source.getSpikesAttr(), source.getSpikesSliceAttr());
  if (source.getBefore()) {
    isMet &= state.before &&
             stamp - 1 - *state.before <= inSteps(*source.getWindow());
    if (fires(source.getBeforeAttr(), source.getBeforeSliceAttr()))
      state.before = stamp - 1;
  }
  if (isMet) {
    Value delay(source.getDelay());
    double time = delay.get().a;
    rt::Key key = rt::makeKey(
        rt::hash64(run.seeds.stimulus, source.getSymName()), rt::Stream::Wait);
    if (delay.get().kind != SNN_CONSTANT &&
        !rt::drawForNeuron(delay.get(), key, stamp - 1, time))
      return source.emitError("no draw of the delay fits");
    ++state.due[stamp - 2 + inSteps(llvm::APFloat(time))];
  }
  for (unsigned count = state.due[stamp]; count; --count)
    emit(source, 0, stamp);
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
    if (auto condition = dyn_cast<ConditionSourceOp>(op);
        condition && stamp > 0 && failed(fireCondition(condition, stamp)))
      return failure();
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

} // namespace snn::interpreter
