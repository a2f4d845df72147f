//===- Plasticity.h - Projections that change -------------------*- C++ -*-===//
//
// The plastic projections of a model: their synapses by thread, and when their
// handlers run. A spike of the source reaches the synapse after the axonal
// delay, where `on_pre` changes the synapse and sends to the sum that is due
// after the dendritic delay; one of the target reaches it after `backprop`.
// docs/decisions/plasticity.md has the order.
//
// Where it may, `on_post` waits: the spikes of targets are logged, and a
// synapse takes those that it has missed just before its source's spike changes
// it, in the order of its row; or when somebody looks.
// docs/explanation/plasticity.md has the reason.
//
// Without an axonal delay a spike is at the synapse in the step in which it is
// emitted, by whatever thread: those projections are served after all threads
// have emitted.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_PLASTICITY_H
#define SNN_RUNTIME_PLASTICITY_PLASTICITY_H

#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/Calendar.h"
#include "runtime/lib/Delivery/Projections.h"
#include "runtime/lib/Plasticity/Followers.h"
#include "runtime/lib/Plasticity/LaterSums.h"
#include "runtime/lib/Plasticity/PeriodLog.h"
#include "runtime/lib/Plasticity/PlasticRows.h"
#include "runtime/lib/Plasticity/SourceReplay.h"
#include "runtime/lib/Plasticity/TargetLog.h"
#include "runtime/lib/Threads/Team.h"

namespace snn::runtime {

class Plasticity {
public:
  /// `flags`: snn_option_flags.
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads,
                            uint32_t flags, Error &error);
  bool empty() const { return rules.size() == 0; }

  /// Adds what plastic projections and their followers will take.
  bool estimate(snn_memory &memory, LargestProjections &largest,
                uint64_t &temporary, Error &error);

  /// As estimated, of a plastic projection.
  double expectedSynapses(uint32_t projection) const {
    return rules[ruleOf(projection)].expected;
  }

  /// The synapses onto a thread's neurons; again, as they were made.
  bool build(const ObjectArray<Population> &populations, uint32_t thread,
             SumBounds &bounds, Error &error);
  bool reset(uint32_t thread, Error &error);

  /// Once all have built: what is kept of steps that are past and to come.
  [[nodiscard]] bool
  createHistories(const ObjectArray<Population> &populations);
  /// How many steps spikes of a population are looked back to.
  uint32_t longestLookBack(uint32_t population) const;
  Followers &followers() { return allFollowers; }

  //===- Serial -----------------------------------------------------------===//

  /// Values of modulators as handlers of the next step see them.
  void publishModulators(const ObjectArray<Population> &populations);
  /// From `step` on; SNN_NONE: all projections.
  void freeze(uint32_t projection, bool frozen, uint64_t step);
  /// No spike is under way.
  void clear();

  //===- In a run ---------------------------------------------------------===//

  /// Before the first spike, once followers have begun.
  void begin(uint32_t thread);

  /// What the parts of a network are for handlers.
  struct Surroundings {
    const ObjectArray<Population> &populations;
    ObjectArray<SpikeHistory> &histories;
    Team &team;
    uint32_t firstItem; // of the stopwatch
  };

  /// Handlers of time `stamp`: spikes that arrive, and those of targets with
  /// `backprop`, before thresholds.
  void arrive(Worker &worker, uint64_t stamp, const Surroundings &around);
  void returnLater(Worker &worker, uint64_t stamp, const Surroundings &around);
  /// Spikes of targets without it, after thresholds.
  void returnAtOnce(Worker &worker, uint64_t stamp, const Surroundings &around);
  /// What is done at whole periods, once followers have taken the spikes. All
  /// threads meet where sums over the synapses of sources are needed; one that
  /// has nothing to do any more meets the others in vain.
  void meetInVain(Worker &worker, uint64_t stamp, const Surroundings &around,
                  bool immediate);
  void tick(Worker &worker, uint64_t stamp, const Surroundings &around);
  /// All of these for projections without axonal delay, once all threads have
  /// emitted and published.
  bool hasImmediate() const { return anyImmediate; }
  void serveImmediate(Worker &worker, uint64_t stamp,
                      const Surroundings &around);

  /// Lets synapses take what they have missed up to `stamp`: of a projection,
  /// or of all (SNN_NONE).
  void settle(Worker &worker, uint32_t projection, uint64_t stamp,
              const Surroundings &around);

