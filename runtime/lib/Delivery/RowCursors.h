//===- RowCursors.h - Spikes on their way through their rows ----*- C++ -*-===//
//
// A row is a stream of words: a head with the delay (upper half) and the count
// of a segment, its synapses, the next head, and so on; a head of 0 ends it.
// Synapses are (sum, weight) in the lower and upper half of a word, or in two
// words where one is too small. A spike under way is a place in its row: it
// waits in the calendar for the step in which the segment there arrives.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_ROWCURSORS_H
#define SNN_RUNTIME_DELIVERY_ROWCURSORS_H

#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/Calendar.h"

namespace snn::runtime {

/// Synapses that the head of a segment can count.
constexpr uint64_t LargestSegment = 0xffff;

constexpr uint32_t makeHead(uint32_t delay, uint64_t count) {
  return delay << 16 | static_cast<uint32_t>(count);
}
constexpr uint32_t delayOfHead(uint32_t head) { return head >> 16; }
constexpr uint32_t countOfHead(uint32_t head) { return head & LargestSegment; }

class RowCursors {
public:
  /// Words beyond its end that may be read with a row; they need only be there.
  static constexpr uint64_t Slack = 64;
  /// Bytes for synapses on their way, which stay in the nearest cache.
  static constexpr uint64_t QueueBytes = 16384;

  /// Rows of synapses of one or two words onto sums of SNN_I32 or SNN_I64.
  [[nodiscard]] bool create(uint32_t longestDelay, uint32_t wordsEach,
                            uint32_t sumElement, void *sums);

  /// A spike whose row has its first segment in the step `due`. False without
  /// memory.
  bool start(const uint32_t *row, uint64_t due) {
    return calendar.due(due).push(row);
  }

  /// Adds up what arrives at the end of a step, and moves on.
  void advance(Worker &worker, uint64_t arrival) {
    advanceFn(*this, worker, arrival);
  }

  void clear() { calendar.clear(); }

  /// Brings the first segment of a row near.
  static void fetch(const uint32_t *row);

private:
  using AdvanceFn = void (*)(RowCursors &, Worker &, uint64_t arrival);
  template <uint32_t WordsEach, typename Sum>
  static void advanceAll(RowCursors &self, Worker &worker, uint64_t arrival);
  template <uint32_t WordsEach, typename Sum>
  static void advanceBaseline(RowCursors &self, Worker &worker,
                              uint64_t arrival);
  template <uint32_t WordsEach, typename Sum>
  static void advanceAvx512(RowCursors &self, Worker &worker, uint64_t arrival);
  template <uint32_t WordsEach, typename Sum>
  static AdvanceFn bestAdvance();

  Calendar<const uint32_t *> calendar;
  Buffer<uint32_t> queue; // synapses on their way to the sums
  void *sums = nullptr;
  uint64_t usualLines = 4;       // of a segment, as the last step had them
  AdvanceFn advanceFn = nullptr; // by this machine's widest vectors
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_ROWCURSORS_H
