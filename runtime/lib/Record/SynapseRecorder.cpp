//===- SynapseRecorder.cpp - States of synapses over time -----------------===//
//
// Logging whole arrays, and the order in which they are read.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Record/SynapseRecorder.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Record/Recorder.h"

using namespace snn::runtime;

//===- Order --------------------------------------------------------------===//

static int compareWords(const void *left, const void *right) {
  auto a = *static_cast<const uint64_t *>(left);
  auto b = *static_cast<const uint64_t *>(right);
  return a < b ? -1 : a > b;
}

bool SynapseOrder::create(const snn_model &model, const Plasticity &all,
                          uint32_t index, uint32_t threads) {
  plasticity = &all;
  projection = index;
  slice = &model.projections[index].source;
  uint64_t total = 0;
  for (uint32_t thread = 0; thread < threads; ++thread)
    total += all.rows(index, thread).size();
  Buffer<uint64_t> row; // target, then synapse: stable in either sort
  places.clear();
  if (!places.reserve(total))
    return false;
  for (uint64_t source = 0; source < slice->count; ++source)
    for (uint32_t thread = 0; thread < threads; ++thread) {
      const Synapses &table = all.rows(index, thread).rows();
      row.clear();
      for (uint64_t i = table.rows[source]; i < table.rows[source + 1]; ++i)
        if (!row.push(uint64_t{table.targets[i]} << 32 | i))
          return false;
      if (row.size() > 1)
        qsort(row.data(), row.size(), sizeof(uint64_t), compareWords);
      for (uint64_t word : row)
        if (!places.push({thread, static_cast<uint32_t>(word)}))
          return false;
    }
  return true;
}

uint32_t SynapseOrder::source(uint64_t i) const {
  const PlasticRows &rows = plasticity->rows(projection, places[i].thread);
  return static_cast<uint32_t>(
      sliceNeuron(*slice, rows.rowOf(places[i].synapse)));
}

uint32_t SynapseOrder::target(uint64_t i) const {
  return plasticity->rows(projection, places[i].thread)
      .rows()
      .targets[places[i].synapse];
}

//===- Recording ----------------------------------------------------------===//

/// When samples are due is as of other records.
static snn_record timesOf(const snn_synapse_record &record) {
  snn_record times = {};
  times.every = record.every;
  times.first = record.first;
  return times;
}

uint64_t SynapseRecorder::bytesOfSynapse(const snn_model &model,
                                         const snn_synapse_record &record) {
  return numSamplesDue(model, timesOf(record)) *
         elementBytes(model.projections[record.projection].plasticity->element);
}

bool SynapseRecorder::create(const snn_model &definition, uint32_t count,
                             bool enable) {
  model = &definition;
  threads = count;
  enabled = enable;
  uint64_t total = uint64_t{threads} * model->num_synapse_records;
  return logs.create(total) && samples.resize(total);
}

bool SynapseRecorder::isDue(uint32_t index, uint64_t stamp) const {
  const snn_synapse_record &record = model->synapse_records[index];
  uint64_t first = firstSample(*model, timesOf(record));
  return enabled && stamp >= first && (stamp - first) % record.every == 0;
}

bool SynapseRecorder::addSample(uint32_t thread, uint32_t index,
                                const Plasticity &plasticity) {
  const snn_synapse_record &record = model->synapse_records[index];
  const PlasticRows &rows = plasticity.rows(record.projection, thread);
  Buffer<char> &to = log(thread, index);
  uint64_t bytes = elementBytes(element(index)), begin = to.size();
  const auto *states = static_cast<const char *>(rows.states()[record.state]);
  if (!to.append(states, rows.size() * bytes))
    return false;
  // Synapses that have moved stand where they stood.
  const uint32_t *identity = rows.identity();
  for (uint64_t i = 0; identity && i < rows.size(); ++i)
    memcpy(to.data() + begin + identity[i] * bytes, states + i * bytes, bytes);
  ++samples[thread * model->num_synapse_records + index];
  return true;
}

void SynapseRecorder::clear() {
  for (Buffer<char> &each : logs)
    each.clear();
  for (uint64_t &count : samples)
    count = 0;
}

uint64_t SynapseRecorder::numSamples(uint32_t record) const {
  // A run that ran out of memory may lack the last sample of some thread.
  uint64_t least = UINT64_MAX;
  for (uint32_t thread = 0; thread < threads; ++thread) {
    uint64_t count = samples[thread * model->num_synapse_records + record];
    least = count < least ? count : least;
  }
  return least;
}

uint64_t SynapseRecorder::sampleStamp(uint32_t record, uint64_t sample) const {
  const snn_synapse_record &one = model->synapse_records[record];
  return firstSample(*model, timesOf(one)) + sample * one.every;
}

double SynapseRecorder::value(uint32_t record, uint64_t sample,
                              SynapseOrder::Place place,
                              const PlasticRows &rows) const {
  const snn_plasticity &plastic = rule(record);
  uint64_t synapse =
      rows.identity() ? rows.identity()[place.synapse] : place.synapse;
  return readElement(log(place.thread, record).data(), plastic.element,
                     sample * rows.size() + synapse) *
         plastic.states[model->synapse_records[record].state].scale;
}
