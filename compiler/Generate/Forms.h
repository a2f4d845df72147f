//===- Forms.h - Sums of spike counts, element by element -------*- C++ -*-===//
//
// Every whole number of an integer network is a constant plus a sum of weighted
// counts, each of one neuron. Whatever operators lead to it, the terms are its
// synapses.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_GENERATE_FORMS_H
#define SNN_COMPILER_GENERATE_FORMS_H

#include "dialects/Ann/IR/Ops.h"

#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace snn::generate {

/// A neuron's count, times a weight.
struct Piece {
  uint32_t population, neuron;
  int32_t weight;
};

struct Form {
  std::vector<Piece> pieces;
  int64_t constant = 0;
};
using Forms = std::vector<Form>;

/// The forms of an operator's result, from those of its operands. Empty if they
/// would have more pieces than `most`; then nothing else is to be asked.
class FormBuilder {
public:
  explicit FormBuilder(uint64_t most) : most(most) {}

  /// The elements are the counts of a population.
  void define(mlir::Value value, uint32_t population);
  /// False if there are too many pieces.
  bool combine(mlir::Operation &op);
  const Forms &of(mlir::Value value) const { return forms.at(value); }
  /// The same elements under another name.
  void rename(mlir::Value from, mlir::Value to) { forms[to] = forms.at(from); }
  /// Nothing will ask for them again.
  void drop(mlir::Value value) { forms.erase(value); }

private:
  llvm::DenseMap<mlir::Value, Forms> forms;
  uint64_t most, pieces = 0;
};

/// One piece for each neuron, in order, and none without weight.
void normalize(Form &form);

} // namespace snn::generate

#endif // SNN_COMPILER_GENERATE_FORMS_H
