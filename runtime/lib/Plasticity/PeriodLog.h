//===- PeriodLog.h - Periods that synapses missed ---------------*- C++ -*-===//
//
// What a rule does at whole periods may wait as its `on post` does, if it sees
// nothing but the synapse and modulators: of each period its step and the
// modulators' values are kept. A synapse that is looked at takes the spikes and
// periods that it missed in the order of their steps; of one step, spikes come
// first.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_PERIODLOG_H
#define SNN_RUNTIME_PLASTICITY_PERIODLOG_H

#include "runtime/lib/Plasticity/TargetLog.h"

namespace snn::runtime {

class PeriodLog {
public:
  struct Period {
    uint64_t stamp;
    uint32_t which; // of the rule's
    const uint64_t *modulators;
  };

  /// With so many words of modulators.
  [[nodiscard]] bool create(uint64_t modulators);
  static uint64_t bytesOf() { return Steps * sizeof(uint16_t); }
  uint64_t bytes() const { return before.capacityBytes(); }

  void clear(uint64_t stamp);
  bool empty() const { return stamps.empty(); }
  uint64_t count() const { return stamps.size(); }
  Period operator[](uint64_t number) const {
    return {stamps[number], kinds[number], values.data() + number * words};
  }
  [[nodiscard]] bool add(uint64_t stamp, uint32_t which,
                         const uint64_t *modulators);

  /// Up to `stamp` it is told how many periods were before a step.
  void extend(uint64_t stamp);
  /// Periods of steps before `stamp`.
  uint64_t countBefore(uint64_t stamp) const {
    return stamp > began ? before.data()[stamp - began] : 0;
  }
  /// The same, of a step since the log began.
  uint64_t countBeforeStep(uint16_t step) const { return before.data()[step]; }

private:
  static constexpr uint64_t Steps = TargetLog::MostSteps + 2;

  uint64_t began = 0, words = 0, known = 0; // steps, of `before`
  Buffer<uint64_t> stamps, values;
  Buffer<uint32_t> kinds;
  Buffer<uint16_t> before; // by step since the log began
};

/// Spikes that synapses missed, by how many periods were before them.
class SpikesByPeriod {
public:
  struct List {
    const uint32_t *listed;
    const uint16_t *steps;
    uint64_t count;
  };

  /// Takes over what was missed, and empties it.
  [[nodiscard]] bool add(MissedSpikes &missed);
  /// Sorts what was added by the periods from `first` to the log's end.
  [[nodiscard]] bool sort(const PeriodLog &log, uint64_t first);
  /// Those after so many periods, in the order in which they were added.
  List after(uint64_t periods) const {
    uint64_t begin = begins[periods];
    return {sortedListed.data() + begin, sortedSteps.data() + begin,
            begins[periods + 1] - begin};
  }
  void clear() {
    listed.clear();
    steps.clear();
  }

private:
  Buffer<uint32_t> listed, sortedListed;
  Buffer<uint16_t> steps, sortedSteps;
  Buffer<uint64_t> begins;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_PERIODLOG_H
