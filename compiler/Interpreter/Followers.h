//===- Followers.h - Traces, as synapses see them ---------------*- C++ -*-===//
//
// The cells of a population that follows another one to one. A synapse sees
// those of its source as they were one axonal delay ago, and those of its
// target as they are, but for the spikes of the step.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_FOLLOWERS_H
#define SNN_COMPILER_INTERPRETER_FOLLOWERS_H

#include "compiler/Interpreter/Cell.h"

#include <deque>

namespace snn::interpreter {

class Followers {
public:
  Followers(Cell &cell, const Run &run);

  Cell &getCell() { return cell; }
  /// Remembers `steps` more than the present.
  void remember(uint64_t steps) { longest = std::max(longest, steps); }

  /// The step has advanced the cells.
  void beginStep() { unfollowed = cell.getFrames(); }
  /// The neuron that `neuron` follows has fired. Returns what that spike found.
  Frame spike(uint32_t neuron, uint64_t stamp);
  /// No more spikes of this step.
  void endStep(uint64_t stamp);

  /// Before the spikes of this step, after them, and after those of the step
  /// that was `ago` steps before.
  const Frame &before(size_t neuron) const { return unfollowed[neuron]; }
  const Frame &after(size_t neuron) const { return cell.getFrames()[neuron]; }
  const Frame &past(size_t neuron, uint64_t ago) const {
    return ago < steps.size() ? steps[ago][neuron] : initial[neuron];
  }

private:
  Cell &cell;
  uint64_t delay, longest = 0;
  std::vector<Frame> initial, unfollowed;
  std::deque<std::vector<Frame>> steps; // the newest first
  std::map<uint64_t, std::vector<uint32_t>> underWay;
};

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_FOLLOWERS_H
