//===- Partition.cpp - Which thread owns which neurons --------------------===//
//
// Large populations are split evenly, so that each thread gets its share of
// busy and quiet ones; small ones are dealt out whole or nearly so.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Threads/Partition.h"

using namespace snn::runtime;

static uint64_t numBlocks(const snn_population &population) {
  return padToLanes(population.size) / SNN_LANES;
}

bool Partition::create(const snn_model &model, uint32_t count) {
  threads = count;
  uint64_t row = threads + 1;
  if (!bounds.resize(row * model.num_populations))
    return false;

  auto isSmall = [&](const snn_population &population) {
    return numBlocks(population) < 4 * threads;
  };
  // Followers lie with those whom they follow.
  auto isOwn = [&](uint32_t p) {
    return model.populations[p].kind != SNN_FOLLOWERS;
  };
  uint64_t smallBlocks = 0, smallSoFar = 0;
  for (uint32_t p = 0; p < model.num_populations; ++p)
    if (isOwn(p) && isSmall(model.populations[p]))
      smallBlocks += numBlocks(model.populations[p]);

  for (uint32_t p = 0; p < model.num_populations; ++p) {
    const snn_population &population = model.populations[p];
    if (!isOwn(p))
      continue;
    uint64_t blocks = numBlocks(population);
    bool small = isSmall(population);
    for (uint64_t thread = 0; thread <= threads; ++thread) {
      // The thread's first block, counted among all small populations' or
      // among this one's.
      uint64_t first = (small ? smallBlocks : blocks) * thread / threads;
      if (small)
        first = first < smallSoFar ? 0 : first - smallSoFar;
      if (first > blocks)
        first = blocks;
      bounds[p * row + thread] = first * SNN_LANES;
    }
    if (small)
      smallSoFar += blocks;
  }
  for (uint32_t p = 0; p < model.num_populations; ++p)
    for (uint64_t thread = 0; !isOwn(p) && thread <= threads; ++thread)
      bounds[p * row + thread] =
          bounds[model.populations[p].followed * row + thread];
  return true;
}

uint32_t snn::runtime::usefulThreads(const snn_model &model, uint32_t cores) {
  // A neuron's step takes about a nanosecond with its input, a barrier about
  // a microsecond: below some thousand neurons a second thread costs time.
  uint64_t neurons = 0;
  for (uint32_t p = 0; p < model.num_populations; ++p)
    if (model.populations[p].kind != SNN_FOLLOWERS)
      neurons += model.populations[p].size;
  uint64_t useful = 1 + neurons / 2048;
  return useful < cores ? static_cast<uint32_t>(useful) : cores;
}
