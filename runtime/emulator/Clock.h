//===- Clock.h - How long ticks take on the chip ----------------*- C++ -*-===//
//
// A tick lasts as long as its busiest core works, then as long as its longest
// message is on the way, then as long as the barrier: the model of SANA-FE
// (Boyle et al. 2025), in which cores work beside each other and whoever is
// late holds up all.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_CLOCK_H
#define SNN_EMULATOR_CLOCK_H

#include "runtime/emulator/Image.h"

namespace snn::emulator {

/// In nanoseconds; nothing where the chip's are not known.
struct Times {
  double synapse = 0, access = 0, update = 0, spike = 0, message = 0, hopX = 0,
         hopY = 0, barrier = 0;
};

class Clock {
public:
  bool create(const Image &image, const Times &times, Error &error);

  /// What happens on a core in this tick.
  void operations(uint32_t core, uint64_t count) {
    work[core].operations += count;
  }
  void updates(uint32_t core, uint64_t count) { work[core].updates += count; }
  void spike(uint32_t core) { ++work[core].spikes; }
  void message(uint32_t core, uint64_t hopsX, uint64_t hopsY) {
    ++work[core].messages;
    double way = static_cast<double>(hopsX) * times.hopX +
                 static_cast<double>(hopsY) * times.hopY;
    longest = way > longest ? way : longest;
  }
  void endTick();

  /// Of all ticks, and of the longest of them.
  double seconds() const { return total * 1e-9; }
  double longestTick() const { return most * 1e-9; }

private:
  struct Work {
    uint64_t neurons = 0, operations = 0, updates = 0, spikes = 0, messages = 0;
  };
  Times times;
  Buffer<Work> work; // of each core, in this tick
  double longest = 0, total = 0, most = 0;
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_CLOCK_H
