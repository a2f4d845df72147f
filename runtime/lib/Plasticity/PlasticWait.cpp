//===- PlasticWait.cpp - Synapses that wait for their source --------------===//
//
// A spike of a target is logged. When a spike of a source arrives, or somebody
// looks, the synapses of its row take what they have missed, one behind the
// other: what is changed lies in the order of memory. A synapse sees the same
// in the same order as if each spike had been served at once, so it gets the
// same bits; and what one synapse gets is nothing to any other.
//
// A row whose source fired last in step b, and which its spikes reach a delay
// of d later, has seen the spikes of targets before step b + d: a spike that
// arrives comes before those of targets in the same step.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Plasticity/PlasticTurn.h"

using namespace snn::runtime;

// Synapses that are served together.
static constexpr uint64_t Piece = 256;

/// Spikes of a thread and step whose rows are served together.
struct Plasticity::Turn::Waiting {
  uint64_t count = 0;
  uint64_t rows[SNN_LANES], spikes[SNN_LANES];
};

void Plasticity::Turn::logSpikes(const Buffer<uint32_t> &spikes) {
  for (uint32_t neuron : spikes) {
    if (!part.log.hasRoom(neuron, stamp))
      settle(stamp);
    part.log.add(neuron, stamp);
  }
}

//===- Taking what was missed ---------------------------------------------===//

/// What the sources of rows were up to the step that is seen in step `last`.
bool Plasticity::Turn::replay(const uint64_t *rows, uint64_t count,
                              uint64_t last) {
  uint64_t delay = rule.split.axonal;
  // Before the first step that is seen, the beginning.
  uint64_t before = part.log.first() < delay ? delay : 0;
  if (plastic.pre == SNN_NONE ||
      part.replay.run(rows, count, last > delay ? last - delay : 0, before))
    return true;
  worker.outOfMemory = true;
  return false;
}

void Plasticity::Turn::take(const void *const *pre, const uint32_t *listed,
                            const uint16_t *steps, uint64_t count) {
  if (!count)
    return;
  view.step = part.log.first();
  check(plastic.on_missed(&view, pre, listed, steps, count));
  view.step = stamp;
}

void Plasticity::Turn::takeMissed(const void *const *pre) {
  MissedSpikes &missed = part.missed;
  take(pre, missed.listed + missed.begin, missed.steps + missed.begin,
       missed.count());
  missed.begin = MissedSpikes::Room;
}

/// Spikes and periods by turns.
void Plasticity::Turn::takePeriods(const Missing &missing, uint64_t begin,
                                   uint64_t end) {
  SpikesByPeriod &spikes = part.missedByPeriod;
  auto add = [&] { worker.outOfMemory |= !spikes.add(part.missed); };
  spikes.clear();
  part.log.collect(rows.targets.data(), begin, end, missing.since, part.missed,
                   add);
  add();
  if (!spikes.sort(part.periods, missing.firstPeriod)) {
    worker.outOfMemory = true;
    return;
  }
  for (uint64_t n = 0, p = missing.firstPeriod;; ++n, ++p) {
    SpikesByPeriod::List list = spikes.after(n);
    take(missing.pre, list.listed, list.steps, list.count);
    if (p == part.periods.count())
      return;
    PeriodLog::Period period = part.periods[p];
    view.step = period.stamp;
    view.modulators = period.modulators;
    check(plastic.periodic[period.which].change(&view, nullptr, begin, end));
    view.step = stamp;
    view.modulators = rule.modulators.data();
  }
}

Plasticity::Turn::Missing Plasticity::Turn::missing(uint64_t row, uint64_t lane,
                                                    uint64_t last) {
  uint64_t delay = rule.split.axonal, first = part.log.first();
  Missing result;
  if (plastic.pre != SNN_NONE)
    result.pre = part.replay.of(lane, static_cast<int64_t>(first) -
                                          static_cast<int64_t>(delay));
  result.since = last < delay ? 0 : part.replay.basis(row) + delay;
  if (!part.periods.empty())
    result.firstPeriod = part.periods.countBefore(result.since);
  return result;
}

