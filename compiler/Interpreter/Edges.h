//===- Edges.h - The synapses of a projection -------------------*- C++ -*-===//
//
// As the engine enumerates them, for a network is defined by that.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_EDGES_H
#define SNN_COMPILER_INTERPRETER_EDGES_H

#include "compiler/Interpreter/Cell.h"

namespace snn::interpreter {

struct Edge {
  uint32_t source, target;
  double weight;
  uint32_t delay; // in steps: of the axon and the dendrite
  size_t place;   // in the rule's own order
};

/// What the weights are: multiples of the grid, where there is one, else real
/// numbers.
struct WeightFormat {
  std::optional<double> grid;
  bool single;
};

mlir::FailureOr<std::vector<Edge>>
enumerateEdges(spiking::ProjectionOp op, const snn_slice &source,
               const snn_slice &target, WeightFormat format, const Run &run,
               Functions &functions);

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_EDGES_H
