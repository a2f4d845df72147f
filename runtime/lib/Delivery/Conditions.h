//===- Conditions.h - Sources that fire as others do ------------*- C++ -*-===//
//
// A source of one member that looks at the spikes of others: all threads'
// spikes of a step can be read in the next one, so it sees them a step late.
// When a condition is met how long it waits is drawn, keyed by the step; a ring
// counts what is due in each of the next steps. Only the thread that has the
// member touches either, so the number of threads is in no result.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_CONDITIONS_H
#define SNN_RUNTIME_DELIVERY_CONDITIONS_H

#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/SpikeHistory.h"
#include "runtime/lib/Random/Stream.h"

namespace snn::runtime {

class Conditions {
public:
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads);

  /// Spikes stamped `stamp` of a source, by those of others before it. Sets
  /// `fault` where no delay can be drawn. False without memory.
  [[nodiscard]] bool emit(uint32_t population, uint64_t stamp,
                          ObjectArray<SpikeHistory> &histories,
                          Buffer<uint32_t> &spikes, RateFault &fault);
  /// Back to the begin of a run.
  void clear();

private:
  /// On lines of its own: threads have different ones.
  struct alignas(64) State {
    Key key;
    uint64_t last = None; // stamp of the last spike of `before`
    Buffer<uint32_t> due; // by stamp, modulo the length
  };
  static constexpr uint64_t None = UINT64_MAX;

  bool fires(const snn_slice &slice, uint64_t stamp,
             ObjectArray<SpikeHistory> &histories) const;
  void look(const snn_population &source, State &state, uint64_t stamp,
            ObjectArray<SpikeHistory> &histories, RateFault &fault) const;

  const snn_model *model = nullptr;
  uint32_t threads = 0;
  Buffer<uint32_t> slots; // by population
  ObjectArray<State> states;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_CONDITIONS_H
