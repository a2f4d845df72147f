//===- Stopwatch.h - Where the time of a thread goes ------------*- C++ -*-===//
//
// A thread tells its stopwatch what it has just done; the time since it told
// something before goes to that. So no time is lost and none counted twice,
// and each tale costs one reading of the clock. A run that nobody profiles is
// timed in one step of sixteen, by phase; a profiled one in every step, with
// populations and projections told apart.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PROFILE_STOPWATCH_H
#define SNN_RUNTIME_PROFILE_STOPWATCH_H

#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Profile/CycleCounter.h"

#include <ctime>

namespace snn::runtime {

/// Nanoseconds of a clock that never goes back.
inline uint64_t nanosecondsNow() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<uint64_t>(time.tv_sec) * 1000000000 +
         static_cast<uint64_t>(time.tv_nsec);
}

/// Seconds of the same clock.
inline double secondsNow() {
  return 1e-9 * static_cast<double>(nanosecondsNow());
}

/// What a step consists of. Items of Delivery are numbered by Projections,
/// those of the others are populations.
enum class Phase : uint32_t { Stimulus, Delivery, Update, Emission, Wait };
constexpr uint32_t NumPhases = 5;

/// What a trace shows: one thing that a thread did.
struct TraceEvent {
  uint64_t begin, end; // ns
  uint64_t step;
  uint32_t slot;
};

class Stopwatch {
public:
  /// Stands for a whole phase among its items.
  static constexpr uint32_t All = UINT32_MAX;

  /// With `profiled`, everything is told apart; with room for trace events,
  /// those from step `traceFrom` on are kept until it is full.
  [[nodiscard]] bool create(uint32_t populations, uint32_t deliveries,
                            bool profiled, uint64_t traceEvents,
                            uint64_t traceFrom);
  void clear();

  /// In the thread that is timed, before its first step of a run.
  void beginRun();
  void beginStep(uint64_t step) {
    now = step;
    if (isProfiled || step % TimedEvery == 0 || step >= traceFrom) [[unlikely]]
      startStep();
    else
      running = apart = false;
  }

  /// What was done since the last lap, where phases are timed.
  void lap(Phase phase, uint32_t item = All) {
    if (running) [[unlikely]]
      take(phase, item);
  }
  /// The same, where only a profile or trace tells it from the phase's rest.
  void split(Phase phase, uint32_t item = All) {
    if (apart) [[unlikely]]
      take(phase, item);
  }
  /// What an item of Delivery was about, before its lap.
  void count(uint32_t item, uint64_t events, uint64_t segments) {
    if (apart) [[unlikely]]
      addWork(item, events, segments);
  }

  bool profiles() const { return isProfiled; }

  //===- Reading, after a run ---------------------------------------------===//

  struct Work {
    uint64_t events, segments;
    uint64_t countedEvents; // in steps of which cycles were counted
  };
  /// Without what the clock itself took; scaled from the timed steps to all.
  double seconds(Phase phase, uint32_t item, uint64_t steps) const;
  /// A phase with all its items.
  double seconds(Phase phase, uint64_t steps) const;
  uint64_t cycles(Phase phase, uint32_t item) const;
  const Work &work(uint32_t item) const { return works[item]; }
  /// Readings of the clock, and what they took.
  uint64_t readings() const;
  double clockSeconds() const {
    return 1e-9 * clockCost * static_cast<double>(readings());
  }
  /// Steps of which cycles were counted instead of time; 0 where none can be.
  uint64_t countedSteps() const { return stepsCounted; }

  const Buffer<TraceEvent> &traceEvents() const { return trace; }
  /// The first step that is not whole in the trace.
  uint64_t traceEnd() const { return traceFullAt; }
  void endTrace() { traceFrom = UINT64_MAX; }
  /// The phase and item of a slot.
  Phase phaseOf(uint32_t slot, uint32_t &item) const;

private:
  // Clocks are read in one step of these, or cycles where every step is timed.
  static constexpr uint64_t TimedEvery = 16;

  struct Slot {
    uint64_t nanoseconds, cycles, laps;
  };

  // All is before the first item.
  uint32_t slotOf(Phase phase, uint32_t item) const {
    return begins[static_cast<uint32_t>(phase)] + (item + 1);
  }
  double nanoseconds(const Slot &slot, uint64_t steps) const;
  void startStep();
  void take(Phase phase, uint32_t item);
  void addWork(uint32_t item, uint64_t events, uint64_t segments);
  void addEvent(uint32_t slot, uint64_t end);

  uint64_t now = 0;
  uint64_t traceFrom = UINT64_MAX;
  bool isProfiled = false;
  bool running = false;  // this step is timed by phase
  bool apart = false;    // and everything told apart
  bool summed = false;   // into the slots
  bool counting = false; // cycles instead of time
  bool tracing = false;
  uint64_t last = 0, lastCycles = 0;
  uint64_t stepsTimed = 0, stepsCounted = 0;
  double clockCost = 0; // ns of a reading
  uint32_t begins[NumPhases + 1] = {};
  Buffer<Slot> slots;
  Buffer<Work> works;
  CycleCounter counter;

  uint64_t traceRoom = 0, traceBegan = UINT64_MAX, traceFullAt = UINT64_MAX;
  Buffer<TraceEvent> trace;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PROFILE_STOPWATCH_H
