//===- RowShares.h - Shares of projections in a generated row ---*- C++ -*-===//
//
// A row has synapses of several projections and tiles, each of which draws its
// own, sorted by delay. They become one row, in segments of one delay each, as
// RowCursors.h tells: the loop that copies them costs as much as drawing.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_ROWSHARES_H
#define SNN_RUNTIME_DELIVERY_ROWSHARES_H

#include "runtime/lib/Core/Buffer.h"

namespace snn::runtime {

class RowShares {
public:
  void create(uint32_t wordsOfSynapse);

  void clear();
  bool empty() const { return shares.empty(); }

  /// Numbers of edges by delay; those of a share are put at the end before it
  /// is added.
  Buffer<uint32_t> counts;

  /// Room for so many words of the synapses of a share, whose edges of the
  /// delays from `firstDelay` on are counted from counts[firstCount] on, and
  /// which must be filled before the next. Null without memory.
  [[nodiscard]] uint32_t *add(uint32_t firstDelay, uint32_t numDelays,
                              uint64_t firstCount, uint64_t words);
  /// Takes back the last words.
  void shorten(const uint32_t *end) {
    made.setSize(static_cast<uint64_t>(end - made.data()));
  }

  /// Words that may be written beyond those of a share.
  static constexpr uint64_t Slack = 64;

  /// Makes delays() known, once all shares are there.
  void finish();
  /// All delays that occur are in [least, end).
  uint32_t leastDelay() const { return least; }
  uint32_t endDelay() const { return end; }

  /// Words that the segments of the delays [from, to) take at most, and a zero
  /// behind them.
  uint64_t mostWords(uint32_t from, uint32_t to) const;
  /// Writes them. Delays are asked for once each, in their order. Up to `Slack`
  /// words beyond are written, too.
  void merge(uint32_t *out, uint32_t from, uint32_t to);

private:
  struct Share {
    uint32_t firstDelay, numDelays;
    uint64_t firstCount; // in `counts`
    uint64_t synapse;    // the next, in `made`
  };

  bool align();
  template <uint32_t WordsEach>
  void mergeAligned(uint32_t *out, uint32_t from, uint32_t to);
  void mergeSparse(uint32_t *out, uint32_t from, uint32_t to);
  void mergeAny(uint32_t *out, uint32_t from, uint32_t to);
  void mergeAvx512(uint32_t *out, uint32_t from, uint32_t to);
  uint32_t *finishSegment(uint32_t *head, uint32_t delay, uint64_t count) const;

  uint32_t wordsEach = 1;
  bool isWide = false;
  uint32_t least = 0, end = 0;
  Buffer<Share> shares;
  Buffer<uint32_t> made; // synapses, share by share
  bool isAligned = false;
  Buffer<uint32_t> aligned; // counts of all shares, each from `least` to `end`
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_ROWSHARES_H