void Plasticity::Turn::catchUp(const Missing &missing, uint64_t begin,
                               uint64_t end) {
  if (missing.firstPeriod < part.periods.count()) {
    takePeriods(missing, begin, end);
    return;
  }
  part.log.collect(rows.targets.data(), begin, end, missing.since, part.missed,
                   [&] { takeMissed(missing.pre); });
  takeMissed(missing.pre);
}

void Plasticity::Turn::settle(uint64_t last) {
  uint64_t delay = rule.split.axonal, numRows = rows.rows.size() - 1;
  uint64_t lanes[SNN_LANES];
  // Where the log is empty, only bases have grown old.
  if (isNothingLogged() && !part.log.isOld(last))
    return;
  if (rule.periodsWait)
    part.periods.extend(last);
  for (uint64_t begin = 0; begin < numRows; begin += SNN_LANES) {
    uint64_t count = 0;
    for (; count < SNN_LANES && begin + count < numRows; ++count)
      lanes[count] = begin + count;
    if (!replay(lanes, count, last))
      return;
    for (uint64_t lane = 0; lane < count; ++lane) {
      catchUp(missing(lanes[lane], lane, last), rows.rows[lanes[lane]],
              rows.rows[lanes[lane] + 1]);
      if (last >= delay && last - delay > part.replay.basis(lanes[lane]))
        part.replay.advance(lane, last - delay);
    }
  }
  part.log.clear(last);
  part.periods.clear(last);
}

//===- Spikes of the source -----------------------------------------------===//

/// Synapses [begin, end), by pieces of which all that is looked at twice stays
/// in the first cache. While one is served, its like of the next row, which
/// begins at `next`, is fetched.
void Plasticity::Turn::servePieces(const Missing &missing, const void *pre,
                                   Range row, Range next) {
  for (uint64_t begin = row.begin; begin < row.end; begin += Piece) {
    uint64_t end = row.end - begin < Piece ? row.end : begin + Piece;
    uint64_t ahead = next.begin + (begin - row.begin);
    if (ahead < next.end)
      fetch({ahead, next.end - ahead < Piece ? next.end : ahead + Piece});
    catchUp(missing, begin, end);
    change(pre, begin, end);
  }
}

void Plasticity::Turn::serve(const Waiting &waiting, uint64_t emitted,
                             uint32_t thread) {
  bool isMissing = !isNothingLogged();
  if (rule.periodsWait)
    part.periods.extend(stamp);
  if (isMissing && !replay(waiting.rows, waiting.count, stamp - 1))
    return;
  for (uint64_t lane = 0; lane < waiting.count; ++lane) {
    uint64_t row = waiting.rows[lane], spike = waiting.spikes[lane];
    const void *pre = before(emitted, thread, spike);
    Range own = rangeOf(row);
    if (!isMissing) {
      callRow(row, pre);
    } else if (rule.split.dendritic == DelaySplit::Differs) {
      catchUp(missing(row, lane, stamp - 1), own.begin, own.end);
      callRow(row, pre);
    } else if (own.size()) {
      count(own.size());
      servePieces(missing(row, lane, stamp - 1), pre, own,
                  lane + 1 < waiting.count ? rangeOf(waiting.rows[lane + 1])
                                           : Range());
    }
    part.replay.setBasis(
        row, emitted,
        plastic.pre == SNN_NONE
            ? nullptr
            : all.allFollowers.left(plastic.pre, emitted, thread, spike));
  }
}

/// A source that fires several times in a step has its first spike among
/// others, and each further one by itself, since that finds another basis.
void Plasticity::Turn::waitingSpikesOf(uint64_t emitted, uint32_t thread) {
  const Buffer<uint32_t> &spikes =
      around.histories[projection.source.population].list(emitted, thread);
  Waiting waiting;
  for (uint64_t i = 0; i < spikes.size(); ++i) {
    uint64_t row = sliceIndex(projection.source, spikes[i]);
    if (row == UINT64_MAX)
      continue;
    bool repeats = i && spikes[i] == spikes[i - 1];
    if (repeats || waiting.count == SNN_LANES) {
      serve(waiting, emitted, thread);
      waiting.count = 0;
    }
    fetch(rows.rows[row]);
    waiting.rows[waiting.count] = row;
    waiting.spikes[waiting.count++] = i;
  }
  if (waiting.count)
    serve(waiting, emitted, thread);
}
