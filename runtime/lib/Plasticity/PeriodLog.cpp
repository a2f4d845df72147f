//===- PeriodLog.cpp - Periods that synapses missed -----------------------===//
//
// How many periods were before a step is kept for every step, so that spikes
// are sorted by counting, without a branch that depends on them.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/PeriodLog.h"

using namespace snn::runtime;

bool PeriodLog::create(uint64_t modulators) {
  words = modulators;
  if (!before.resize(Steps))
    return false;
  clear(0);
  return true;
}

void PeriodLog::clear(uint64_t stamp) {
  began = stamp;
  known = 0;
  stamps.clear();
  values.clear();
  kinds.clear();
}

void PeriodLog::extend(uint64_t stamp) {
  uint64_t end = stamp - began + 1 < Steps ? stamp - began + 1 : Steps;
  auto sum = static_cast<uint16_t>(stamps.size());
  for (; known < end; ++known)
    before[known] = sum;
}

bool PeriodLog::add(uint64_t stamp, uint32_t which,
                    const uint64_t *modulators) {
  extend(stamp);
  return stamps.push(stamp) && kinds.push(which) &&
         values.append(modulators, words);
}

bool SpikesByPeriod::add(MissedSpikes &missed) {
  bool kept = listed.append(missed.listed + missed.begin, missed.count()) &&
              steps.append(missed.steps + missed.begin, missed.count());
  missed.begin = MissedSpikes::Room;
  return kept;
}

bool SpikesByPeriod::sort(const PeriodLog &log, uint64_t first) {
  uint64_t lists = log.count() - first + 1;
  if (!sortedListed.reserve(listed.size()) ||
      !sortedSteps.reserve(listed.size()) || !begins.reserve(lists + 1))
    return false;
  begins.setSize(lists + 1);
  memset(begins.data(), 0, begins.size() * sizeof(uint64_t));
  auto listOf = [&](uint64_t i) {
    return log.countBeforeStep(steps[i]) - first;
  };
  // Where a list ends, one further: there the next begins, once it is filled.
  for (uint64_t i = 0; i < steps.size(); ++i)
    ++begins[listOf(i) + 1];
  uint64_t sum = 0;
  for (uint64_t list = 1; list <= lists; ++list) {
    uint64_t count = begins[list];
    begins[list] = sum;
    sum += count;
  }
  for (uint64_t i = 0; i < steps.size(); ++i) {
    uint64_t to = begins[listOf(i) + 1]++;
    sortedListed.data()[to] = listed[i];
    sortedSteps.data()[to] = steps[i];
  }
  return true;
}
