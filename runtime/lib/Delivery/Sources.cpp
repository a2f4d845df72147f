//===- Sources.cpp - Populations that fire without equations --------------===//
//
// Drawing and looking up.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Sources.h"

#include "runtime/lib/Delivery/SpikeHistory.h"
#include "runtime/lib/Delivery/SumBounds.h"

#include "runtime/lib/Random/Hash.h"

using namespace snn::runtime;

bool Sources::create(const snn_model &definition, uint32_t threads) {
  model = &definition;
  if (!slots.resize(model->num_populations))
    return false;
  for (uint32_t p = 0; p < model->num_populations; ++p) {
    const snn_population &source = model->populations[p];
    if (source.kind != SNN_POISSON_SOURCE)
      continue;
    slots[p] = numSlots++;
    Key key =
        makeKey(hash64(model->seeds.stimulus, source.path), Stream::Event);
    if (!keys.push(ArsKey(key)))
      return false;
  }
  return rates.create(uint64_t{numSlots} * threads);
}

bool Sources::emit(uint32_t population, uint32_t thread, uint64_t stamp,
                   Range range, Buffer<uint32_t> &spikes, RateFault &badRate) {
  const snn_population &source = model->populations[population];
  if (source.kind == SNN_TRAIN_SOURCE)
    return emitTrains(source, stamp, range, spikes);
  return stamp == 0 ||
         emitPoisson(population, thread, stamp, range, spikes, badRate);
}

bool Sources::emitPoisson(uint32_t population, uint32_t thread, uint64_t stamp,
                          Range range, Buffer<uint32_t> &spikes,
                          RateFault &badRate) {
  const snn_population &source = model->populations[population];
  PoissonRate &rate = rates[uint64_t{thread} * numSlots + slots[population]];
  if (!rate.update(source.rate, /*constant=*/false,
                   static_cast<double>(stamp) * model->step, model->step)) {
    badRate = {source.path, PoissonRate::Impossible};
    return true;
  }
  constexpr uint64_t Portion = 512;
  uint32_t counts[Portion];
  uint64_t end = range.end < source.size ? range.end : source.size;
  for (uint64_t begin = range.begin; begin < end; begin += Portion) {
    uint64_t count = end - begin < Portion ? end - begin : Portion;
    rate.table().counts(keys[slots[population]], stamp - 1, begin,
                        begin + count, counts);
    for (uint64_t i = 0; i < count; ++i) {
      if (counts[i] > SumBounds::SourceSpikes)
        badRate = {source.path, "gives more than 64 spikes in a step"};
      for (uint32_t n = 0; n < counts[i]; ++n)
        if (!spikes.push(static_cast<uint32_t>(begin + i)))
          return false;
    }
  }
  return true;
}

bool Sources::emitTrains(const snn_population &source, uint64_t stamp,
                         Range range, Buffer<uint32_t> &spikes) const {
  // The first spike of the stamp; steps ascend.
  uint64_t low = 0, high = source.num_train_spikes;
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (source.train_steps[middle] < stamp)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < source.num_train_spikes && source.train_steps[low] == stamp;
       ++low) {
    uint32_t id = source.train_ids[low];
    if (id >= range.begin && id < range.end && !spikes.push(id))
      return false;
  }
  if (!spikes.empty())
    qsort(spikes.data(), spikes.size(), sizeof(uint32_t), compareNeurons);
  return true;
}
