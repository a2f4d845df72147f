//===- RowRing.h - Room for rows that are soon delivered --------*- C++ -*-===//
//
// Rows of spikes under way, first in, first out: none outlives its longest
// delay. Chunks are made when all are in use; so rows never move. What was
// delivered last is written next: after a burst, which needed many, the few
// that are used are those that the cache has.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_ROWRING_H
#define SNN_RUNTIME_DELIVERY_ROWRING_H

#include <cstdint>

namespace snn::runtime {

class RowRing {
public:
  /// Words beyond the last row that may be read or written.
  static constexpr uint64_t Slack = 64;
  /// Rows come in pieces of this size: some dozens of rows of a cortical
  /// circuit.
  static constexpr uint64_t ChunkBytes = 64 << 10;

  RowRing() = default;
  RowRing(const RowRing &) = delete;
  RowRing &operator=(const RowRing &) = delete;
  ~RowRing();

  /// Words to be written for a row that was emitted in `step` and whose last
  /// segment arrives `lastDelay` steps later. Null without memory.
  uint32_t *take(uint64_t words, uint64_t step, uint32_t lastDelay);

  /// Asks for the memory of the next row, if that is like the last.
  void fetchNext() const {
    if (!newest)
      return;
    uint32_t *row = newest->words() + newest->used;
    uint64_t words = lastWords < MostFetched ? lastWords : MostFetched;
    for (uint64_t word = 0; word < words; word += LineWords)
      __builtin_prefetch(row + word, 1);
  }

  void clear();
  uint64_t bytes() const { return held; }

private:
  static constexpr uint64_t LineWords = 16, MostFetched = 4096;

  struct Chunk {
    Chunk *next;
    uint64_t size, used; // words
    uint64_t lastArrival;
    uint32_t *words() { return reinterpret_cast<uint32_t *>(this + 1); }
  };

  static uint64_t bytesOf(uint64_t size) {
    // Rows are read, and written, a little beyond their ends.
    return sizeof(Chunk) + (size + Slack) * sizeof(uint32_t);
  }
  void retire(uint64_t step);
  bool startChunk(uint64_t words, uint64_t step);

  Chunk *oldest = nullptr, *newest = nullptr;
  Chunk *spare = nullptr; // done; the last of them first
  uint64_t lastWords = 0; // of the last row
  uint64_t held = 0;      // bytes
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_ROWRING_H
