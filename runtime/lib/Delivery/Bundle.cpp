//===- Bundle.cpp - Projections that share their rows ---------------------===//
//
// Delivery of bundles. The synapses of the next cursors are fetched while one
// is delivered.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Bundle.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/BundleBuilder.h"

using namespace snn::runtime;

// Cursors ahead, and cache lines of each: most segments end within four.
static constexpr uint64_t Ahead = 4;
static constexpr uint64_t LineWords = 16;

// Words that are copied from a segment before its length matters; the table
// has as many to spare at its end. The queue stays in the nearest cache.
static constexpr uint64_t CopiedWords = 64;
static constexpr uint64_t QueueWords = 4096;

// Sums that half a word can number.
static constexpr uint64_t MostShortSums = 0x10000;

bool Bundle::takes(const snn_projection &projection) {
  bool byTarget = projection.rule == SNN_INDEGREE &&
                  (projection.flags & (SNN_AUTAPSES | SNN_MULTAPSES)) !=
                      (SNN_AUTAPSES | SNN_MULTAPSES);
  bool constant = projection.weight.kind == SNN_CONSTANT &&
                  projection.axonal_delay.kind == SNN_CONSTANT &&
                  projection.dendritic_delay.kind == SNN_CONSTANT;
  return projection.sum_field != SNN_NONE &&
         projection.weight_element == SNN_I32 && !constant && !byTarget;
}

bool Bundle::together(const snn_projection &a, const snn_projection &b) {
  return a.source.population == b.source.population &&
         a.source.first == b.source.first && a.source.count == b.source.count &&
         a.source.stride == b.source.stride;
}

uint64_t Bundle::synapseBytes(const snn_model &model, uint32_t threads) {
  uint64_t neurons = 0;
  for (uint32_t p = 0; p < model.num_populations; ++p)
    neurons += padToLanes(model.populations[p].size);
  return neurons / threads <= MostShortSums ? 4 : 8;
}

bool Bundle::create(const snn_model &definition, const uint32_t *projections,
                    uint64_t count, uint32_t threads, Error &error) {
  model = &definition;
  source = model->projections[projections[0]].source;
  if (!members.create(count) || !parts.create(threads))
    return outOfMemory(error, "the synapses");
  for (uint64_t i = 0; i < count; ++i)
    if (!members[i].create(model->projections[projections[i]], model->step,
                           model->seeds.network, error))
      return false;
  return true;
}

bool Bundle::build(const ObjectArray<Population> &populations,
                   const Arena &arena, uint32_t thread, Error &error) {
  Part &part = parts[thread];
  // The thread's sums begin with the first population's that has any.
  uint64_t least = UINT64_MAX, most = 0;
  double expected = 0; // synapses
  for (const Connectivity &member : members) {
    const snn_projection &projection = member.projection();
    const Population &target = populations[projection.target.population];
    uint64_t first = target.sumOffset(thread, projection.sum_field);
    uint64_t last = first + target.range(thread).size() * sizeof(int64_t);
    expected += member.expectedEdges() *
                static_cast<double>(target.range(thread).size()) /
                static_cast<double>(target.padded());
    least = first < least ? first : least;
    most = last > most ? last : most;
  }
  part.sums = static_cast<int64_t *>(arena.at(least));
  part.wordsEach = (most - least) / sizeof(int64_t) <= MostShortSums ? 1 : 2;

  BundleBuilder builder(part.rows, part.words, error);
  while (true) {
    bool built = builder.start(part.wordsEach, source.count, expected);
    for (Range block = builder.nextBlock(source.count); built && !block.empty();
         block = builder.nextBlock(source.count)) {
      for (const Connectivity &member : members) {
        const snn_projection &projection = member.projection();
        const Population &target = populations[projection.target.population];
        Range owned = target.range(thread);
        // Of neuron 0, which may be before the first sum.
        uint64_t origin =
            (target.sumOffset(thread, projection.sum_field) - least) /
                sizeof(int64_t) -
            owned.begin;
        built = built &&
                builder.collect(member, block,
                                sliceIndices(projection.target, owned), origin);
      }
      built = built && builder.release(block);
    }
    if (built && builder.finish())
      break;
    if (built || !builder.needsTwoWords())
      return false;
    part.wordsEach = 2;
  }
  part.synapses = builder.numSynapses();
  if (!part.words.reserveMore(CopiedWords) || !part.queue.reserve(QueueWords) ||
      !part.calendar.create(builder.longestDelay()))
    return outOfMemory(error, "the spikes under way");
  return true;
}

