//===- CycleCounter.h - Cycles of a thread in user mode ---------*- C++ -*-===//
//
// Where the kernel and the processor let us count. Virtual machines often do
// not; then there is no number rather than a guess.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PROFILE_CYCLECOUNTER_H
#define SNN_RUNTIME_PROFILE_CYCLECOUNTER_H

#include <cstdint>

namespace snn::runtime {

class CycleCounter {
public:
  /// What the kernel calls an event.
  struct Event {
    uint32_t type;
    uint64_t config;
  };
  static const Event Cycles;

  CycleCounter() = default;
  CycleCounter(const CycleCounter &) = delete;
  CycleCounter &operator=(const CycleCounter &) = delete;
  ~CycleCounter();

  /// Counts the calling thread, from then on; false where that cannot be.
  bool open(const Event &event = Cycles);
  bool isOpen() const { return descriptor >= 0; }
  /// Only as good as its differences; in the thread that opened it.
  uint64_t read() const;

private:
  int descriptor = -1;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PROFILE_CYCLECOUNTER_H
