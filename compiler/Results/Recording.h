//===- Recording.h - What a run left behind, in memory ----------*- C++ -*-===//
//
// Spikes and traces of one run: the common ground of metrics and plots, whether
// they come from a results folder or straight from the engine.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_RESULTS_RECORDING_H
#define SNN_COMPILER_RESULTS_RECORDING_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace snn::results {

/// Times in ms since the start of the simulation. A spike belongs to the window
/// if begin < t <= end: a step that starts at `begin` stamps its spikes one
/// step later.
struct Window {
  double begin = 0, end = 0;
  double length() const { return end - begin; }
  bool contains(double time) const { return begin < time && time <= end; }
};

/// Neurons first, first + stride, ...; `count` of them.
struct NeuronSet {
  uint64_t first = 0, count = 0, stride = 1;
  bool contains(uint64_t id) const {
    return id >= first && (id - first) % stride == 0 &&
           (id - first) / stride < count;
  }
  uint64_t index(uint64_t id) const { return (id - first) / stride; }
  uint64_t id(uint64_t index) const { return first + index * stride; }
};

/// The spikes of one population. Both arrays have one entry a spike, ascending
/// in time, then in the neuron's id.
struct SpikeTrains {
  std::string population;
  /// Which neurons were recorded: rates are per recorded neuron.
  NeuronSet neurons;
  std::vector<double> times; // ms
  std::vector<uint32_t> ids;
  /// Where the recorded neurons are no such set, `neurons` holds more, and this
  /// says of each whether it was recorded; else empty.
  std::vector<bool> recorded = {};

  bool isRecorded(uint64_t index) const {
    return recorded.empty() || recorded[index];
  }
};

/// All neurons of several sets, as `neurons` and `recorded` of SpikeTrains.
void setRecorded(SpikeTrains &trains, const std::vector<NeuronSet> &sets);

/// Samples of one state: `values` holds a row of `neurons.count` samples for
/// each entry of `times`.
struct Trace {
  std::string population;
  std::string state;
  std::string unit;
  NeuronSet neurons;
  std::vector<double> times; // ms
  std::vector<double> values;
  bool isOfModulator = false;

  double value(size_t sample, uint64_t neuron) const {
    return values[sample * neurons.count + neuron];
  }
};

/// Samples of a state of all synapses of a projection: `values` holds a row of
/// `count` for each entry of `times`.
struct SynapseTrace {
  std::string projection;
  std::string state;
  std::string unit;
  uint64_t count = 0;
  std::vector<double> times; // ms
  std::vector<double> values;
  /// Of each synapse; as weights.npz has them.
  std::vector<uint32_t> sources = {}, targets = {};
};

/// One run.
struct Recording {
  std::string model;
  /// Integration step, ms.
  double step = 0;
  /// The recorded part: after the warm-up.
  Window window;
  std::vector<SpikeTrains> spikes;
  std::vector<Trace> traces;
  std::vector<SynapseTrace> synapses;

  const SpikeTrains *findSpikes(std::string_view population) const {
    for (const SpikeTrains &trains : spikes)
      if (trains.population == population)
        return &trains;
    return nullptr;
  }
  const SynapseTrace *findSynapses(std::string_view projection,
                                   std::string_view state) const {
    for (const SynapseTrace &trace : synapses)
      if (trace.projection == projection && trace.state == state)
        return &trace;
    return nullptr;
  }
  /// A trace that holds all of these neurons.
  const Trace *findTrace(std::string_view population, std::string_view state,
                         const NeuronSet &neurons) const;
};

} // namespace snn::results

#endif // SNN_COMPILER_RESULTS_RECORDING_H
