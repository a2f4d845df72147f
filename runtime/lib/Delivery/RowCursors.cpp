//===- RowCursors.cpp - Spikes on their way through their rows ------------===//
//
// Delivery in two phases: segments are copied one behind the other into a
// queue, then one long loop adds them up. The segments of the next cursors are
// fetched while one is copied: as many lines as segments usually have at first,
// and the rest once the head is here and tells how many there are.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/RowCursors.h"

#include "runtime/lib/Core/WideVectors.h"

using namespace snn::runtime;

static constexpr uint64_t LineWords = 16;

// Cache lines of a row that are fetched when its spike starts.
static constexpr uint64_t FirstLines = 4;

// Cursors ahead whose segment is fetched.
static constexpr uint64_t Ahead = 10;

// Cursors ahead whose head is read, to fetch what is beyond the usual length.
static constexpr uint64_t AheadRest = 4;

// Lines of a segment, at most, that are copied before its length matters.
static constexpr uint64_t MostLines = 12;

static constexpr uint64_t QueueWords =
    RowCursors::QueueBytes / sizeof(uint32_t);

[[gnu::always_inline]] static inline void fetchLines(const uint32_t *first,
                                                     uint64_t lines) {
  for (uint64_t line = 0; line < lines; ++line)
    __builtin_prefetch(first + line * LineWords, /*rw=*/0, /*locality=*/3);
}

void RowCursors::fetch(const uint32_t *row) { fetchLines(row, FirstLines); }

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
[[gnu::always_inline]] static inline void copyLine(uint32_t *to,
                                                   const uint32_t *from) {
#if __has_builtin(__builtin_memcpy_inline)
  __builtin_memcpy_inline(to, from, LineWords * sizeof(uint32_t));
#else
  memcpy(to, from, LineWords * sizeof(uint32_t));
#endif
}

/// As many lines of every segment are copied as most of the last step's had:
/// that needs no branch on a length. Behind a segment's end its last line is
/// copied again, since what follows would have to come from memory.
template <uint32_t WordsEach, typename Sum>
[[gnu::always_inline]] inline void
RowCursors::advanceAll(RowCursors &self, Worker &worker, uint64_t arrival) {
  Buffer<const uint32_t *> &due = self.calendar.due(arrival);
  uint32_t *queue = self.queue.data();
  auto *sums = static_cast<Sum *>(self.sums);
  const uint64_t lines = self.usualLines, usual = lines * LineWords;
  uint64_t events = 0, filled = 0;
  for (uint64_t i = 0; i < due.size(); ++i) {
    if (i + Ahead < due.size())
      fetchLines(due[i + Ahead], lines);
    if (i + AheadRest < due.size()) {
      const uint32_t *next = due[i + AheadRest];
      uint64_t words = countOfHead(*next) * WordsEach;
      for (uint64_t word = usual; word <= words; word += LineWords)
        __builtin_prefetch(next + word);
    }
    uint32_t head = *due[i];
    const uint32_t *segment = due[i] + 1;
    uint64_t count = countOfHead(head);
    uint64_t size = count * WordsEach;
    uint64_t last = size ? (size - 1) / LineWords * LineWords : 0;
    events += count;
    if (filled + (size > usual ? size : usual) + LineWords > QueueWords) {
      scatter<WordsEach, Sum>(queue, filled, sums);
      filled = 0;
    }
    if (size <= QueueWords - LineWords) {
      for (uint64_t word = 0; word < usual; word += LineWords)
        copyLine(queue + filled + word, segment + (word < last ? word : last));
      for (uint64_t word = usual; word < size; word += LineWords)
        copyLine(queue + filled + word, segment + word);
      filled += size;
    } else {
      scatter<WordsEach, Sum>(segment, size, sums);
    }
    const uint32_t *rest = segment + size;
    if (!*rest)
      continue;
    // Delays of a row do not descend. A segment of more synapses than a head
    // can count goes on in another of the same delay: in the list walked here.
    uint64_t day = arrival - delayOfHead(head) + delayOfHead(*rest);
    if (!self.calendar.due(day).push(rest)) [[unlikely]]
      worker.outOfMemory = true;
  }
  scatter<WordsEach, Sum>(queue, filled, sums);
  if (!due.empty()) {
    uint64_t mean = events * WordsEach / due.size();
    uint64_t most = (mean + mean / 4 + LineWords - 1) / LineWords;
    self.usualLines = most < MostLines ? most : MostLines;
  }
  worker.segments += due.size();
  due.clear();
  worker.synapticEvents += events;
}

template <uint32_t WordsEach, typename Sum>
void RowCursors::advanceBaseline(RowCursors &self, Worker &worker,
                                 uint64_t arrival) {
  advanceAll<WordsEach, Sum>(self, worker, arrival);
}

#if defined(__x86_64__)
template <uint32_t WordsEach, typename Sum>
SNN_WIDE void RowCursors::advanceAvx512(RowCursors &self, Worker &worker,
                                        uint64_t arrival) {
  advanceAll<WordsEach, Sum>(self, worker, arrival);
}
#endif

template <uint32_t WordsEach, typename Sum>
RowCursors::AdvanceFn RowCursors::bestAdvance() {
#if defined(__x86_64__)
  if (hasWideVectors())
    return advanceAvx512<WordsEach, Sum>;
#endif
  return advanceBaseline<WordsEach, Sum>;
}

bool RowCursors::create(uint32_t longestDelay, uint32_t wordsEach,
                        uint32_t sumElement, void *firstSum) {
  sums = firstSum;
  bool wide = sumElement == SNN_I64;
  advanceFn = wordsEach == 1
                  ? wide ? bestAdvance<1, int64_t>() : bestAdvance<1, int32_t>()
              : wide ? bestAdvance<2, int64_t>()
                     : bestAdvance<2, int32_t>();
  return queue.reserve(QueueWords) && calendar.create(longestDelay);
}
