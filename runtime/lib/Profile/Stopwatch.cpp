//===- Stopwatch.cpp - Where the time of a thread goes --------------------===//
//
// Reading the clock takes a time like that of updating a hundred neurons. It
// is measured before the first step and taken off each lap; the sum is told as
// what profiling costs.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Profile/Stopwatch.h"

using namespace snn::runtime;

/// The least of some means: what else the machine did is not the clock's cost.
static double costOfReading() {
  constexpr uint64_t readings = 64;
  uint64_t least = UINT64_MAX;
  for (int attempt = 0; attempt < 16; ++attempt) {
    uint64_t began = nanosecondsNow(), ended = began;
    for (uint64_t i = 0; i < readings; ++i)
      ended = nanosecondsNow();
    least = ended - began < least ? ended - began : least;
  }
  return static_cast<double>(least) / readings;
}

bool Stopwatch::create(uint32_t populations, uint32_t deliveries, bool profiled,
                       uint64_t traceEvents, uint64_t firstTraced) {
  isProfiled = profiled;
  traceRoom = traceEvents;
  traceBegan = traceRoom ? firstTraced : UINT64_MAX;
  uint32_t end = 0;
  for (uint32_t phase = 0; phase < NumPhases; ++phase) {
    begins[phase] = end;
    end += 1 + (phase == static_cast<uint32_t>(Phase::Delivery) ? deliveries
                                                                : populations);
  }
  begins[NumPhases] = end;
  clear();
  return slots.resize(end) && works.resize(deliveries) &&
         trace.reserve(traceRoom);
}

void Stopwatch::clear() {
  for (Slot &slot : slots)
    slot = {};
  for (Work &work : works)
    work = {};
  trace.clear();
  traceFrom = traceBegan;
  traceFullAt = UINT64_MAX;
  stepsTimed = stepsCounted = 0;
}

void Stopwatch::beginRun() {
  if (clockCost == 0)
    clockCost = costOfReading();
  if (isProfiled)
    counter.open();
  last = nanosecondsNow();
  apart = false; // the clock runs from the beginning of the next step
}

void Stopwatch::startStep() {
  bool continues = apart && !counting;
  tracing = now >= traceFrom;
  // Cycles are read by a system call, which would be taken for time.
  counting = counter.isOpen() && !tracing && now % TimedEvery == 0;
  summed = isProfiled || now % TimedEvery == 0;
  apart = isProfiled || tracing;
  running = true;
  if (counting) {
    ++stepsCounted;
    lastCycles = counter.read();
    return;
  }
  stepsTimed += summed;
  // From the barrier before, unless nobody was timing.
  if (!continues)
    last = nanosecondsNow();
}

void Stopwatch::take(Phase phase, uint32_t item) {
  Slot &slot = slots[slotOf(phase, apart ? item : All)];
  if (counting) {
    uint64_t cycles = counter.read();
    slot.cycles += cycles - lastCycles;
    lastCycles = cycles;
    return;
  }
  uint64_t end = nanosecondsNow();
  if (tracing)
    addEvent(static_cast<uint32_t>(&slot - slots.data()), end);
  if (summed) {
    slot.nanoseconds += end - last;
    ++slot.laps;
  }
  last = end;
}

void Stopwatch::addWork(uint32_t item, uint64_t events, uint64_t segments) {
  if (!summed)
    return;
  works[item].events += events;
  works[item].segments += segments;
  if (counting)
    works[item].countedEvents += events;
}

void Stopwatch::addEvent(uint32_t slot, uint64_t end) {
  // Shorter ones show the clock and nothing else.
  if (static_cast<double>(end - last) < 2 * clockCost)
    return;
  if (trace.size() == traceRoom) {
    if (traceFullAt == UINT64_MAX)
      traceFullAt = now;
    return;
  }
  // Room for all of it was made at the beginning.
  trace.data()[trace.size()] = {last, end, now, slot};
  trace.setSize(trace.size() + 1);
}

double Stopwatch::nanoseconds(const Slot &slot, uint64_t steps) const {
  if (!stepsTimed)
    return 0;
  double time = static_cast<double>(slot.nanoseconds) -
                clockCost * static_cast<double>(slot.laps);
  return time <= 0 ? 0
                   : time * static_cast<double>(steps) /
                         static_cast<double>(stepsTimed);
}

double Stopwatch::seconds(Phase phase, uint32_t item, uint64_t steps) const {
  return 1e-9 * nanoseconds(slots[slotOf(phase, item)], steps);
}

double Stopwatch::seconds(Phase phase, uint64_t steps) const {
  auto index = static_cast<uint32_t>(phase);
  double sum = 0;
  for (uint32_t slot = begins[index]; slot < begins[index + 1]; ++slot)
    sum += nanoseconds(slots[slot], steps);
  return 1e-9 * sum;
}

uint64_t Stopwatch::cycles(Phase phase, uint32_t item) const {
  return slots[slotOf(phase, item)].cycles;
}

uint64_t Stopwatch::readings() const {
  uint64_t sum = 0;
  for (const Slot &slot : slots)
    sum += slot.laps;
  return sum;
}

Phase Stopwatch::phaseOf(uint32_t slot, uint32_t &item) const {
  uint32_t phase = 0;
  while (slot >= begins[phase + 1])
    ++phase;
  item = slot - begins[phase] - 1; // All wraps
  return static_cast<Phase>(phase);
}
