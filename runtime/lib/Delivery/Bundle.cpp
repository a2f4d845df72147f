//===- Bundle.cpp - Projections that share their rows ---------------------===//
//
// Delivery of bundles. The segments of the next cursors are fetched while one
// is copied.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Bundle.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/BundleBuilder.h"

using namespace snn::runtime;

// Cache lines of a segment that are fetched ahead: most end within four.
static constexpr uint64_t FetchedLines = 4;
static constexpr uint64_t LineWords = 16;

// Spikes ahead whose first segment is looked up.
static constexpr uint64_t Ahead = 6;

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

static uint32_t elementOfSum(const snn_model &model,
                             const snn_projection &projection) {
  return model.populations[projection.target.population]
      .fields[projection.sum_field]
      .element;
}

bool Bundle::together(const snn_model &model, const snn_projection &a,
                      const snn_projection &b) {
  return elementOfSum(model, a) == elementOfSum(model, b) &&
         a.source.population == b.source.population &&
         a.source.first == b.source.first && a.source.count == b.source.count &&
         a.source.stride == b.source.stride;
}

bool Bundle::create(const snn_model &definition, const uint32_t *projections,
                    uint64_t count, uint32_t threads, StairShelf &shelf,
                    Error &error) {
  model = &definition;
  source = model->projections[projections[0]].source;
  sumElement = elementOfSum(*model, model->projections[projections[0]]);
  if (!members.create(count) || !parts.create(threads))
    return outOfMemory(error, "the synapses");
  for (uint64_t i = 0; i < count; ++i)
    if (!members[i].create(model->projections[projections[i]], model->step,
                           model->seeds.network, shelf, error))
      return false;
  return true;
}

/// The sums of a thread, from the first population's that has any.
struct Bundle::Sums {
  uint64_t offset; // in the arena
  uint64_t count;
  uint64_t bytesEach;
};

Bundle::Sums Bundle::sumsOf(const ObjectArray<Population> &populations,
                            uint32_t thread) const {
  uint64_t least = UINT64_MAX, most = 0;
  uint64_t bytesEach = elementBytes(sumElement);
  for (const Connectivity &member : members) {
    const snn_projection &projection = member.projection();
    const Population &target = populations[projection.target.population];
    uint64_t first = target.sumOffset(thread, projection.sum_field);
    uint64_t last = first + target.range(thread).size() * bytesEach;
    least = first < least ? first : least;
    most = last > most ? last : most;
  }
  return {least, (most - least) / bytesEach, bytesEach};
}

bool Bundle::build(const ObjectArray<Population> &populations,
                   const Arena &arena, uint32_t thread, SumBounds &bounds,
                   Error &error) {
  ObjectArray<Part> &own = parts[thread];
  Sums sums = sumsOf(populations, thread);
  uint64_t windows = (sums.count + MostShortSums - 1) / MostShortSums;
  bool needsTwoWords = false;
  for (uint32_t wordsEach : {1u, 2u}) {
    // Two words can say any sum.
    uint64_t count = wordsEach == 1 && windows ? windows : 1;
    if (!own.create(count))
      return outOfMemory(error, "the synapses");
    needsTwoWords = false;
    for (uint64_t w = 0; w < count && !needsTwoWords; ++w) {
      Range window = {sums.count * w / count, sums.count * (w + 1) / count};
      uint64_t offset = sums.offset + window.begin * sums.bytesEach;
      own[w].wordsEach = wordsEach;
      own[w].sums = arena.at(offset);
      if (!buildPart(own[w], populations, thread, sums, window, needsTwoWords,
                     error) &&
          !needsTwoWords)
        return false;
    }
    if (!needsTwoWords)
      break;
  }
  // Bounds lie as the sums do.
  uint64_t *first = bounds.from(sums.offset, sumElement);
  const char *firstSum = static_cast<const char *>(arena.at(sums.offset));
  for (const Part &part : own)
    if (first)
      addBounds(part,
                first + (static_cast<const char *>(part.sums) - firstSum) / 4);
  return true;
}

