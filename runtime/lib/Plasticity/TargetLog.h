//===- TargetLog.h - Spikes of targets that synapses missed -----*- C++ -*-===//
//
// A rule whose `on post` may wait changes a synapse when its source fires next.
// Until then the spikes of each target are kept here, as steps since the log
// began. Which of them a synapse has missed is told by its last visit; mostly
// they are among the last eight, which one comparison finds: so neither asks
// for a branch that depends on the synapse.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_TARGETLOG_H
#define SNN_RUNTIME_PLASTICITY_TARGETLOG_H

#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Threads/Partition.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

namespace snn::runtime {

/// Spikes that synapses take in this order, at the end of two lists that are
/// filled from their ends.
struct MissedSpikes {
  static constexpr uint64_t Room = 1024, Most = 8; // of those written at once
  uint32_t listed[Room];
  uint16_t steps[Room];
  uint64_t begin = Room;

  uint64_t count() const { return Room - begin; }
};

class TargetLog {
public:
  /// Steps since the log began that an entry can tell.
  static constexpr uint64_t MostSteps = INT16_MAX - 1;

  /// Of targets `neurons`, with room for so many spikes of each.
  [[nodiscard]] bool create(Range neurons, uint64_t spikes);
  static uint64_t spikesFor(uint64_t synapses, uint64_t neurons);
  static uint64_t bytesOf(uint64_t neurons, uint64_t spikes);
  uint64_t bytes() const {
    return recent.capacityBytes() + counts.capacityBytes() +
           all.capacityBytes();
  }

  /// Begins anew: every synapse has seen what was kept.
  void clear(uint64_t stamp);
  bool empty() const { return entries == 0; }
  bool isOld(uint64_t stamp) const { return stamp - began > MostSteps; }
  uint64_t first() const { return began; }

  bool hasRoom(uint64_t target, uint64_t stamp) const {
    return counts.data()[target - firstNeuron] < capacity && !isOld(stamp);
  }
  void add(uint64_t target, uint64_t stamp);

  /// The spikes since `since` of the targets of synapses [begin, end), to
  /// `missed`; whenever that is full, to `take`, which empties it. From the
  /// last synapse to the first: so what is written beside the spikes that count
  /// is written over by those of the synapse before.
  template <typename Fn>
  void collect(const uint32_t *targets, uint64_t begin, uint64_t end,
               uint64_t since, MissedSpikes &missed, Fn &&take) const {
    uint64_t steps = since > began ? since - began : 0;
    // Later than all.
    const auto from =
        static_cast<int16_t>(steps > MostSteps ? MostSteps + 1 : steps);
    // In registers: what is written might be any of them.
    const Last *lasts = recent.data();
    const uint64_t neuron = firstNeuron;
    uint64_t place = missed.begin;
    for (uint64_t k = end; k-- > begin;) {
      if (place < Recent) [[unlikely]] {
        missed.begin = place;
        take();
        place = missed.begin;
      }
      uint64_t target = targets[k] - neuron;
      uint64_t more = copyRecent(lasts + target, from, k, missed.listed + place,
                                 missed.steps + place);
      if (more == Recent) [[unlikely]] {
        missed.begin = place;
        addAll(target, from, k, missed, take);
        place = missed.begin;
      } else {
        place -= more;
      }
    }
    missed.begin = place;
  }

private:
  static constexpr uint64_t Recent = MissedSpikes::Most;
  struct alignas(16) Last {
    int16_t steps[Recent]; // ascending; -1 where there was none
  };

  /// How many of the last eight are not before `from`: they are written before
  /// the ends of the lists, and before them what is of no account.
  static uint64_t copyRecent(const Last *last, int16_t from, uint64_t synapse,
                             uint32_t *listedEnd, uint16_t *stepsEnd) {
#if defined(__x86_64__)
    __m128i times = _mm_load_si128(reinterpret_cast<const __m128i *>(last));
    __m128i number = _mm_set1_epi32(static_cast<int>(synapse));
    _mm_storeu_si128(reinterpret_cast<__m128i *>(stepsEnd - Recent), times);
    _mm_storeu_si128(reinterpret_cast<__m128i *>(listedEnd - 4), number);
    _mm_storeu_si128(reinterpret_cast<__m128i *>(listedEnd - Recent), number);
    auto before = static_cast<int16_t>(from - 1);
    auto mask = static_cast<uint32_t>(
        _mm_movemask_epi8(_mm_cmpgt_epi16(times, _mm_set1_epi16(before))));
    // They ascend: those that are missed are the last ones.
    return Recent - static_cast<uint64_t>(__builtin_ctz(mask | 1u << 16)) / 2;
#else
    uint64_t count = 0;
    for (uint64_t i = 0; i < Recent; ++i)
      count += last->steps[i] >= from;
    for (uint64_t i = 1; i <= Recent; ++i) {
      listedEnd[-static_cast<int64_t>(i)] = static_cast<uint32_t>(synapse);
      stepsEnd[-static_cast<int64_t>(i)] =
          static_cast<uint16_t>(last->steps[Recent - i]);
    }
    return count;
#endif
  }

  /// More than the last eight, perhaps.
  template <typename Fn>
  [[gnu::noinline]] void addAll(uint64_t target, int16_t from, uint64_t synapse,
                                MissedSpikes &missed, Fn &&take) const {
    const uint16_t *times = all.data() + target * capacity;
    uint64_t end = counts[target], i = end;
    while (i > 0 && times[i - 1] >= from)
      --i;
    // First come first: of those that have no room together, the earlier ones.
    while (i < end) {
      if (missed.begin < end - i)
        take();
      uint64_t left = end - i;
      uint64_t count = left < MissedSpikes::Room ? left : MissedSpikes::Room;
      missed.begin -= count;
      for (uint64_t to = missed.begin; count-- > 0; ++to, ++i) {
        missed.listed[to] = static_cast<uint32_t>(synapse);
        missed.steps[to] = times[i];
      }
    }
  }

  uint64_t firstNeuron = 0, capacity = 0, began = 0, entries = 0;
  Buffer<Last> recent; // by target, and one more
  Buffer<uint32_t> counts;
  Buffer<uint16_t> all; // by target, so many spikes each
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_TARGETLOG_H
