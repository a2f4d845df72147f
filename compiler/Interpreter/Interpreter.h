//===- Interpreter.h - The reference of what a model means ------*- C++ -*-===//
//
// Runs an experiment by its IR, slowly and plainly, at any stage between
// MLIRGen and the conversion to sim. Written independently of all passes, it is
// what they are tested against: once equations are solved, spikes and states
// are those of the compiled program bit for bit; before, to the accuracy of the
// solvers.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_INTERPRETER_H
#define SNN_COMPILER_INTERPRETER_INTERPRETER_H

#include "dialects/Spiking/IR/Ops.h"

#include <string>
#include <vector>

namespace snn::interpreter {

struct Spike {
  uint64_t step; ///< The spike is at t = step * h.
  std::string population;
  uint32_t neuron;
};

struct Sample {
  uint64_t step;
  std::string population, variable;
  std::vector<double> values; ///< of the slice recorded
};

struct State {
  std::string population, variable;
  std::vector<double> values;
};

/// A state of the synapses of a plastic projection, by source, target and place
/// in the order of enumeration. Where it has a closed form between events, as
/// it was after the synapse's last event.
struct SynapseState {
  std::string projection, variable;
  std::vector<uint32_t> sources, targets;
  std::vector<double> values;
};

struct Result {
  std::vector<Spike> spikes; ///< All of them, in order.
  std::vector<Sample> samples;
  std::vector<State> states;          ///< After the last step.
  std::vector<SynapseState> synapses; ///< After the last step.
  uint64_t spikeHash = 0;
};

/// Runs the experiment; after an error has been reported, failure.
mlir::FailureOr<Result> interpret(spiking::ExperimentOp experiment);

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_INTERPRETER_H