/// Rows onto the sums of a window.
bool Bundle::buildPart(Part &part, const ObjectArray<Population> &populations,
                       uint32_t thread, const Sums &sums, Range window,
                       bool &needsTwoWords, Error &error) {
  // Of a member: where the sum of its neuron 0 would be, modulo 2^64, and the
  // neurons whose sums are in the window.
  auto originOf = [&](const Population &target, uint32_t field) {
    return (target.sumOffset(thread, field) - sums.offset) / sums.bytesEach -
           target.range(thread).begin - window.begin;
  };
  auto neuronsOf = [&](const Population &target, uint64_t origin) {
    Range owned = target.range(thread);
    auto clamp = [&](uint64_t neuron) {
      auto place = static_cast<int64_t>(neuron);
      auto low = static_cast<int64_t>(owned.begin);
      auto high = static_cast<int64_t>(owned.end);
      return static_cast<uint64_t>(place < low    ? low
                                   : place > high ? high
                                                  : place);
    };
    return Range{clamp(0 - origin), clamp(window.size() - origin)};
  };
  double expected = 0; // synapses
  for (const Connectivity &member : members) {
    const snn_projection &projection = member.projection();
    const Population &target = populations[projection.target.population];
    Range neurons = neuronsOf(target, originOf(target, projection.sum_field));
    expected += member.expectedEdges() * static_cast<double>(neurons.size()) /
                static_cast<double>(target.padded());
  }
  BundleBuilder builder(part.rows, part.words, error);
  bool built = builder.start(part.wordsEach, source.count, expected);
  for (Range block = builder.nextBlock(source.count); built && !block.empty();
       block = builder.nextBlock(source.count)) {
    for (const Connectivity &member : members) {
      const snn_projection &projection = member.projection();
      const Population &target = populations[projection.target.population];
      uint64_t origin = originOf(target, projection.sum_field);
      built = built && builder.collect(member, block,
                                       sliceIndices(projection.target,
                                                    neuronsOf(target, origin)),
                                       origin);
    }
    built = built && builder.release(block);
  }
  if (!built || !builder.finish()) {
    needsTwoWords = builder.needsTwoWords();
    return false;
  }
  part.synapses = builder.numSynapses();
  return finishPart(part, builder.longestDelay(), error);
}

/// What delivery needs besides the rows.
bool Bundle::finishPart(Part &part, uint32_t longestDelay, Error &error) {
  if (!part.firstDelays.resize(source.count) ||
      !part.words.reserveMore(CopiedWords) || !part.queue.reserve(QueueWords) ||
      !part.calendar.create(longestDelay))
    return outOfMemory(error, "the spikes under way");
  for (uint64_t row = 0; row < source.count; ++row)
    if (part.rows[row] != part.rows[row + 1])
      part.firstDelays[row] =
          static_cast<uint16_t>(part.words[part.rows[row]] >> 16);
  bool wide = sumElement == SNN_I64;
  part.advance = part.wordsEach == 1 ? wide ? bestAdvance<1, int64_t>()
                                            : bestAdvance<1, int32_t>()
                 : wide              ? bestAdvance<2, int64_t>()
                                     : bestAdvance<2, int32_t>();
  return true;
}

/// The size of every weight, at its sum.
void Bundle::addBounds(const Part &part, uint64_t *bounds) const {
  uint64_t spikes =
      SumBounds::spikesInStep(model->populations[source.population]);
  const uint32_t *words = part.words.data();
  for (uint64_t row = 0; row < source.count; ++row)
    for (const uint32_t *head = words + part.rows[row],
                        *end = words + part.rows[row + 1];
         head != end && *head;) {
      const uint32_t *synapse = head + 1;
      head = synapse + uint64_t{*head & 0xffff} * part.wordsEach;
      for (; synapse != head; synapse += part.wordsEach) {
        int64_t weight = part.wordsEach == 1
                             ? static_cast<int32_t>(*synapse) >> 16
                             : static_cast<int32_t>(synapse[1]);
        uint32_t sum = part.wordsEach == 1 ? *synapse & 0xffff : *synapse;
        bounds[sum] +=
            static_cast<uint64_t>(weight < 0 ? -weight : weight) * spikes;
      }
    }
}

[[gnu::always_inline]] static inline void fetchSegment(const uint32_t *first) {
  for (uint64_t line = 0; line < FetchedLines; ++line)
    __builtin_prefetch(first + line * LineWords, /*rw=*/0, /*locality=*/3);
}

uint64_t Bundle::startCursors(Part &part, const Buffer<uint32_t> &spikes,
                              uint64_t emitted) const {
  uint64_t failures = 0;
  for (uint64_t i = 0; i < spikes.size(); ++i) {
    if (i + Ahead < spikes.size()) {
      uint64_t ahead = sliceIndex(source, spikes[i + Ahead]);
      if (ahead != UINT64_MAX)
        __builtin_prefetch(part.rows.data() + ahead);
    }
    uint64_t row = sliceIndex(source, spikes[i]);
    uint32_t delay = row == UINT64_MAX ? 0 : part.firstDelays[row];
    if (!delay)
      continue;
    uint64_t place = part.rows[row];
    fetchSegment(part.words.data() + place);
    uint64_t due = emitted + delay;
    failures += !part.calendar.due(due).push(place);
  }
  return failures;
}

template <uint32_t WordsEach, typename Sum>
[[gnu::always_inline]] static inline void scatter(const uint32_t *synapse,
                                                  uint64_t words, Sum *sums) {
#pragma GCC unroll 8
  for (const uint32_t *end = synapse + words; synapse != end;
       synapse += WordsEach)
    if constexpr (WordsEach == 1)
      sums[*synapse & 0xffff] += static_cast<int32_t>(*synapse) >> 16;
    else
      sums[synapse[0]] += static_cast<int32_t>(synapse[1]);
}

