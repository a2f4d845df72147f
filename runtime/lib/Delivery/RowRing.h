//===- RowRing.h - Room for rows that are soon delivered --------*- C++ -*-===//
//
// Rows of spikes under way, first in, first out: none outlives its longest
// delay. Chunks are used in turn, and made when the oldest is still in use; so
// rows never move.
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
  static constexpr uint64_t ChunkBytes = 256 << 10;

  RowRing() = default;
  RowRing(const RowRing &) = delete;
  RowRing &operator=(const RowRing &) = delete;
  ~RowRing();

  /// Words to be written for a row that was emitted in `step` and whose last
  /// segment arrives `lastDelay` steps later. Null without memory.
  uint32_t *take(uint64_t words, uint64_t step, uint32_t lastDelay);

  void clear();
  uint64_t bytes() const { return held; }

private:
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
  bool startChunk(uint64_t words, uint64_t step);

  Chunk *oldest = nullptr, *newest = nullptr;
  uint64_t held = 0; // bytes
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_ROWRING_H
