//===- Conditions.cpp - Sources that fire as others do --------------------===//
//
// Looking, drawing and counting.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Conditions.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/SumBounds.h"
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Random/Distribution.h"

using namespace snn::runtime;

bool Conditions::create(const snn_model &definition, uint32_t threadCount) {
  model = &definition;
  threads = threadCount;
  uint32_t count = 0;
  if (!slots.resize(model->num_populations))
    return false;
  for (uint32_t p = 0; p < model->num_populations; ++p)
    if (model->populations[p].kind == SNN_CONDITION_SOURCE)
      slots[p] = count++;
  if (!states.create(count))
    return false;
  for (uint32_t p = 0; p < model->num_populations; ++p) {
    const snn_population &source = model->populations[p];
    if (source.kind != SNN_CONDITION_SOURCE)
      continue;
    State &state = states[slots[p]];
    state.key =
        makeKey(hash64(model->seeds.stimulus, source.path), Stream::Wait);
    if (!state.due.resize(source.condition->longest))
      return false;
  }
  clear();
  return true;
}

void Conditions::clear() {
  for (State &state : states) {
    state.last = None;
    for (uint32_t &count : state.due)
      count = 0;
  }
}

/// Whether a neuron of the slice fired at `stamp`.
bool Conditions::fires(const snn_slice &slice, uint64_t stamp,
                       ObjectArray<SpikeHistory> &histories) const {
  for (uint32_t thread = 0; thread < threads; ++thread)
    for (uint32_t neuron : histories[slice.population].list(stamp, thread))
      if (sliceIndex(slice, neuron) != UINT64_MAX)
        return true;
  return false;
}

/// What the spikes of `stamp` set off.
void Conditions::look(const snn_population &source, State &state,
                      uint64_t stamp, ObjectArray<SpikeHistory> &histories,
                      RateFault &fault) const {
  const snn_condition &condition = *source.condition;
  bool isMet = fires(condition.spikes, stamp, histories) &&
               (!condition.window ||
                (state.last != None && stamp - state.last <= condition.window));
  if (condition.window && fires(condition.before, stamp, histories))
    state.last = stamp;
  if (!isMet)
    return;
  double time = condition.delay.a;
  if (condition.delay.kind != SNN_CONSTANT &&
      !drawForNeuron(condition.delay, state.key, stamp, time)) {
    fault = {source.path, "is restricted to what no draw meets", "delay"};
    return;
  }
  double steps = roundHalfEven(time / model->step);
  if (!(steps >= 2 && steps <= static_cast<double>(condition.longest))) {
    fault = {source.path, "is out of its bounds", "delay"};
    return;
  }
  uint64_t due = stamp + static_cast<uint64_t>(steps) - 1;
  ++state.due[due % state.due.size()];
}

bool Conditions::emit(uint32_t population, uint64_t stamp,
                      ObjectArray<SpikeHistory> &histories,
                      Buffer<uint32_t> &spikes, RateFault &fault) {
  if (stamp == 0)
    return true;
  const snn_population &source = model->populations[population];
  State &state = states[slots[population]];
  look(source, state, stamp - 1, histories, fault);
  uint32_t &due = state.due[stamp % state.due.size()];
  if (due > SumBounds::SourceSpikes)
    fault = {source.path, "has more than 64 waits end in one step", "delay"};
  for (; due; --due)
    if (!spikes.push(0))
      return false;
  return true;
}
