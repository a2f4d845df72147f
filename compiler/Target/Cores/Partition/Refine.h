//===- Refine.h - Moves that save messages ----------------------*- C++ -*-===//
//
// Localized search after Fiduccia and Mattheyses (1982; Sanders & Schulz 2011):
// from a few vertices on, the best move is made again and again, also for the
// worse, and what did not pay is taken back. A move into a full block pushes
// another vertex out of it, so swaps and longer chains are moves like others;
// full cores are the rule, as cores are costly.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_REFINE_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_REFINE_H

#include "compiler/Target/Cores/Partition/Blocks.h"
#include "compiler/Target/Cores/Partition/Random.h"

namespace snn::target::cores {

struct RefineOptions {
  uint32_t mostRounds = 10;
  /// A round that saves less than a part in so many is the last.
  uint32_t leastGain = 1000;
  /// How many vertices a search starts from, and after how many moves without
  /// success it ends.
  uint32_t numSeeds = 16, patience = 16;
  /// Ends when so many gains and pins were looked at.
  uint64_t work = UINT64_MAX;
};

class Refiner {
public:
  /// Keeps gains; every block must be within its limits, or relieve() first.
  explicit Refiner(Blocks &blocks);

  /// Moves vertices out of overfull blocks; false if that is not possible.
  bool relieve();

  /// Never makes the objective worse. Returns the work.
  uint64_t run(Random &random, const RefineOptions &options);

private:
  struct Choice {
    int32_t key; // the gain, and what pushing another vertex out may cost
    Block to;    // AnyBlock: none
  };
  struct Entry {
    int32_t key;
    Vertex vertex;
    bool operator<(const Entry &other) const {
      return key != other.key ? key < other.key : vertex < other.vertex;
    }
  };
  struct Move {
    Vertex vertex;
    Block from;
  };
  struct Report {
    Vertex vertex;
    Block to;
  };

  Choice choose(Vertex v, bool mayPush) const;
  void push(Vertex v, int32_t key);
  void apply(Vertex v, Block to);
  bool relieve(Block b, unsigned depth);
  void search(std::span<const Vertex> seeds, uint32_t patience);

  Blocks &blocks;
  std::vector<int32_t> pushCost; // of a block, estimated: a gain, mostly < 0
  std::vector<Entry> heap;
  std::vector<int32_t> keyOf; // of a vertex in the heap
  // The number of the search that queued or moved a vertex last.
  std::vector<uint32_t> queuedIn, movedIn;
  uint32_t searchNumber = 0;
  std::vector<Move> moves;
  std::vector<Report> reported; // by the last move
  uint64_t work = 0;
};

/// The same aim for networks whose gains cannot be kept up to date: gains of
/// all moves are computed once a round, moves and swaps are tried best first,
/// and made if the gain, counted then, is positive. Returns the work.
uint64_t refineByRounds(Blocks &blocks, uint64_t work);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_REFINE_H
