//===- StoredRows.h - Rows that lie in memory -------------------*- C++ -*-===//
//
// A bundle's rows onto a thread's sums, one behind the other; RowCursors.h
// tells how a row is laid out.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_STOREDROWS_H
#define SNN_RUNTIME_DELIVERY_STOREDROWS_H

#include "runtime/lib/Delivery/RowCursors.h"

namespace snn::runtime {

struct StoredRows {
  Buffer<uint64_t> begins; // first word of each source's row, and one more
  // The delay of each row's first segment, 0 without any: a spike under way
  // is entered in the calendar before memory has brought its row.
  Buffer<uint16_t> firstDelays;
  Buffer<uint32_t> words;

  uint64_t size() const { return begins.empty() ? 0 : begins.size() - 1; }

  /// What delivery needs besides the rows; false without memory.
  [[nodiscard]] bool finish() {
    if (!firstDelays.resize(size()) || !words.reserveMore(RowCursors::Slack))
      return false;
    for (uint64_t row = 0; row < size(); ++row)
      if (begins[row] != begins[row + 1])
        firstDelays[row] =
            static_cast<uint16_t>(delayOfHead(words[begins[row]]));
    return true;
  }

  /// A spike of a source; false without memory.
  bool start(RowCursors &cursors, uint64_t source, uint64_t emitted) const {
    uint32_t delay = firstDelays[source];
    if (!delay)
      return true;
    const uint32_t *row = words.data() + begins[source];
    RowCursors::fetch(row);
    return cursors.start(row, emitted + delay);
  }

  /// Bytes of a row of so many segments, without its synapses: a head each, the
  /// end, and what the tables have of it.
  static constexpr double rowBytes(double segments) {
    return sizeof(uint32_t) * (segments + 1) + sizeof(uint64_t) +
           sizeof(uint16_t);
  }
  uint64_t bytes() const {
    return begins.size() * sizeof(uint64_t) +
           firstDelays.size() * sizeof(uint16_t) +
           words.size() * sizeof(uint32_t);
  }
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_STOREDROWS_H