uint64_t Bundle::startCursors(Part &part, const Buffer<uint32_t> &spikes,
                              uint64_t emitted) const {
  uint64_t failures = 0;
  for (uint64_t i = 0; i < spikes.size(); ++i) {
    if (i + Ahead < spikes.size()) {
      uint64_t ahead = sliceIndex(source, spikes[i + Ahead]);
      if (ahead != UINT64_MAX)
        __builtin_prefetch(part.words.data() + part.rows[ahead]);
    }
    uint64_t row = sliceIndex(source, spikes[i]);
    if (row == UINT64_MAX || part.rows[row] == part.rows[row + 1])
      continue;
    uint64_t place = part.rows[row];
    uint64_t due = emitted + (part.words[place] >> 16);
    failures += !part.calendar.due(due).push(place);
  }
  return failures;
}

template <uint32_t WordsEach>
static void scatter(const uint32_t *synapse, uint64_t words, int64_t *sums) {
#pragma GCC unroll 8
  for (const uint32_t *end = synapse + words; synapse != end;
       synapse += WordsEach)
    if constexpr (WordsEach == 1)
      sums[*synapse & 0xffff] += static_cast<int32_t>(*synapse) >> 16;
    else
      sums[synapse[0]] += static_cast<int32_t>(synapse[1]);
}

/// In two phases: segments are copied one behind the other into a queue, a
/// fixed number of words at once, which needs no branch on their length; then
/// one long loop adds them up.
template <uint32_t WordsEach>
void Bundle::advanceCursors(Part &part, Worker &worker, uint64_t arrival) {
  Buffer<uint64_t> &due = part.calendar.due(arrival);
  const uint32_t *words = part.words.data();
  uint32_t *queue = part.queue.data();
  int64_t *sums = part.sums;
  uint64_t events = 0, filled = 0;
  for (uint64_t i = 0; i < due.size(); ++i) {
    if (i + Ahead < due.size()) {
      const uint32_t *next = words + due[i + Ahead];
      for (uint64_t line = 0; line < 4; ++line)
        __builtin_prefetch(next + line * LineWords);
    }
    uint32_t head = words[due[i]];
    const uint32_t *segment = words + due[i] + 1;
    uint64_t count = head & 0xffff;
    uint64_t size = count * WordsEach;
    events += count;
    if (filled + size + CopiedWords > QueueWords) {
      scatter<WordsEach>(queue, filled, sums);
      filled = 0;
    }
    if (size <= QueueWords - CopiedWords) {
      memcpy(queue + filled, segment, CopiedWords * sizeof(uint32_t));
      if (size > CopiedWords) [[unlikely]]
        memcpy(queue + filled + CopiedWords, segment + CopiedWords,
               (size - CopiedWords) * sizeof(uint32_t));
      filled += size;
    } else {
      scatter<WordsEach>(segment, size, sums);
    }
    uint32_t next = segment[size];
    if (!next)
      continue;
    // Delays of a row do not descend. A segment of more synapses than a head
    // can count goes on in another of the same delay: in the list walked here.
    uint64_t day = arrival - (head >> 16) + (next >> 16);
    auto place = static_cast<uint64_t>(segment + size - words);
    if (!part.calendar.due(day).push(place))
      worker.outOfMemory = true;
  }
  scatter<WordsEach>(queue, filled, sums);
  due.clear();
  worker.synapticEvents += events;
}

void Bundle::deliver(Worker &worker, uint64_t step, SpikeHistory &history) {
  Part &part = parts[worker.thread];
  if (!part.synapses)
    return;
  for (uint32_t thread = 0; thread < parts.size(); ++thread)
    if (startCursors(part, history.list(step, thread), step))
      worker.outOfMemory = true;
  if (part.wordsEach == 1)
    advanceCursors<1>(part, worker, step + 1);
  else
    advanceCursors<2>(part, worker, step + 1);
}

void Bundle::clear() {
  for (Part &part : parts)
    part.calendar.clear();
}

uint64_t Bundle::numSynapses() const {
  uint64_t sum = 0;
  for (const Part &part : parts)
    sum += part.synapses;
  return sum;
}

uint64_t Bundle::bytes() const {
  uint64_t sum = 0;
  for (const Part &part : parts)
    sum += part.rows.size() * sizeof(uint64_t) +
           part.words.size() * sizeof(uint32_t);
  return sum;
}