/// Never a call, where the compiler can promise that.
template <uint64_t Count>
[[gnu::always_inline]] static inline void copyWords(uint32_t *to,
                                                    const uint32_t *from) {
#if __has_builtin(__builtin_memcpy_inline)
  __builtin_memcpy_inline(to, from, Count * sizeof(uint32_t));
#else
  memcpy(to, from, Count * sizeof(uint32_t));
#endif
}

/// In two phases: segments are copied one behind the other into a queue, a
/// fixed number of words at once, which needs no branch on their length; then
/// one long loop adds them up.
template <uint32_t WordsEach, typename Sum>
[[gnu::always_inline]] inline void
Bundle::advanceCursors(Part &part, Worker &worker, uint64_t arrival) {
  Buffer<uint64_t> &due = part.calendar.due(arrival);
  const uint32_t *words = part.words.data();
  uint32_t *queue = part.queue.data();
  auto *sums = static_cast<Sum *>(part.sums);
  uint64_t events = 0, filled = 0;
  for (uint64_t i = 0; i < due.size(); ++i) {
    if (i + Ahead < due.size())
      fetchSegment(words + due[i + Ahead]);
    uint32_t head = words[due[i]];
    const uint32_t *segment = words + due[i] + 1;
    uint64_t count = head & 0xffff;
    uint64_t size = count * WordsEach;
    events += count;
    if (filled + size + CopiedWords > QueueWords) {
      scatter<WordsEach, Sum>(queue, filled, sums);
      filled = 0;
    }
    if (size <= QueueWords - CopiedWords) {
      copyWords<CopiedWords>(queue + filled, segment);
      for (uint64_t word = CopiedWords; word < size; word += LineWords)
        copyWords<LineWords>(queue + filled + word, segment + word);
      filled += size;
    } else {
      scatter<WordsEach, Sum>(segment, size, sums);
    }
    uint32_t next = segment[size];
    if (!next)
      continue;
    // Delays of a row do not descend. A segment of more synapses than a head
    // can count goes on in another of the same delay: in the list walked here.
    uint64_t day = arrival - (head >> 16) + (next >> 16);
    auto place = static_cast<uint64_t>(segment + size - words);
    if (!part.calendar.due(day).push(place)) [[unlikely]]
      worker.outOfMemory = true;
  }
  scatter<WordsEach, Sum>(queue, filled, sums);
  worker.segments += due.size();
  due.clear();
  worker.synapticEvents += events;
}

template <uint32_t WordsEach, typename Sum>
void Bundle::advanceBaseline(Part &part, Worker &worker, uint64_t arrival) {
  advanceCursors<WordsEach, Sum>(part, worker, arrival);
}

#if defined(__x86_64__)
template <uint32_t WordsEach, typename Sum>
__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))) void
Bundle::advanceAvx512(Part &part, Worker &worker, uint64_t arrival) {
  advanceCursors<WordsEach, Sum>(part, worker, arrival);
}
#endif

template <uint32_t WordsEach, typename Sum>
Bundle::AdvanceFn Bundle::bestAdvance() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return advanceAvx512<WordsEach, Sum>;
#endif
  return advanceBaseline<WordsEach, Sum>;
}

void Bundle::deliver(Worker &worker, uint64_t step, SpikeHistory &history) {
  for (Part &part : parts[worker.thread]) {
    if (!part.synapses)
      continue;
    for (uint32_t thread = 0; thread < parts.size(); ++thread)
      if (startCursors(part, history.list(step, thread), step))
        worker.outOfMemory = true;
    part.advance(part, worker, step + 1);
  }
}

void Bundle::clear() {
  for (ObjectArray<Part> &ofThread : parts)
    for (Part &part : ofThread)
      part.calendar.clear();
}

uint64_t Bundle::numSynapses() const {
  uint64_t sum = 0;
  for (const ObjectArray<Part> &ofThread : parts)
    for (const Part &part : ofThread)
      sum += part.synapses;
  return sum;
}

uint64_t Bundle::bytes() const {
  uint64_t sum = 0;
  for (const ObjectArray<Part> &ofThread : parts)
    for (const Part &part : ofThread)
      sum += part.rows.size() * sizeof(uint64_t) +
             part.firstDelays.size() * sizeof(uint16_t) +
             part.words.size() * sizeof(uint32_t);
  return sum;
}

const char *Bundle::storage() const {
  uint64_t windows = 0;
  for (const ObjectArray<Part> &ofThread : parts)
    for (const Part &part : ofThread) {
      if (part.wordsEach == 2)
        return "rows of two words";
      windows = ofThread.size() > windows ? ofThread.size() : windows;
    }
  return windows > 1 ? "rows of one word, in windows" : "rows of one word";
}
