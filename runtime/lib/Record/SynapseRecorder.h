//===- SynapseRecorder.h - States of synapses over time ---------*- C++ -*-===//
//
// Every thread logs the states of its own synapses as they lie in its rows; who
// reads them gets one order that does not depend on the threads.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RECORD_SYNAPSERECORDER_H
#define SNN_RUNTIME_RECORD_SYNAPSERECORDER_H

#include "runtime/lib/Plasticity/Plasticity.h"

namespace snn::runtime {

/// The synapses of a plastic projection by source, then target, then as
/// snn_enumerate_edges has them. A row has those of a pair of neurons in that
/// order, in the thread that owns the target; so it is enough to sort each row
/// by target, and to take the threads in turn.
class SynapseOrder {
public:
  struct Place {
    uint32_t thread, synapse; // in the thread's rows
  };
  [[nodiscard]] bool create(const snn_model &model,
                            const Plasticity &plasticity, uint32_t projection,
                            uint32_t threads);
  uint64_t size() const { return places.size(); }
  const Place &operator[](uint64_t i) const { return places[i]; }
  uint32_t source(uint64_t i) const;
  uint32_t target(uint64_t i) const;

private:
  const Plasticity *plasticity = nullptr;
  const snn_slice *slice = nullptr; // of the sources
  uint32_t projection = 0;
  Buffer<Place> places;
};

class SynapseRecorder {
public:
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads,
                            bool enabled);
  bool isDue(uint32_t record, uint64_t stamp) const;
  [[nodiscard]] bool addSample(uint32_t thread, uint32_t record,
                               const Plasticity &plasticity);
  void clear();

  /// Bytes of all samples of a planned run, by synapse.
  static uint64_t bytesOfSynapse(const snn_model &model,
                                 const snn_synapse_record &record);

  // --- Reading --------------------------------------------------------------
  uint32_t element(uint32_t record) const { return rule(record).element; }
  uint64_t numSamples(uint32_t record) const;
  uint64_t sampleStamp(uint32_t record, uint64_t sample) const;
  /// In the unit of results; `rows` are those of the thread.
  double value(uint32_t record, uint64_t sample, SynapseOrder::Place place,
               const PlasticRows &rows) const;

private:
  const snn_plasticity &rule(uint32_t record) const {
    return *model->projections[model->synapse_records[record].projection]
                .plasticity;
  }
  Buffer<char> &log(uint32_t thread, uint32_t record) {
    return logs[thread * model->num_synapse_records + record];
  }
  const Buffer<char> &log(uint32_t thread, uint32_t record) const {
    return logs[thread * model->num_synapse_records + record];
  }

  const snn_model *model = nullptr;
  uint32_t threads = 1;
  bool enabled = true;
  ObjectArray<Buffer<char>> logs; // by thread and record
  Buffer<uint64_t> samples;       // likewise, how many
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RECORD_SYNAPSERECORDER_H
