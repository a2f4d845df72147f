//===- Synapses.cpp - A projection whose synapses change --------*- C++ -*-===//
//
// Events in the order of docs/decisions/plasticity.md. A synapse shares nothing
// with another, so among the events of a step only those of one synapse have an
// order: pre, post, every.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Synapses.h"

#include "runtime/lib/Plasticity/Rewiring.h"
#include "runtime/lib/Plasticity/UnorderedSum.h"

#include <cmath>

using namespace mlir;
using namespace snn::spiking;
namespace rt = snn::runtime;

namespace snn::interpreter {

Synapses::Synapses(PlasticOp op, const Surroundings &cells, unsigned port,
                   Followers *pre, Followers *post, const Run &run,
                   Functions &functions)
    : op(op), cells(cells), port(cells.target->getPorts()[port]), pre(pre),
      post(post), run(run), rule(op, cells, run, functions),
      modulators(cells.modulators.size()) {
  if (op.getBackprop())
    backprop = run.inSteps(*op.getBackprop());
}

/// The delay that is one for all synapses is subtracted from the sum of both.
LogicalResult Synapses::build(ProjectionOp projection,
                              const std::vector<Edge> &edges,
                              const snn_slice &from, const snn_slice &to) {
  sources = from;
  targets = to;
  autapses = projection.getRule().getAutapses();
  multapses = projection.getRule().getMultapses();
  if (failed(rule.check()))
    return failure();
  auto constant = [&](ValueAttr delay) -> std::optional<uint32_t> {
    if (!delay)
      return 0;
    if (!delay.isConstant())
      return std::nullopt;
    return run.inSteps(delay.getA());
  };
  auto axonal = constant(projection.getDelayAttr());
  auto dendritic = constant(projection.getDendriticDelayAttr());
  if (!axonal && !dendritic)
    return projection.emitError("draws axonal and dendritic delays, but its "
                                "synapses change");
  for (const Edge &edge : edges) {
    uint32_t first = axonal ? *axonal : edge.delay - *dendritic;
    synapses.push_back({edge.source, edge.target, edge.place, first,
                        edge.delay - first, rule.makeSynapse(edge.weight)});
    if (pre)
      pre->remember(first);
  }
  llvm::sort(synapses, [](const Synapse &a, const Synapse &b) {
    return std::tuple(a.source, a.target, a.place) <
           std::tuple(b.source, b.target, b.place);
  });
  return success();
}

void Synapses::report(Result &result) {
  for (const auto &[name, slot] : rule.getStates()) {
    SynapseState state{op.getProjection().str(), name, {}, {}, {}};
    for (const Synapse &synapse : synapses) {
      state.sources.push_back(synapse.source);
      state.targets.push_back(synapse.target);
      state.values.push_back(synapse.frame[slot]);
    }
    result.synapses.push_back(std::move(state));
  }
}

//===----------------------------------------------------------------------===//
// Spikes
//===----------------------------------------------------------------------===//

void Synapses::emit(uint32_t source, uint64_t stamp, const Frame &found) {
  if (rule.getRewire()) {
    if (!synapses.empty())
      passing[stamp + synapses.front().axonal].push_back(
          {source, stamp, found});
    return;
  }
  for (auto [i, synapse] : llvm::enumerate(synapses))
    if (synapse.source == source)
      arriving[stamp + synapse.axonal].push_back({i, stamp, found});
}

void Synapses::back(uint32_t target, uint64_t stamp) {
  returning[stamp + backprop].push_back(target);
}

Sending Synapses::takeDue(uint64_t stamp) {
  Sending due = std::move(sent[stamp]);
  sent.erase(stamp);
  return due;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

void Synapses::beginStep() {
  for (auto [cell, seen] : llvm::zip_equal(cells.modulators, modulators))
    seen = cell->getFrames().front();
}

void Synapses::integrate() {
  for (Synapse &synapse : synapses)
    rule.integrate(synapse.frame);
}

LogicalResult Synapses::arrive(uint64_t stamp) {
  std::vector<Visit> visits = std::move(arriving[stamp]);
  arriving.erase(stamp);
  for (const Spiked &spike : passing[stamp])
    for (auto [i, synapse] : llvm::enumerate(synapses))
      if (synapse.source == spike.source)
        visits.push_back({i, spike.emitted, spike.found});
  passing.erase(stamp);
  for (const Visit &visit : visits) {
    Synapse &synapse = synapses[visit.synapse];
    load(synapse, &visit.found, post ? &post->before(synapse.target) : nullptr);
    FailureOr<double> value = handle(rule.of(Event::Pre), synapse, stamp);
    if (succeeded(value))
      value = toUnits(*value);
    if (failed(value))
      return failure();
    sent[stamp + synapse.dendritic].insert(
        {{synapse.source, visit.emitted, synapse.place},
         {synapse.target, *value}});
  }
  return success();
}

/// Without an axonal delay, spikes of this step arrive in it.
LogicalResult Synapses::endStep(uint64_t stamp) {
  if (failed(arrive(stamp)))
    return failure();
  std::vector<uint32_t> fired = std::move(returning[stamp]);
  returning.erase(stamp);
  auto seen = [&](const Synapse &synapse) {
    return pre ? &pre->past(synapse.source, synapse.axonal) : nullptr;
  };
  for (Synapse &synapse : synapses) {
    if (!rule.of(Event::Post) || !llvm::is_contained(fired, synapse.target))
      continue;
    load(synapse, seen(synapse),
         post ? &post->before(synapse.target) : nullptr);
    if (failed(handle(rule.of(Event::Post), synapse, stamp)))
      return failure();
  }
  for (const auto &[period, handler] : rule.getPeriodic()) {
    if (stamp == 0 || stamp % period != 0)
      continue;
    sumIncoming();
    sumOutgoing();
    for (Synapse &synapse : synapses) {
      load(synapse, seen(synapse),
           post ? &post->after(synapse.target) : nullptr);
      if (failed(handle(handler.get(), synapse, stamp)))
        return failure();
    }
    rewire(stamp);
  }
  return success();
}

/// Sources, as indices of neurons: the engine's own draws are of indices in the
/// slice.
void Synapses::rewire(uint64_t stamp) {
  if (!rule.getRewire())
    return;
  std::string path = op.getProjection().str();
  snn_projection projection = {};
  projection.path = path.c_str();
  projection.source = sources;
  projection.target = targets;
  projection.flags =
      (autapses ? SNN_AUTAPSES : 0) | (multapses ? SNN_MULTAPSES : 0);
  rt::NewSources draws(projection, run.seeds.network, stamp);
  std::map<uint32_t, std::vector<Synapse *>> byTarget;
  for (Synapse &synapse : synapses)
    byTarget[synapse.target].push_back(&synapse);
  for (auto &[target, own] : byTarget) {
    std::vector<uint32_t> have;
    for (const Synapse *synapse : own)
      have.push_back(static_cast<uint32_t>((synapse->source - sources.first) /
                                           sources.stride));
    for (auto [n, synapse] : llvm::enumerate(own)) {
      double &asks = synapse->frame[*rule.getRewire()];
      if (asks == 0)
        continue;
      asks = 0;
      have[n] = draws.draw(target, static_cast<uint32_t>(n), have.data(),
                           static_cast<uint32_t>(have.size()));
      synapse->source =
          static_cast<uint32_t>(sources.first + have[n] * sources.stride);
    }
  }
  llvm::stable_sort(synapses, [](const Synapse &a, const Synapse &b) {
    return std::tuple(a.source, a.target) < std::tuple(b.source, b.target);
  });
}

/// In the order of the synapses.
void Synapses::sumIncoming() {
  for (Rule::Sum sum : rule.getIncoming()) {
    Cell &cell = post->getCell();
    for (const Synapse &synapse : synapses)
      cell.set(synapse.target, sum.into, 0);
    for (const Synapse &synapse : synapses)
      cell.set(synapse.target, sum.into,
               rule.round(cell.get(synapse.target, sum.into) +
                          synapse.frame[sum.of]));
  }
}

/// In no order, as the engine does it for any number of threads.
void Synapses::sumOutgoing() {
  for (Rule::Sum sum : rule.getOutgoing()) {
    std::map<uint32_t, rt::UnorderedSum> bySource;
    for (const Synapse &synapse : synapses)
      bySource[synapse.source].see(synapse.frame[sum.of]);
    for (const Synapse &synapse : synapses)
      bySource[synapse.source].add(synapse.frame[sum.of]);
    for (Synapse &synapse : synapses)
      synapse.frame[sum.into] = rule.round(bySource[synapse.source].result());
  }
}

//===----------------------------------------------------------------------===//
// One synapse
//===----------------------------------------------------------------------===//

void Synapses::load(Synapse &synapse, const Frame *preFrame,
                    const Frame *postFrame) const {
  for (const Rule::Read &read : rule.getReads()) {
    double &slot = synapse.frame[read.slot];
    switch (read.place) {
    case Rule::Place::Pre:
      slot = (*preFrame)[read.field];
      break;
    case Rule::Place::Post:
      slot = (*postFrame)[read.field];
      break;
    case Rule::Place::Host:
      slot = cells.target->get(synapse.target, read.field);
      break;
    case Rule::Place::Modulator:
      slot = modulators[read.modulator][read.field];
      break;
    }
  }
}

FailureOr<double> Synapses::handle(const Rule::Handler *handler,
                                   Synapse &synapse, uint64_t stamp) {
  double value = rule.handle(handler, synapse.frame, stamp - synapse.last);
  synapse.last = stamp;
  for (const auto &[name, slot] : rule.getStates())
    if (!std::isfinite(synapse.frame[slot]))
      return op.emitError() << "makes " << name << " of a synapse not finite";
  return value;
}

/// Whole multiples of the port's grid, which a quarter of the range of its sum
/// must hold.
FailureOr<double> Synapses::toUnits(double value) {
  if (!port.grid)
    return value;
  bool single = cells.target->isSingle();
  auto round = [&](double x) { return single ? static_cast<float>(x) : x; };
  double units = std::nearbyint(round(round(value) * round(1.0 / *port.grid)));
  if (!(std::fabs(units) < (port.wide ? 0x1p61 : 0x1p31)))
    return op.emitError("sends more than a sum holds");
  return units;
}

} // namespace snn::interpreter
