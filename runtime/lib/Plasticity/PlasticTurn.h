//===- PlasticTurn.h - What plastic projections do in a step ----*- C++ -*-===//
//
// A turn is one projection in one thread at one time.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_PLASTICTURN_H
#define SNN_RUNTIME_PLASTICITY_PLASTICTURN_H

#include "runtime/lib/Plasticity/Plasticity.h"

namespace snn::runtime {

class Plasticity::Turn {
public:
  Turn(Plasticity &all, uint64_t index, Worker &worker, uint64_t stamp,
       const Surroundings &around)
      : all(all), rule(all.rules[index]), projection(all.projection(rule)),
        plastic(*projection.plasticity), part(all.part(index, worker.thread)),
        worker(worker), around(around), stamp(stamp),
        rows(part.synapses.rows()),
        target(around.populations[projection.target.population]),
        view{part.synapses.states(), rows.targets.data(),
             part.synapses.last(),   part.fields.data(),
             fieldsOfPost(),         rule.modulators.data(),
             plastic.constants,      stamp},
        bytes(elementBytes(plastic.element)) {}

  void arrive();
  void goBack();
  void tick();
  /// A change of the rule, whose period is over.
  void tick(uint32_t change);
  /// The sums over the synapses of sources, to where that change reads them.
  void spreadOutgoing();
  /// What was missed up to step `last`: whoever looks now finds synapses as
  /// they are.
  void settle(uint64_t last);

private:
  void *const *fieldsOfPost() const {
    if (plastic.post == SNN_NONE)
      return nullptr;
    return rule.immediate
               ? all.allFollowers.unfollowed(plastic.post, worker.thread)
               : around.populations[plastic.post].fields(worker.thread);
  }

  void aimAt(uint32_t dendritic);
  void count(uint64_t synapses) {
    worker.synapticEvents += synapses;
    ++worker.segments;
  }
  void change(const void *pre, uint64_t begin, uint64_t end) {
    check(
        (rule.frozen ? plastic.send : plastic.on_pre)(&view, pre, begin, end));
  }
  void call(const void *pre, uint64_t begin, uint64_t end) {
    count(end - begin);
    change(pre, begin, end);
  }
  void callRow(uint64_t row, const void *pre);
  Range rangeOf(uint64_t row) const {
    return {rows.rows[row], rows.rows[row + 1]};
  }
  void fetch(uint64_t synapse) const;
  void fetch(Range synapses) const;
  void spikesOf(uint64_t emitted, uint32_t thread);
  void startCursors(uint64_t emitted, uint32_t thread);
  void advanceCursors();
  const void *before(uint64_t emitted, uint32_t thread, uint64_t spike) const {
    return plastic.pre == SNN_NONE
               ? nullptr
               : all.allFollowers.before(plastic.pre, emitted, thread, spike);
  }
  const void *statesOf(uint64_t source, uint32_t axonal);
  template <typename T>
  void gather(Chunk &chunk) const;
  void goBackAtOnce(const Buffer<uint32_t> &spikes);
  void change(const Chunk &chunk);
  void changeAll(const snn_periodic &periodic);
  template <typename T>
  void sum(const snn_incoming &incoming);
  template <typename T>
  void spreadOutgoing();

  // Where on_post waits: PlasticWait.cpp.
  struct Waiting;
  /// What a row has missed: since when, and what its source was then.
  struct Missing {
    const void *const *pre = nullptr;
    uint64_t since = 0;
    uint64_t firstPeriod = 0;
  };
  void logSpikes(const Buffer<uint32_t> &spikes);
  void waitingSpikesOf(uint64_t emitted, uint32_t thread);
  void serve(const Waiting &waiting, uint64_t emitted, uint32_t thread);
  bool replay(const uint64_t *rows, uint64_t count, uint64_t last);
  Missing missing(uint64_t row, uint64_t lane, uint64_t last);
  void catchUp(const Missing &missing, uint64_t begin, uint64_t end);
  void servePieces(const Missing &missing, const void *pre, Range row,
                   Range next);
  void takeMissed(const void *const *pre);
  void take(const void *const *pre, const uint32_t *listed,
            const uint16_t *steps, uint64_t count);
  void takePeriods(const Missing &missing, uint64_t begin, uint64_t end);
  bool isNothingLogged() const {
    return part.log.empty() && part.periods.empty();
  }

  void check(uint32_t failed) {
    if (failed && rule.projection < worker.badProjection)
      worker.badProjection = rule.projection;
  }

  Plasticity &all;
  const Rule &rule;
  const snn_projection &projection;
  const snn_plasticity &plastic;
  Part &part;
  Worker &worker;
  const Surroundings &around;
  uint64_t stamp;
  const Synapses &rows;
  const Population &target;
  snn_synapses view;
  uint64_t bytes; // of a state
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_PLASTICTURN_H
