//===- Followers.cpp - Traces, as synapses see them -------------*- C++ -*-===//
//
// Whole copies of the cells, one a step.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Followers.h"

#include <cmath>

namespace snn::interpreter {

Followers::Followers(Cell &cell, const Run &run)
    : cell(cell), delay(0), initial(cell.getFrames()), unfollowed(initial) {
  if (auto given = cell.getOp().getFollowDelay())
    delay = run.inSteps(*given);
}

Frame Followers::spike(uint32_t neuron, uint64_t stamp) {
  Frame found = cell.getFrames()[neuron];
  if (delay)
    underWay[stamp + delay].push_back(neuron);
  else
    cell.follow(neuron);
  return found;
}

void Followers::endStep(uint64_t stamp) {
  for (uint32_t neuron : underWay[stamp])
    cell.follow(neuron);
  underWay.erase(stamp);
  steps.push_front(cell.getFrames());
  if (steps.size() > longest + 1)
    steps.pop_back();
}

} // namespace snn::interpreter
