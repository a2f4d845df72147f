//===- ArrivedRows.h - Rows of the spikes that arrive together --*- C++ -*-===//
//
// What is delivered for all spikes of a step at once, as matrices and kernels
// are, begins with a list of their rows.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_ARRIVEDROWS_H
#define SNN_RUNTIME_DELIVERY_ARRIVEDROWS_H

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/SpikeHistory.h"

namespace snn::runtime {

/// `rows` become those of the sources that fired in the step of this stamp and
/// have synapses, of which `counts` says how many. Counts them for the worker;
/// false if there are none.
inline bool collectArrived(const snn_slice &source,
                           const Buffer<uint32_t> &counts, uint64_t stamp,
                           uint32_t threads, SpikeHistory &history,
                           Buffer<uint32_t> &rows, Worker &worker) {
  rows.clear();
  uint64_t events = 0;
  for (uint32_t thread = 0; thread < threads; ++thread)
    for (uint32_t spike : history.list(stamp, thread)) {
      uint64_t row = sliceIndex(source, spike);
      if (row == UINT64_MAX || !counts[row])
        continue;
      events += counts[row];
      if (!rows.push(static_cast<uint32_t>(row))) [[unlikely]]
        worker.outOfMemory = true;
    }
  worker.synapticEvents += events;
  worker.segments += rows.size();
  return events != 0;
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_ARRIVEDROWS_H
