//===- Dependences.h - Which equations read which states --------*- C++ -*-===//
//
// The graph of a system of equations: i depends on j if the derivative of
// state i reads state j, directly or through others. Coupled states are the
// strongly connected components.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_DEPENDENCES_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_DEPENDENCES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"

namespace snn::spiking {

class Dependences {
public:
  /// `reads[i]` are the states that equation i reads.
  explicit Dependences(llvm::ArrayRef<llvm::BitVector> reads);

  /// Every state depends on itself.
  bool dependsOn(unsigned state, unsigned on) const {
    return closure[state].test(on);
  }
  const llvm::BitVector &allOf(unsigned state) const { return closure[state]; }

  /// i and j depend on each other.
  bool coupled(unsigned i, unsigned j) const {
    return dependsOn(i, j) && dependsOn(j, i);
  }

  /// The coupled blocks of the states in `among`, each after those that it
  /// depends on; within a block, in the order of declaration.
  llvm::SmallVector<llvm::SmallVector<unsigned>>
  coupledBlocks(const llvm::BitVector &among) const;

private:
  llvm::SmallVector<llvm::BitVector> closure;
};

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_DEPENDENCES_H
