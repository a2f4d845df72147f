//===- Recorder.cpp - What a run keeps to be read afterwards --------------===//
//
// Logging by the threads, merging on reading.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Record/Recorder.h"

using namespace snn::runtime;

uint64_t snn::runtime::firstSample(const snn_model &model,
                                   const snn_record &record) {
  if (record.first >= model.warmup_steps)
    return record.first;
  uint64_t missed = model.warmup_steps - record.first;
  return record.first +
         (missed + record.every - 1) / record.every * record.every;
}

uint64_t snn::runtime::numSamplesDue(const snn_model &model,
                                     const snn_record &record) {
  uint64_t first = firstSample(model, record);
  uint64_t last = model.warmup_steps + model.duration_steps;
  return first > last ? 0 : (last - first) / record.every + 1;
}

bool Recorder::create(const snn_model &definition, const Partition &partition,
                      uint32_t threadCount, bool enable) {
  model = &definition;
  threads = threadCount;
  enabled = enable;
  auto group = [&](Grouping &grouping, bool ofSpikes) {
    return grouping.create(model->num_populations, model->num_records,
                           [&](uint32_t r) {
                             const snn_record &record = model->records[r];
                             return (record.field == SNN_NONE) == ofSpikes
                                        ? record.target.population
                                        : SNN_NONE;
                           });
  };
  if (!group(spikeRecords, true) || !group(stateRecords, false) ||
      !whole.resize(model->num_populations) || !shares.resize(at(threads, 0)) ||
      !spikes.create(uint64_t{threads} * model->num_populations) ||
      !samples.create(at(threads, 0)))
    return false;
  for (uint32_t r = 0; r < model->num_records; ++r) {
    const snn_record &record = model->records[r];
    const snn_slice &slice = record.target;
    if (record.field == SNN_NONE)
      whole[slice.population] |=
          slice.count == model->populations[slice.population].size;
    for (uint32_t thread = 0; thread < threads; ++thread)
      shares[at(thread, r)] =
          sliceIndices(slice, partition.padded(slice.population, thread));
  }
  return true;
}

bool Recorder::addSpikes(uint32_t thread, uint32_t population, uint64_t stamp,
                         const uint32_t *ids, uint64_t count) {
  if (model->warmup_steps && stamp <= model->warmup_steps)
    return true;
  Buffer<uint64_t> &log =
      spikes[uint64_t{thread} * model->num_populations + population];
  if (!log.reserveMore(count))
    return false;
  uint64_t size = log.size();
  for (uint64_t i = 0; i < count; ++i) {
    bool take = whole[population];
    if (!take)
      for (uint32_t r : spikeRecords[population])
        take |= sliceIndex(model->records[r].target, ids[i]) != UINT64_MAX;
    if (take)
      log.data()[size++] = stamp << 32 | ids[i];
  }
  log.setSize(size);
  return true;
}

bool Recorder::isDue(uint32_t index, uint64_t stamp) const {
  const snn_record &record = model->records[index];
  if (!enabled || record.field == SNN_NONE)
    return false;
  uint64_t first = firstStamp(index);
  return stamp >= first && (stamp - first) % record.every == 0;
}

bool Recorder::observes(uint32_t population, uint64_t stamp) const {
  for (uint32_t r : stateRecords[population])
    if (isDue(r, stamp) && field(r).role == SNN_OBSERVER)
      return true;
  return false;
}

bool Recorder::addSamples(uint32_t thread, uint32_t index,
                          const Population &population) {
  const snn_record &record = model->records[index];
  Range share = shares[at(thread, index)];
  if (share.empty())
    return true;
  uint64_t bytes = elementBytes(field(index).element);
  Buffer<char> &log = samples[at(thread, index)];
  if (!log.reserveMore(share.size() * bytes))
    return false;
  auto *source =
      static_cast<const char *>(population.fields(thread)[record.field]);
  char *out = log.end();
  for (uint64_t i = share.begin; i < share.end; ++i, out += bytes)
    memcpy(out, source + sliceNeuron(record.target, i) * bytes, bytes);
  log.setSize(log.size() + share.size() * bytes);
  return true;
}

void Recorder::clear() {
  for (Buffer<uint64_t> &log : spikes)
    log.clear();
  for (Buffer<char> &log : samples)
    log.clear();
}

uint64_t Recorder::numSpikes(uint32_t population) const {
  uint64_t total = 0;
  for (uint32_t thread = 0; thread < threads; ++thread)
    total += spikeLog(thread, population).size();
  return total;
}

uint64_t Recorder::numSamples(uint32_t record) const {
  if (model->records[record].field == SNN_NONE)
    return 0;
  // A run that ran out of memory may lack the last sample of some thread.
  uint64_t least = UINT64_MAX;
  for (uint32_t thread = 0; thread < threads; ++thread) {
    uint64_t i = at(thread, record);
    if (shares[i].empty())
      continue;
    uint64_t bytes = shares[i].size() * elementBytes(field(record).element);
    uint64_t count = samples[i].size() / bytes;
    least = count < least ? count : least;
  }
  return least == UINT64_MAX ? 0 : least;
}

uint64_t Recorder::sampleStamp(uint32_t record, uint64_t sample) const {
  return firstStamp(record) + sample * model->records[record].every;
}

void Recorder::readSample(uint32_t record, uint64_t sample,
                          double *values) const {
  const snn_field &recorded = field(record);
  for (uint32_t thread = 0; thread < threads; ++thread) {
    Range share = shares[at(thread, record)];
    const char *log = samples[at(thread, record)].data();
    for (uint64_t i = 0; i < share.size(); ++i)
      values[share.begin + i] =
          readElement(log, recorded.element, sample * share.size() + i) *
          recorded.scale;
  }
}

bool Recorder::SpikeReader::create(const Recorder &from, uint32_t index) {
  recorder = &from;
  population = index;
  return positions.resize(from.threads);
}

bool Recorder::SpikeReader::next(uint64_t &stamp, uint32_t &id) {
  uint64_t least = UINT64_MAX;
  uint32_t owner = 0;
  for (uint32_t thread = 0; thread < recorder->threads; ++thread) {
    const Buffer<uint64_t> &log = recorder->spikeLog(thread, population);
    if (positions[thread] < log.size() && log[positions[thread]] < least) {
      least = log[positions[thread]];
      owner = thread;
    }
  }
  if (least == UINT64_MAX)
    return false;
  ++positions[owner];
  stamp = least >> 32;
  id = static_cast<uint32_t>(least);
  return true;
}
