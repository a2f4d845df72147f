//===- ToeplitzSums.cpp - Adding a kernel's weights -----------------------===//
//
// Sums are integers modulo 2^32, so that neither their order nor what lies
// beside a thread's own targets in the maps can be seen.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/ToeplitzSums.h"

#include "runtime/lib/Core/HugePages.h"
#include "runtime/lib/Core/WideVectors.h"

using namespace snn::runtime;

namespace {

constexpr uint64_t WordPlaces = 64;

/// In a word of places, from how many on all are taken, a map after the other.
constexpr int LeastTogether = 12;

[[gnu::always_inline]] inline void add(int32_t &sum, int32_t weight) {
  sum = static_cast<int32_t>(static_cast<uint32_t>(sum) +
                             static_cast<uint32_t>(weight));
}

/// Of copies, which cannot overlap: so this becomes vectors.
template <unsigned Lanes, typename Weight>
[[gnu::always_inline]] inline void addVector(const Weight *from, int32_t *to) {
  Weight weights[Lanes];
  int32_t sums[Lanes];
  memcpy(weights, from, sizeof(weights));
  memcpy(sums, to, sizeof(sums));
  for (unsigned i = 0; i < Lanes; ++i)
    add(sums[i], weights[i]);
  memcpy(to, sums, sizeof(sums));
}

/// Neighbouring weights to neighbouring sums.
template <typename Weight>
[[gnu::always_inline]] inline void addRow(const Weight *from, uint64_t count,
                                          int32_t *to) {
  uint64_t i = 0;
  for (; i + 16 <= count; i += 16)
    addVector<16>(from + i, to + i);
  if (i + 8 <= count) {
    addVector<8>(from + i, to + i);
    i += 8;
  }
  for (; i < count; ++i)
    add(to[i], from[i]);
}

} // namespace

/// What is compiled twice.
struct ToeplitzSums::Kernels {
  template <typename Weight>
  [[gnu::always_inline]] static inline void
  addAll(ToeplitzSums &self, const Weight *weights, const KernelAxis (&axes)[2],
         const Buffer<uint32_t> &spikes, int32_t *sums) {
    const snn_convolution &shape = *self.shape;
    uint64_t outputs = shape.target[0] / shape.groups;
    uint64_t inputs = shape.source[0] / shape.groups;
    uint64_t columns = shape.kernel[1], width = shape.target[2];
    uint64_t places = shape.kernel[0] * columns, size = self.mine.size();
    for (uint64_t source : spikes) {
      uint64_t x = source % shape.source[2], row = source / shape.source[2];
      uint64_t y = row % shape.source[1], channel = row / shape.source[1];
      uint64_t group = channel / inputs * outputs;
      uint64_t begin = group > self.mine.begin ? group : self.mine.begin;
      uint64_t end =
          group + outputs < self.mine.end ? group + outputs : self.mine.end;
      if (begin >= end)
        continue;
      const Weight *from =
          weights + channel * places * outputs + (begin - group);
      for (KernelAxis::Pair v : axes[0].of(y))
        for (KernelAxis::Pair u : axes[1].of(x)) {
          uint64_t place = uint64_t{v.output} * width + u.output;
          const Weight *here =
              from + (uint64_t{v.offset} * columns + u.offset) * outputs;
          if (outputs < LeastCollected) {
            for (uint64_t o = begin; o < end; ++o) {
              uint64_t target = o * self.map + place;
              if (target - self.targets.begin < self.targets.size())
                add(sums[target], here[o - begin]);
            }
            continue;
          }
          self.touched[place / WordPlaces] |= uint64_t{1} << place % WordPlaces;
          addRow(here, end - begin,
                 self.maps.data() + place * size + (begin - self.mine.begin));
        }
    }
    if (outputs >= LeastCollected)
      bringAll(self, sums);
  }

  /// What was collected, to its neurons.
  [[gnu::always_inline]] static inline void bringAll(ToeplitzSums &self,
                                                     int32_t *sums) {
    for (uint64_t word = 0; word < self.touched.size(); ++word) {
      uint64_t bits = self.touched[word];
      if (!bits)
        continue;
      self.touched[word] = 0;
      uint64_t first = word * WordPlaces;
      if (__builtin_popcountll(bits) >= LeastTogether) {
        uint64_t last = first + WordPlaces;
        bringPlaces(self, {first, last < self.map ? last : self.map}, sums);
        continue;
      }
      for (; bits; bits &= bits - 1) {
        uint64_t place = first + static_cast<uint64_t>(__builtin_ctzll(bits));
        bringPlaces(self, {place, place + 1}, sums);
      }
    }
  }

  [[gnu::always_inline]] static inline void
  bringPlaces(ToeplitzSums &self, Range places, int32_t *sums) {
    uint64_t size = self.mine.size();
    int32_t *maps = self.maps.data();
    for (uint64_t c = 0; c < size; ++c) {
      uint64_t map = (self.mine.begin + c) * self.map;
      Range here = {map + places.begin, map + places.end};
      here.begin =
          here.begin > self.targets.begin ? here.begin : self.targets.begin;
      here.end = here.end < self.targets.end ? here.end : self.targets.end;
      for (uint64_t target = here.begin; target < here.end; ++target)
        add(sums[target], maps[(target - map) * size + c]);
    }
    memset(maps + places.begin * size, 0,
           places.size() * size * sizeof(int32_t));
  }

#if defined(__x86_64__)
  template <typename Weight>
  SNN_WIDE static void addWide(ToeplitzSums &self, const Weight *weights,
                               const KernelAxis (&axes)[2],
                               const Buffer<uint32_t> &spikes, int32_t *sums) {
    addAll(self, weights, axes, spikes, sums);
  }
#endif
};

template <typename Weight>
void ToeplitzSums::addBest(const Weight *weights, const KernelAxis (&axes)[2],
                           const Buffer<uint32_t> &spikes, int32_t *sums) {
#if defined(__x86_64__)
  if (isWide)
    return Kernels::addWide(*this, weights, axes, spikes, sums);
#endif
  Kernels::addAll(*this, weights, axes, spikes, sums);
}

void ToeplitzSums::deliver(const ToeplitzKernel &kernel,
                           const KernelAxis (&axes)[2],
                           const Buffer<uint32_t> &spikes, int32_t *sums) {
  if (kernel.isShort())
    addBest(kernel.shortWeights(), axes, spikes, sums);
  else
    addBest(kernel.longWeights(), axes, spikes, sums);
}

bool ToeplitzSums::create(const snn_convolution &convolution, Range range) {
  shape = &convolution;
  targets = range;
  map = shape->target[1] * shape->target[2];
  isWide = hasWideVectors();
  mine = range.empty() ? Range{0, 0}
                       : Range{range.begin / map, (range.end - 1) / map + 1};
  maps = {};
  touched = {};
  if (mine.empty() || shape->target[0] / shape->groups < LeastCollected)
    return true;
  return reserveHuge(maps, map * mine.size()) &&
         maps.resize(map * mine.size()) &&
         touched.resize((map + WordPlaces - 1) / WordPlaces);
}

uint64_t ToeplitzSums::expectedBytes(const snn_convolution &convolution,
                                     uint32_t threads) {
  uint64_t channels = convolution.target[0];
  if (channels / convolution.groups < LeastCollected)
    return 0;
  // A channel of which two threads have a part is collected by both.
  uint64_t shared = threads - 1 < channels ? threads - 1 : channels;
  uint64_t places = convolution.target[1] * convolution.target[2];
  return places * (channels + shared) * sizeof(int32_t) +
         threads * (places + WordPlaces - 1) / WordPlaces * sizeof(uint64_t);
}
