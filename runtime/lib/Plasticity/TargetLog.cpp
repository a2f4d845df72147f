//===- TargetLog.cpp - Spikes of targets that synapses missed -------------===//
//
// When a target has no room left, all synapses are brought up to date and the
// log begins anew: the more room, the more seldom.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/TargetLog.h"

using namespace snn::runtime;

// Spikes of a target at least; and for each of its synapses one byte in four.
static constexpr uint64_t LeastSpikes = 64;

uint64_t TargetLog::spikesFor(uint64_t synapses, uint64_t neurons) {
  uint64_t each = neurons ? synapses / neurons / 8 : 0;
  // Odd lines, so that targets do not compete for the same places of a cache.
  return ((each > LeastSpikes ? each : LeastSpikes) | 63) + 33;
}

uint64_t TargetLog::bytesOf(uint64_t neurons, uint64_t spikes) {
  return neurons *
         (sizeof(Last) + sizeof(uint32_t) + spikes * sizeof(uint16_t));
}

bool TargetLog::create(Range neurons, uint64_t spikes) {
  firstNeuron = neurons.begin;
  capacity = spikes;
  if (!recent.resize(neurons.size() + 1) || !counts.resize(neurons.size()) ||
      !all.reserve(neurons.size() * capacity))
    return false;
  all.setSize(neurons.size() * capacity);
  clear(0);
  return true;
}

void TargetLog::clear(uint64_t stamp) {
  memset(static_cast<void *>(recent.data()), 0xff,
         recent.size() * sizeof(Last));
  for (uint32_t &count : counts)
    count = 0;
  began = stamp;
  entries = 0;
}

void TargetLog::add(uint64_t target, uint64_t stamp) {
  uint64_t index = target - firstNeuron;
  auto step = static_cast<uint16_t>(stamp - began);
  Last &last = recent[index];
  memmove(last.steps, last.steps + 1, (Recent - 1) * sizeof(int16_t));
  last.steps[Recent - 1] = static_cast<int16_t>(step);
  all[index * capacity + counts[index]++] = step;
  ++entries;
}
