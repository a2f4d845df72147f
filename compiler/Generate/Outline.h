//===- Outline.h - A spiking network without its synapses -------*- C++ -*-===//
//
// The populations that an integer network becomes, and how many synapses each
// neuron has onto a layer, without listing them: a convolution of a large image
// has more than any memory holds, but its kernels are small.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_GENERATE_OUTLINE_H
#define SNN_COMPILER_GENERATE_OUTLINE_H

#include "compiler/Generate/Plan.h"

#include "llvm/ADT/DenseMap.h"

#include <map>
#include <optional>

namespace snn::generate {

/// What arrives at a population.
struct Afferents {
  /// Of each neuron of each source, how many synapses it has onto the target.
  /// Weights that are 0 make none; two ways from a neuron to another are two.
  std::map<size_t, std::vector<uint64_t>> fan;
  uint64_t synapses = 0;
  /// Numbers that have to be kept for them: each kernel once.
  uint64_t weights = 0;
};

class Outline {
public:
  /// Of a network that `ann-certify` has passed.
  explicit Outline(ann::NetworkOp network);

  /// As a plan has them, without numbers of neurons.
  const std::vector<Population> &populations() const { return all; }
  Afferents afferents(size_t target) const;
  /// The populations in a code, unconnected; null if they do not have it.
  std::optional<Plan> inCode(Code code) const;

private:
  std::vector<Population> all;
  llvm::DenseMap<mlir::Value, size_t> byValue;
  /// The greatest count.
  uint64_t most;

  void append(Population::Kind kind, mlir::Operation &op, mlir::Value value,
              std::string name);
};

} // namespace snn::generate

#endif // SNN_COMPILER_GENERATE_OUTLINE_H
