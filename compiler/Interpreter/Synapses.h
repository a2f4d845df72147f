//===- Synapses.h - A projection whose synapses change ----------*- C++ -*-===//
//
// Every synapse with its states, and the events that are on their way to it:
// spikes of its source along the axon, and what it has sent along the dendrite.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_SYNAPSES_H
#define SNN_COMPILER_INTERPRETER_SYNAPSES_H

#include "compiler/Interpreter/Edges.h"
#include "compiler/Interpreter/Followers.h"
#include "compiler/Interpreter/Interpreter.h"
#include "compiler/Interpreter/Rule.h"

namespace snn::interpreter {

/// What a synapse lets arrive at the port of a target: units of the grid, where
/// there is one.
struct Sent {
  uint32_t target;
  double value;
};

/// In the order of source, step of emission and place.
using Sending = std::multimap<std::tuple<uint32_t, uint64_t, size_t>, Sent>;

class Synapses {
public:
  /// `pre` and `post` follow the source and the target; null if none do.
  Synapses(spiking::PlasticOp op, const Surroundings &cells, unsigned port,
           Followers *pre, Followers *post, const Run &run,
           Functions &functions);

  bool isSingle() const { return rule.isSingle(); }
  /// Takes the synapses of the projection.
  mlir::LogicalResult build(spiking::ProjectionOp projection,
                            const std::vector<Edge> &edges,
                            const snn_slice &sources, const snn_slice &targets);

  /// Modulators are seen as they are now.
  void beginStep();
  /// The equations of states of synapses.
  void integrate();
  /// A spike of the source or the target; `found`: the states that the source's
  /// followers had.
  void emit(uint32_t source, uint64_t stamp, const Frame &found);
  void back(uint32_t target, uint64_t stamp);
  /// What spikes do that have passed the axon.
  mlir::LogicalResult arrive(uint64_t stamp);
  /// The other events of a step, after all spikes.
  mlir::LogicalResult endStep(uint64_t stamp);
  /// What arrives at the port.
  Sending takeDue(uint64_t stamp);

  /// Adds the states after the last event.
  void report(Result &result);

  /// What follows the source; null if nothing does.
  Followers *getPre() const { return pre; }

private:
  struct Synapse {
    uint32_t source, target;
    size_t place;
    uint32_t axonal, dendritic;
    Frame frame;
    uint64_t last = 0; // step of the last event
  };
  struct Visit {
    size_t synapse;
    uint64_t emitted;
    Frame found;
  };

  /// A spike of a source.
  struct Spiked {
    uint32_t source;
    uint64_t emitted;
    Frame found;
  };

  void sumIncoming();
  void sumOutgoing();
  void rewire(uint64_t stamp);
  void load(Synapse &synapse, const Frame *pre, const Frame *post) const;
  mlir::FailureOr<double> handle(const Rule::Handler *handler, Synapse &synapse,
                                 uint64_t stamp);
  mlir::FailureOr<double> toUnits(double value);

  spiking::PlasticOp op;
  Surroundings cells;
  const Cell::Port &port;
  Followers *pre, *post;
  Run run;
  Rule rule;
  uint64_t backprop = 0;
  snn_slice sources = {}, targets = {};
  bool autapses = true, multapses = true;
  std::vector<Synapse> synapses; // by source, then target, then place
  std::vector<Frame> modulators;
  std::map<uint64_t, std::vector<Visit>> arriving;
  /// Where synapses move, which spikes have passed the axon, whosever they are
  /// by then.
  std::map<uint64_t, std::vector<Spiked>> passing;
  std::map<uint64_t, std::vector<uint32_t>> returning;
  std::map<uint64_t, Sending> sent;
};

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_SYNAPSES_H
