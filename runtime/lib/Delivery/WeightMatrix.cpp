//===- WeightMatrix.cpp - A weight for each pair of neurons ---------------===//
//
// One loop over vectors of sixteen, which the compiler writes for each set of
// instructions.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/WeightMatrix.h"

#include "runtime/lib/Core/HugePages.h"
#include "runtime/lib/Core/WideVectors.h"

using namespace snn::runtime;

namespace {

constexpr uint64_t Lanes = 16;
constexpr uint64_t Vectors = WeightMatrix::BlockTargets / Lanes;

using Sums = int32_t __attribute__((vector_size(Lanes * sizeof(int32_t))));

template <typename Weight>
struct VectorOf;
template <>
struct VectorOf<int16_t> {
  using type = int16_t __attribute__((vector_size(Lanes * sizeof(int16_t))));
};
template <>
struct VectorOf<int32_t> {
  using type = Sums;
};

/// The weights of all rows, from a column on, to the sums of a block.
template <typename Weight>
[[gnu::always_inline]] inline void
addBlock(const Weight *weights, uint64_t sizeOfRow,
         const Buffer<uint32_t> &spikes, int32_t *to) {
  Sums sums[Vectors];
  memcpy(sums, to, sizeof(sums));
  for (uint32_t source : spikes) {
    const Weight *row = weights + source * sizeOfRow;
#pragma GCC unroll 4
    for (uint64_t v = 0; v < Vectors; ++v) {
      typename VectorOf<Weight>::type here;
      memcpy(&here, row + v * Lanes, sizeof(here));
      sums[v] += __builtin_convertvector(here, Sums);
    }
  }
  memcpy(to, sums, sizeof(sums));
}

template <typename Weight>
[[gnu::always_inline]] inline void
addRows(const Weight *weights, uint64_t sizeOfRow, uint64_t targets,
        const Buffer<uint32_t> &spikes, int32_t *sums) {
  constexpr uint64_t Block = WeightMatrix::BlockTargets;
  uint64_t begin = 0;
  for (; begin + Block <= targets; begin += Block)
    addBlock(weights + begin, sizeOfRow, spikes, sums + begin);
  if (begin == targets)
    return;
  int32_t last[Block] = {};
  memcpy(last, sums + begin, (targets - begin) * sizeof(int32_t));
  addBlock(weights + begin, sizeOfRow, spikes, last);
  memcpy(sums + begin, last, (targets - begin) * sizeof(int32_t));
}

template <typename Weight>
void addBaseline(const Weight *weights, uint64_t sizeOfRow, uint64_t targets,
                 const Buffer<uint32_t> &spikes, int32_t *sums) {
  addRows(weights, sizeOfRow, targets, spikes, sums);
}

#if defined(__x86_64__)
template <typename Weight>
SNN_WIDE void addAvx512(const Weight *weights, uint64_t sizeOfRow,
                        uint64_t targets, const Buffer<uint32_t> &spikes,
                        int32_t *sums) {
  addRows(weights, sizeOfRow, targets, spikes, sums);
}
#endif

template <typename Weight>
void addBest([[maybe_unused]] bool isWide, const Weight *weights,
             uint64_t sizeOfRow, uint64_t targets,
             const Buffer<uint32_t> &spikes, int32_t *sums) {
#if defined(__x86_64__)
  if (isWide)
    return addAvx512(weights, sizeOfRow, targets, spikes, sums);
#endif
  addBaseline(weights, sizeOfRow, targets, spikes, sums);
}

} // namespace

bool WeightMatrix::create(uint64_t sources, uint64_t numTargets, bool isShort) {
  targets = numTargets;
  sizeOfRow = paddedTargets(targets);
  isWide = hasWideVectors();
  halves = {};
  words = {};
  uint64_t size;
  if (__builtin_mul_overflow(sources, sizeOfRow, &size))
    return false;
  return isShort ? reserveHuge(halves, size) && halves.resize(size)
                 : reserveHuge(words, size) && words.resize(size);
}

bool WeightMatrix::add(uint32_t source, uint32_t target, int32_t weight) {
  uint64_t place = source * sizeOfRow + target;
  if (!isShort()) {
    // Weights that together pass 32 bits are refused by the bounds of sums.
    words[place] = static_cast<int32_t>(static_cast<uint32_t>(words[place]) +
                                        static_cast<uint32_t>(weight));
    return true;
  }
  int64_t sum = int64_t{halves[place]} + weight;
  halves[place] = static_cast<int16_t>(sum);
  return sum == halves[place];
}

void WeightMatrix::deliver(const Buffer<uint32_t> &spikes,
                           int32_t *sums) const {
  if (isShort())
    addBest(isWide, halves.data(), sizeOfRow, targets, spikes, sums);
  else
    addBest(isWide, words.data(), sizeOfRow, targets, spikes, sums);
}
