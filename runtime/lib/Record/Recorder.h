//===- Recorder.h - What a run keeps to be read afterwards ------*- C++ -*-===//
//
// Every thread logs the spikes and samples of its own neurons; logs are merged
// by time and index when they are read, so the result does not depend on who
// owned what. Samples stay in their own precision until then.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RECORD_RECORDER_H
#define SNN_RUNTIME_RECORD_RECORDER_H

#include "runtime/lib/Core/Grouping.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Slice.h"

namespace snn::runtime {

/// The step of the first sample, after the warm-up.
uint64_t firstSample(const snn_model &model, const snn_record &record);

/// Samples in the planned run.
uint64_t numSamplesDue(const snn_model &model, const snn_record &record);

class Recorder {
public:
  [[nodiscard]] bool create(const snn_model &model, const Partition &partition,
                            uint32_t threads, bool enabled);

  bool recordsSpikes(uint32_t population) const {
    return enabled && !spikeRecords[population].empty();
  }

  /// Spikes of one thread, ascending, at the step they are stamped with. False
  /// if memory ran out.
  [[nodiscard]] bool addSpikes(uint32_t thread, uint32_t population,
                               uint64_t stamp, const uint32_t *ids,
                               uint64_t count);

  /// Whether record `r` takes a sample at t_stamp.
  bool isDue(uint32_t record, uint64_t stamp) const;
  /// Whether a record that does so reads an observer of the population.
  bool observes(uint32_t population, uint64_t stamp) const;
  [[nodiscard]] bool addSamples(uint32_t thread, uint32_t record,
                                const Population &population);

  void clear();

  // --- Reading --------------------------------------------------------------
  uint64_t numSpikes(uint32_t population) const;
  uint64_t numSamples(uint32_t record) const;
  uint64_t sampleStamp(uint32_t record, uint64_t sample) const;

  /// Walks the spikes of a population by time, then index.
  class SpikeReader {
  public:
    [[nodiscard]] bool create(const Recorder &recorder, uint32_t population);
    bool next(uint64_t &stamp, uint32_t &id);

  private:
    const Recorder *recorder = nullptr;
    uint32_t population = 0;
    Buffer<uint64_t> positions; // in each thread's log
  };

  /// One sample of all neurons of a record, in the unit of results.
  void readSample(uint32_t record, uint64_t sample, double *values) const;

private:
  uint64_t at(uint32_t thread, uint32_t record) const {
    return uint64_t{thread} * model->num_records + record;
  }
  // Stamp and index in one word, which sorts by both.
  const Buffer<uint64_t> &spikeLog(uint32_t thread, uint32_t population) const {
    return spikes[uint64_t{thread} * model->num_populations + population];
  }
  uint64_t firstStamp(uint32_t record) const {
    return firstSample(*model, model->records[record]);
  }
  const snn_field &field(uint32_t record) const {
    const snn_record &r = model->records[record];
    return model->populations[r.target.population].fields[r.field];
  }

  const snn_model *model = nullptr;
  uint32_t threads = 1;
  bool enabled = true;
  Grouping spikeRecords, stateRecords;
  Buffer<bool> whole;                   // all spikes, by population
  Buffer<Range> shares;                 // slice indices by thread and record
  ObjectArray<Buffer<uint64_t>> spikes; // by thread and population
  ObjectArray<Buffer<char>> samples;    // by thread and record
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RECORD_RECORDER_H
