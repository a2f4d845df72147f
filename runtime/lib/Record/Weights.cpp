//===- Weights.cpp - States of synapses in a file -------------------------===//
//
// In the precision of their rule: a network has thousands of times more
// synapses than neurons.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Record/Npz.h"
#include "runtime/lib/Record/Results.h"

#include <cstdio>

using namespace snn::runtime;

namespace {

class WeightsWriter {
public:
  WeightsWriter(const Simulation &simulation, OutputFile &file)
      : simulation(simulation), model(simulation.model()), npz(file) {}

  bool write();

private:
  /// "<projection>/<part><suffix>".
  bool name(uint32_t projection, const char *part, const char *suffix);
  bool writeNeurons(uint32_t projection);
  bool writeSamples(uint32_t record);
  bool isFirst(uint32_t record) const;

  const Simulation &simulation;
  const snn_model &model;
  NpzWriter npz;
  SynapseOrder order;
  Buffer<char> text;
};

} // namespace

bool WeightsWriter::name(uint32_t projection, const char *part,
                         const char *suffix) {
  const char *path = model.projections[projection].path;
  text.clear();
  return text.append(path, strlen(path)) && text.push('/') &&
         text.append(part, strlen(part)) &&
         text.append(suffix, strlen(suffix) + 1);
}

bool WeightsWriter::writeNeurons(uint32_t projection) {
  for (bool ofTargets : {false, true}) {
    if (!name(projection, ofTargets ? "target" : "source", "") ||
        !npz.begin(text.data(), "<u4", 4, order.size()))
      return false;
    for (uint64_t i = 0; i < order.size(); ++i) {
      uint32_t neuron = ofTargets ? order.target(i) : order.source(i);
      npz.add(&neuron, sizeof neuron);
    }
    npz.end();
  }
  return true;
}

bool WeightsWriter::writeSamples(uint32_t record) {
  const SynapseRecorder &recorder = simulation.synapseRecorder();
  const snn_synapse_record &one = model.synapse_records[record];
  const snn_plasticity &rule = *model.projections[one.projection].plasticity;
  const char *state = rule.states[one.state].name;
  char number[16] = "";
  uint32_t same = 1;
  for (uint32_t r = 0; r < record; ++r)
    same += model.synapse_records[r].projection == one.projection &&
            model.synapse_records[r].state == one.state;
  if (same > 1)
    snprintf(number, sizeof number, "#%u", same);
  bool single = rule.element == SNN_F32;
  uint64_t samples = recorder.numSamples(record);
  if (!name(one.projection, state, number) ||
      !npz.begin(text.data(), single ? "<f4" : "<f8", single ? 4 : 8, samples,
                 order.size()))
    return false;
  for (uint64_t sample = 0; sample < samples; ++sample)
    for (uint64_t i = 0; i < order.size(); ++i) {
      double value = recorder.value(
          record, sample, order[i],
          simulation.plastic().rows(one.projection, order[i].thread));
      auto rounded = static_cast<float>(value);
      if (single)
        npz.add(&rounded, sizeof rounded);
      else
        npz.add(&value, sizeof value);
    }
  npz.end();
  snprintf(number + strlen(number), sizeof number - strlen(number), "/t");
  if (!name(one.projection, state, number) ||
      !npz.begin(text.data(), "<f8", 8, samples))
    return false;
  for (uint64_t sample = 0; sample < samples; ++sample) {
    double time =
        static_cast<double>(recorder.sampleStamp(record, sample)) * model.step;
    npz.add(&time, sizeof time);
  }
  npz.end();
  return true;
}

/// Of the records of a projection.
bool WeightsWriter::isFirst(uint32_t record) const {
  for (uint32_t r = 0; r < record; ++r)
    if (model.synapse_records[r].projection ==
        model.synapse_records[record].projection)
      return false;
  return true;
}

bool WeightsWriter::write() {
  for (uint32_t first = 0; first < model.num_synapse_records; ++first) {
    uint32_t projection = model.synapse_records[first].projection;
    if (!isFirst(first))
      continue;
    if (!order.create(model, simulation.plastic(), projection,
                      simulation.numThreads()) ||
        !writeNeurons(projection))
      return false;
    for (uint32_t r = first; r < model.num_synapse_records; ++r)
      if (model.synapse_records[r].projection == projection && !writeSamples(r))
        return false;
  }
  npz.finish();
  return true;
}

bool snn::runtime::writeWeights(const Simulation &simulation,
                                OutputFile &file) {
  return WeightsWriter(simulation, file).write();
}
