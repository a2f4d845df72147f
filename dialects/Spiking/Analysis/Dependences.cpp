//===- Dependences.cpp - Which equations read which states ------*- C++ -*-===//
//
// By transitive closure: systems have few states, and the closure is what the
// solvers ask for (the structure of a matrix exponential is that of the
// closure).
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Dependences.h"

#include "llvm/ADT/STLExtras.h"

using llvm::BitVector;
using llvm::SmallVector;

namespace snn::spiking {

Dependences::Dependences(llvm::ArrayRef<BitVector> reads)
    : closure(reads.begin(), reads.end()) {
  for (unsigned i = 0; i < closure.size(); ++i)
    closure[i].set(i);
  for (unsigned through = 0; through < closure.size(); ++through)
    for (BitVector &row : closure)
      if (row.test(through))
        row |= closure[through];
}

SmallVector<SmallVector<unsigned>>
Dependences::coupledBlocks(const BitVector &among) const {
  SmallVector<SmallVector<unsigned>> blocks;
  for (unsigned state : among.set_bits()) {
    auto *block = llvm::find_if(
        blocks, [&](auto &other) { return coupled(state, other.front()); });
    if (block != blocks.end())
      block->push_back(state);
    else
      blocks.push_back({state});
  }
  // What a block depends on depends on strictly fewer states than the block.
  auto rank = [&](auto &block) {
    return std::pair(closure[block.front()].count(), block.front());
  };
  llvm::sort(blocks,
             [&](auto &left, auto &right) { return rank(left) < rank(right); });
  return blocks;
}

} // namespace snn::spiking
