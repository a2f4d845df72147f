//===- LaterSums.cpp - What reaches a port after a dendrite ---------------===//
//
// Integers, so it makes no difference that they are added in two stages.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/LaterSums.h"

using namespace snn::runtime;

bool LaterSums::create(const Population &population, uint32_t theTarget,
                       uint32_t theField, uint32_t longest) {
  target = theTarget;
  field = theField;
  slots = uint64_t{longest} + 1;
  bytes = elementBytes(population.model().fields[field].element);
  if (!shares.create(population.numThreads()))
    return false;
  for (uint32_t thread = 0; thread < shares.size(); ++thread) {
    Share &share = shares[thread];
    share.neurons = population.range(thread);
    if (!share.sums.resize(slots * share.neurons.size() * bytes) ||
        !share.written.resize(slots))
      return false;
  }
  return true;
}

uint64_t LaterSums::bytesOf(const snn_population &population, uint32_t field,
                            uint32_t longest) {
  return (uint64_t{longest} + 1) * padToLanes(population.size) *
         elementBytes(population.fields[field].element);
}

template <typename T>
static void move(char *from, void *to, Range neurons) {
  auto *later = reinterpret_cast<T *>(from);
  T *sums = static_cast<T *>(to) + neurons.begin;
  for (uint64_t i = 0; i < neurons.size(); ++i) {
    sums[i] += later[i];
    later[i] = 0;
  }
}

void LaterSums::add(uint32_t thread, uint64_t stamp,
                    const Population &population) {
  Share &share = shares[thread];
  uint64_t slot = stamp % slots;
  if (!share.written[slot])
    return;
  share.written[slot] = false;
  char *from = share.sums.data() + slot * share.neurons.size() * bytes;
  void *to = population.fields(thread)[field];
  if (bytes == 4)
    move<int32_t>(from, to, share.neurons);
  else
    move<int64_t>(from, to, share.neurons);
}

void LaterSums::clear() {
  for (Share &share : shares) {
    if (!share.sums.empty())
      memset(share.sums.data(), 0, share.sums.size());
    for (bool &written : share.written)
      written = false;
  }
}

uint64_t LaterSums::capacityBytes() const {
  uint64_t sum = 0;
  for (const Share &share : shares)
    sum += share.sums.capacityBytes();
  return sum;
}
