//===- Recording.cpp - What a run left behind, in memory --------*- C++ -*-===//
//
// Sets of neurons: most are whole populations or parts of them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Recording.h"

#include <algorithm>

using namespace snn::results;

void snn::results::setRecorded(SpikeTrains &trains,
                               const std::vector<NeuronSet> &sets) {
  trains.recorded.clear();
  uint64_t begin = UINT64_MAX, end = 0;
  for (const NeuronSet &set : sets) {
    if (set.count == 0)
      continue;
    begin = std::min(begin, set.first);
    end = std::max(end, set.id(set.count - 1) + 1);
  }
  if (end == 0) {
    trains.neurons = {0, 0, 1};
    return;
  }
  for (const NeuronSet &set : sets)
    if (sets.size() == 1 || (set.stride == 1 && set.count == end - begin)) {
      trains.neurons = set;
      return;
    }
  trains.neurons = {begin, end - begin, 1};
  trains.recorded.assign(end - begin, false);
  for (const NeuronSet &set : sets)
    for (uint64_t i = 0; i < set.count; ++i)
      trains.recorded[set.id(i) - begin] = true;
}

const Trace *Recording::findTrace(std::string_view population,
                                  std::string_view state,
                                  const NeuronSet &neurons) const {
  for (const Trace &trace : traces)
    if (trace.population == population && trace.state == state &&
        neurons.count > 0 && trace.neurons.contains(neurons.first) &&
        trace.neurons.contains(neurons.id(neurons.count - 1)) &&
        (neurons.count == 1 || neurons.stride % trace.neurons.stride == 0))
      return &trace;
  return nullptr;
}
