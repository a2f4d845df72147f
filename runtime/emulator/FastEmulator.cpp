//===- FastEmulator.cpp - Ticks of the fast engine ------------------------===//
//
// Delivery and update by threads, routing by one, in the order that Emulator.h
// gives.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/FastEmulator.h"

#include <algorithm>

namespace snn::emulator {

// With fewer neurons each, waking a thread takes longer than its work.
static constexpr uint64_t NeuronsOfThread = 2048;

bool FastEmulator::create(const Image &toRun, Error &error, const Times &times,
                          uint32_t threads) {
  image = &toRun;
  if (!traffic.create(toRun, times, error) || !rows.create(toRun, error))
    return false;
  uint64_t most = image->chip.timing == Timing::Events
                      ? 1
                      : image->neurons() / NeuronsOfThread;
  most = std::min<uint64_t>(most, image->cores.size());
  return shareOut(static_cast<uint32_t>(
                      std::clamp<uint64_t>(most, 1, std::max(threads, 1u))),
                  error);
}

/// Cores that are neighbours, with as many neurons and synapses for each.
bool FastEmulator::shareOut(uint32_t threads, Error &error) {
  if (!groups.create(threads) || !failures.create(threads))
    return runtime::outOfMemory(error, "the emulator");
  if (!team.start(threads))
    return runtime::fail(error, SNN_RESOURCE, "E0731",
                         "only %u of %u threads could be started", team.size(),
                         threads);
  uint64_t number = image->cores.size();
  auto workUpTo = [&](uint64_t core) {
    return core == number
               ? image->neurons() + image->synapses.size()
               : image->cores[core].firstNeuron +
                     image->firstSynapse[image->cores[core].firstAxon];
  };
  for (uint64_t thread = 0, begin = 0; thread < threads; ++thread) {
    uint64_t share = workUpTo(number) / threads * (thread + 1), end = begin;
    while (end < number && (thread + 1 == threads || workUpTo(end) < share))
      ++end;
    if (!groups[thread].create(rows, traffic, begin, end, error))
      return false;
    begin = end;
  }
  return true;
}

/// Sends what spiked, and forgets it.
bool FastEmulator::send(Buffer<uint32_t> &spikes, Error &error) {
  for (uint32_t neuron : spikes) {
    if (!fired.push(neuron))
      return runtime::outOfMemory(error, "the spikes of a tick");
    if (!traffic.sendSpike(neuron, counts, error))
      return false;
  }
  spikes.clear();
  return true;
}

bool FastEmulator::drain(Error &error) {
  for (;;) {
    uint32_t axon = 0;
    bool found;
    if (!traffic.take(axon, found, error))
      return false;
    if (!found)
      return true;
    if (!groups[0].deliverRow(axon, error) || !send(groups[0].early(), error))
      return false;
  }
}

/// What cores do on their own.
bool FastEmulator::workCores(Error &error) {
  team.run(
      [](void *opaque, uint32_t thread) {
        auto &self = *static_cast<FastEmulator *>(opaque);
        CoreGroup &group = self.groups[thread];
        Error &failure = self.failures[thread];
        failure.status = SNN_OK;
        if (!self.arrived || group.deliver(*self.arrived, failure))
          group.update(failure);
      },
      this);
  for (const Error &failure : failures)
    if (failure.status != SNN_OK) {
      error = failure;
      return false;
    }
  for (CoreGroup &group : groups)
    if (!send(group.early(), error))
      return false;
  for (CoreGroup &group : groups)
    if (!send(group.late(), error))
      return false;
  return true;
}

void FastEmulator::takeCounts() {
  for (CoreGroup &group : groups) {
    Counters &more = group.counters();
    counts.synapticEvents += more.synapticEvents;
    counts.updates += more.updates;
    counts.accesses += more.accesses;
    counts.overflows.wraps += more.overflows.wraps;
    counts.overflows.saturations += more.overflows.saturations;
    more = {};
  }
}

bool FastEmulator::step(const uint32_t *lines, uint64_t count, Error &error) {
  fired.clear();
  traffic.beginTick();
  rows.beginTick(traffic.now());
  bool events = image->chip.timing == Timing::Events;
  for (uint64_t i = 0; i < count; ++i)
    if (!traffic.sendInput(lines[i], counts, error) ||
        (events && !drain(error)))
      return false;
  Buffer<uint32_t> *now = events ? nullptr : &traffic.arrived(counts);
  arrived = now;
  if (!workCores(error) || !drain(error))
    return false;
  if (now)
    now->clear();
  takeCounts();
  traffic.endTick();
  ++counts.ticks;
  return true;
}

} // namespace snn::emulator
