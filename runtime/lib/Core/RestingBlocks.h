//===- RestingBlocks.h - Neurons whose state stands still -------*- C++ -*-===//
//
// A step of neurons is a function of their states and of what arrived. Where
// nothing arrived, and a step changed no bit of any state and gave no spike,
// the next one does nothing either. Such a block rests until something arrives,
// and every result is as if it had been updated.
//
// Whether a block stands still is tried, which costs about an update: again and
// again at longer intervals where it does not, so that a busy network pays next
// to nothing.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_RESTINGBLOCKS_H
#define SNN_RUNTIME_CORE_RESTINGBLOCKS_H

#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Threads/Partition.h"
#include "snn/abi.h"

namespace snn::runtime {

/// The neurons of one thread and population.
class RestingBlocks {
public:
  /// Neurons of a block: a multiple of SNN_LANES.
  static constexpr uint64_t Size = 512;

  /// For a population whose update reads nothing but its own fields and
  /// constants, none of which anybody else changes between two steps.
  [[nodiscard]] bool create(const snn_population &population, Range owned);
  /// Whether blocks may rest at all.
  bool exist() const { return !blocks.empty(); }

  /// After a change of states, parameters or inputs from outside.
  void wakeAll();
  bool allRest() const { return numResting == blocks.size(); }
  /// A step in which all rest and nothing arrived.
  void passStep() { passed += neurons.size(); }

  /// Takes the next neurons that are to be updated from `left`, at most `most`,
  /// and passes over those before them that rest. Empty if none are left. Only
  /// at those `reached` can anything have arrived.
  Range next(Range &left, uint64_t most, void *const *fields, Range reached);
  /// After the update of what next() gave, and what fired in it.
  void finish(void *const *fields, const uint16_t *spikes);

  /// Updates that were passed over.
  uint64_t numPassed() const { return passed; }
  void clear();

private:
  struct Block {
    uint8_t rests;
    uint8_t interval; // steps from one trial to the next
    uint8_t left;     // of them
  };
  static constexpr uint8_t LongestInterval = 64;

  Range rangeOf(uint64_t block) const;
  bool hasArrivals(Range range, void *const *fields) const;
  void wake(Block &block);
  /// Whether a block that does not rest is to be tried in this step.
  static bool isDue(const Block &block) { return block.left <= 1; }
  static void postpone(Block &block);
  template <typename Visit>
  void visitStates(Range range, void *const *fields, Visit visit) const;

  const snn_population *population = nullptr;
  Range neurons = {0, 0};
  Buffer<Block> blocks;
  uint64_t numResting = 0;
  uint64_t tried = UINT64_MAX; // block under trial
  Buffer<char> kept;           // its states before the update
  uint64_t passed = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_RESTINGBLOCKS_H