  //===- Reading ----------------------------------------------------------===//

  uint64_t numSynapses() const;
  uint64_t bytes() const;
  uint32_t numItems() const { return static_cast<uint32_t>(rules.size()); }
  Projections::Item item(uint32_t number) const;
  /// The synapses of a plastic projection, by thread.
  const PlasticRows &rows(uint32_t projection, uint32_t thread) const;

private:
  /// Where a spike stands in its row.
  struct Cursor {
    uint64_t synapse; // the first of the segment
    uint64_t segment;
    uint64_t end; // of the row's segments
    const void *pre;
  };
  /// A plastic projection, as all threads see it.
  struct Rule {
    uint32_t projection = 0;
    DelaySplit split;
    uint32_t longestAxonal = 0, longestDendritic = 0; // steps
    bool immediate = false;                           // without axonal delay
    bool waits = false;                               // on_post may wait
    bool periodsWait = false; // and what is done at periods
    bool frozen = false;
    double expected = 0; // synapses
    uint64_t frozenSince = 0;
    uint32_t later = SNN_NONE;   // its sums, where there is a dendritic delay
    Buffer<uint64_t> modulators; // bytes of their values
    Buffer<double> outgoing;     // sums, by snn_outgoing and source
  };
  static constexpr uint64_t ChunkSize = 128;
  /// The synapses of one call of on_post, and what they see of their sources.
  struct Chunk {
    const uint32_t *listed = nullptr;
    uint64_t target = 0, count = 0;
    const void *places[ChunkSize]; // of the first state, by synapse
    Buffer<uint64_t> values;       // by state and synapse
    Buffer<const void *> pointers;
  };
  /// A plastic projection onto the neurons of a thread.
  struct alignas(64) Part {
    PlasticRows synapses;
    Calendar<Cursor> calendar; // if axonal delays differ
    Buffer<void *> fields;     // of the target, with the sum that is due
    Buffer<uint64_t> pre;      // states of one source
    Chunk chunks[2];
    // If on_post may wait.
    TargetLog log;
    SourceReplay replay;
    MissedSpikes missed;
    PeriodLog periods;
    SpikesByPeriod missedByPeriod;
    uint64_t bytes() const {
      return synapses.bytes() + log.bytes() + replay.bytes() + periods.bytes();
    }
  };
  class Turn;

  uint64_t ruleOf(uint32_t projection) const;
  bool createRule(Rule &rule, uint32_t projection, Error &error);
  bool createPart(Part &part, const Rule &rule, const Population &target,
                  uint32_t thread, Error &error);
  bool mayWait(const Rule &rule) const;
  bool shouldWait(const Rule &rule) const;
  bool mayPeriodsWait(const Rule &rule) const;
  void measureDelays(uint64_t rule);
  bool createLaterSums(const ObjectArray<Population> &populations);
  void addBounds(const Rule &rule, const Part &part, const Population &target,
                 uint32_t thread, SumBounds &bounds) const;
  FollowerView viewOf(uint32_t follower) const;
  template <typename T>
  double sumOfRow(uint64_t rule, uint64_t row, uint32_t state) const;
  void sumOutgoing(uint64_t rule, Worker &worker, uint64_t stamp,
                   const Surroundings &around);
  template <typename Fn>
  void forEachTogether(uint64_t stamp, bool immediate, Fn &&serve);
  void tickTogether(Worker &worker, uint64_t stamp, const Surroundings &around,
                    bool immediate);
  template <typename Fn>
  void forEachTurn(Worker &worker, uint64_t stamp, const Surroundings &around,
                   bool immediate, Fn &&serve);

  bool hasReverse(const Rule &rule) const {
    return !rule.waits && projection(rule).plasticity->on_post;
  }
  const snn_projection &projection(const Rule &rule) const {
    return model->projections[rule.projection];
  }
  Part &part(uint64_t rule, uint32_t thread) {
    return parts[rule * threads + thread];
  }
  const Part &part(uint64_t rule, uint32_t thread) const {
    return parts[rule * threads + thread];
  }

  const snn_model *model = nullptr;
  uint32_t threads = 1;
  bool anyImmediate = false;
  QuantileShelf shelf;
  ObjectArray<Rule> rules;
  ObjectArray<Part> parts; // by rule and thread
  ObjectArray<LaterSums> laterSums;
  Followers allFollowers;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_PLASTICITY_H
