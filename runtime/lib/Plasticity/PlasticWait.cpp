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

void Plasticity::Turn::takeMissed(const void *const *pre) {
  MissedSpikes &missed = part.missed;
  if (!missed.count())
    return;
  view.step = part.log.first();
  check(plastic.on_missed(&view, pre, missed.listed + missed.begin,
                          missed.steps + missed.begin, missed.count()));
  view.step = stamp;
  missed.begin = MissedSpikes::Room;
}

void Plasticity::Turn::catchUp(uint64_t row, uint64_t lane, uint64_t last) {
  uint64_t delay = rule.split.axonal, first = part.log.first();
  const void *const *pre = nullptr;
  if (plastic.pre != SNN_NONE)
    pre = part.replay.of(lane, static_cast<int64_t>(first) -
                                   static_cast<int64_t>(delay));
  uint64_t since = last < delay ? 0 : part.replay.basis(row) + delay;
  part.log.collect(rows.targets.data(), rows.rows[row], rows.rows[row + 1],
                   since, part.missed, [&] { takeMissed(pre); });
  takeMissed(pre);
}

void Plasticity::Turn::settle(uint64_t last) {
  uint64_t delay = rule.split.axonal, numRows = rows.rows.size() - 1;
  uint64_t lanes[SNN_LANES];
  // Where the log is empty, only bases have grown old.
  if (part.log.empty() && !part.log.isOld(last))
    return;
  for (uint64_t begin = 0; begin < numRows; begin += SNN_LANES) {
    uint64_t count = 0;
    for (; count < SNN_LANES && begin + count < numRows; ++count)
      lanes[count] = begin + count;
    if (!replay(lanes, count, last))
      return;
    for (uint64_t lane = 0; lane < count; ++lane) {
      catchUp(lanes[lane], lane, last);
      if (last >= delay && last - delay > part.replay.basis(lanes[lane]))
        part.replay.advance(lane, last - delay);
    }
  }
  part.log.clear(last);
}

//===- Spikes of the source -----------------------------------------------===//

void Plasticity::Turn::serve(const Waiting &waiting, uint64_t emitted,
                             uint32_t thread) {
  if (!part.log.empty() && !replay(waiting.rows, waiting.count, stamp - 1))
    return;
  for (uint64_t lane = 0; lane < waiting.count; ++lane) {
    uint64_t row = waiting.rows[lane], spike = waiting.spikes[lane];
    if (!part.log.empty())
      catchUp(row, lane, stamp - 1);
    callRow(row, before(emitted, thread, spike));
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
