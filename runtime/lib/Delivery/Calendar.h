//===- Calendar.h - Rows under way, by the step they are due ----*- C++ -*-===//
//
// A spike under way is a cursor in its row of synapses: it waits in the list of
// the step in which the row's next segment arrives. So a step touches what is
// due in it and nothing else, and no delay is ever compared.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_CALENDAR_H
#define SNN_RUNTIME_DELIVERY_CALENDAR_H

#include "runtime/lib/Core/Buffer.h"

#include <bit>

namespace snn::runtime {

template <typename Cursor>
class Calendar {
public:
  /// For delays of at most `longest` steps.
  [[nodiscard]] bool create(uint32_t longest) {
    // A power of two, so that a day is found without a division.
    return days.create(std::bit_ceil(uint64_t{longest} + 1));
  }

  Buffer<Cursor> &due(uint64_t step) { return days[step & (days.size() - 1)]; }

  void clear() {
    for (Buffer<Cursor> &day : days)
      day.clear();
  }

private:
  ObjectArray<Buffer<Cursor>> days;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_CALENDAR_H
