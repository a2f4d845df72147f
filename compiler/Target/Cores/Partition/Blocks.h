//===- Blocks.h - An assignment that is being improved ----------*- C++ -*-===//
//
// Vertices in blocks, with all that changes when one moves: pins of each net in
// each block, the use of each block, the objective, and the gains of all moves.
// A block becomes a core, or several while the network is being halved.
//
// The gain of moving v from s to t is benefit(v) + affinity(v, t) - weight(v):
// nets of which v is the only pin in s, plus nets that t has already, less all
// nets of v (Gottesbueren et al. 2021, Mt-KaHyPar).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_BLOCKS_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_BLOCKS_H

#include "compiler/Target/Cores/Partition/Hypergraph.h"
#include "compiler/Target/Cores/Partition/Limits.h"

namespace snn::target::cores {

using Block = uint32_t;

/// Whether the gains of all moves are kept up to date, or counted when asked:
/// that makes moves cheap and questions dear, as large networks need it.
enum class Gains { Kept, Counted };

class Blocks {
public:
  /// `capacities` has those of block 0, then of block 1, ... `limits`, if any,
  /// gives what is not additive.
  Blocks(const Hypergraph &network, std::vector<uint64_t> capacities,
         const Limits *limits = nullptr, Gains gains = Gains::Kept);

  void assign(std::span<const Block> assignment);

  const Hypergraph &network() const { return network_; }
  uint32_t numBlocks() const { return numBlocks_; }
  Block block(Vertex v) const { return block_[v]; }
  const std::vector<Block> &assignment() const { return block_; }
  std::span<const Vertex> members(Block b) const { return members_[b]; }

  /// The sum over nets of weight * (blocks with a pin - 1).
  int64_t objective() const { return objective_; }
  uint32_t numBlocksOf(Net net) const { return connectivity[net]; }

  int32_t gain(Vertex v, Block to) const {
    return keepsGains ? lastGain(v, to) : countGain(v, to);
  }
  /// As of the last assign() or computeGains(), unless gains are kept.
  int32_t lastGain(Vertex v, Block to) const {
    return benefit[v] + affinity[v * uint64_t{numBlocks_} + to] - weight[v];
  }
  void computeGains();
  /// How long computeGains() takes, in additions.
  uint64_t countWorkOfGains() const;

  bool isBoundary(Vertex v) const;

  /// Whether the use of `to`, and all other uses that the move changes, stay
  /// within their limits.
  bool fits(Vertex v, Block to) const {
    return fitsAdditive(v, to) && fitsAxons(v, to);
  }
  bool fitsAdditive(Vertex v, Block to) const {
    const uint64_t *need = network_.need(v).data();
    for (uint32_t r = 0; r < numResources; ++r)
      if (use[to * numResources + r] + need[r] >
          capacity[to * numResources + r])
        return false;
    return true;
  }
  bool fitsAxons(Vertex v, Block to) const {
    return !limits || fitsIntoAxons(v, to);
  }
  /// Whether an empty block would do, as far as additive resources go.
  bool holdsAlone(Vertex v, Block b) const {
    for (uint32_t r = 0; r < numResources; ++r)
      if (network_.need(v)[r] > capacity[b * numResources + r])
        return false;
    return true;
  }
  /// Of additive resources.
  bool isOverfull(Block b) const;
  /// Whether `b` would hold what it may without `v`.
  bool isRelievedBy(Vertex v, Block b) const;

  /// Calls visit(u, b) for each u that may now rather go to b, and visit(u,
  /// AnyBlock) for each that may rather leave its own; only if gains are kept.
  template <class Visit>
  void move(Vertex v, Block to, Visit visit);
  void move(Vertex v, Block to) {
    move(v, to, [](Vertex, Block) {});
  }
  static constexpr Block AnyBlock = UINT32_MAX;

  /// The use of axons, as countUse.
  uint64_t axonUse(uint32_t limit, Block b) const {
    return axons[limit * uint64_t{numBlocks_} + b];
  }
  uint64_t outAxonUse(Block b) const { return outAxons[b]; }
  uint64_t slotUse(Block b) const { return slots[b]; }

private:
  /// Pins of a net in a block: how many, and their exclusive or, which names
  /// the last one that is left.
  struct Cell {
    uint32_t count = 0;
    Vertex mixed = 0;
  };

  bool isInMost(Net net) const { return connectivity[net] > numBlocks_ / 2; }
  int32_t countGain(Vertex v, Block to) const;
  int32_t &affinityAt(Vertex v, Block b) {
    return affinity[v * uint64_t{numBlocks_} + b];
  }
  Cell &cell(Net net, Block b) { return cells[net * uint64_t{numBlocks_} + b]; }
  const Cell &cell(Net net, Block b) const {
    return cells[net * uint64_t{numBlocks_} + b];
  }
  /// Targets of a net in a block; the source counts if it is one.
  uint32_t numTargets(Net net, Block b) const {
    Vertex source = network_.source(net);
    return cell(net, b).count - (source != OffChip && block_[source] == b &&
                                 !network_.isSelfTarget(net));
  }
  bool isTarget(Net net, Vertex v) const {
    return network_.source(net) != v || network_.isSelfTarget(net);
  }
  /// How many blocks more have targets of a net when one moves.
  int32_t moreTargetBlocks(Net net, Block from, Block to) const {
    return int32_t{numTargets(net, to) == 0} -
           int32_t{numTargets(net, from) == 1};
  }
  bool fitsIntoAxons(Vertex v, Block to) const;
  bool fitsIntoSlots(Vertex v, Block to) const;
  void computeAxons();
  void moveAxons(Vertex v, Block to);
  void computeSlots();
  void moveSlots(Vertex v, Block to);

  const Hypergraph &network_;
  const Limits *limits;
  bool keepsGains;
  uint32_t numBlocks_, numResources;
  int64_t objective_ = 0;
  std::vector<uint64_t> capacity, use;
  std::vector<Block> block_;
  std::vector<std::vector<Vertex>> members_;
  std::vector<uint32_t> place; // of a vertex in members_
  std::vector<Cell> cells;
  std::vector<uint32_t> connectivity;
  std::vector<int32_t> weight, benefit, affinity;
  // Of a limit, the cost of 0, 1, ... targets; the use of each block.
  std::vector<std::vector<uint64_t>> costs;
  std::vector<uint64_t>
      mostPerTarget; // of a limit: largest cost(n+1) - cost(n)
  std::vector<uint64_t> axons, outAxons;
  // Where copies take slots: blocks with targets of each vertex, for all its
  // nets, and the slots of each block.
  std::vector<uint64_t> numAxons, slots;
};

template <class Visit>
void Blocks::move(Vertex v, Block to, Visit visit) {
  Block from = block_[v];
  if (limits)
    moveAxons(v, to);
  std::vector<Vertex> &left = members_[from], &joined = members_[to];
  left[place[v]] = left.back();
  place[left.back()] = place[v];
  left.pop_back();
  place[v] = static_cast<uint32_t>(joined.size());
  joined.push_back(v);
  for (uint32_t r = 0; r < numResources; ++r) {
    use[from * numResources + r] -= network_.need(v)[r];
    use[to * numResources + r] += network_.need(v)[r];
  }
  block_[v] = to;

  int32_t alone = 0;
  for (Net net : network_.nets(v)) {
    Cell &old = cell(net, from), &now = cell(net, to);
    int32_t w = network_.weight(net);
    --old.count;
    old.mixed ^= v;
    ++now.count;
    now.mixed ^= v;
    if (old.count == 0) {
      objective_ -= w;
      --connectivity[net];
      if (keepsGains)
        for (Vertex pin : network_.pins(net))
          affinityAt(pin, from) -= w;
    } else if (old.count == 1 && keepsGains) {
      benefit[old.mixed] += w;
      visit(old.mixed, AnyBlock);
    }
    if (now.count == 1) {
      objective_ += w;
      ++connectivity[net];
      alone += w;
      if (keepsGains)
        for (Vertex pin : network_.pins(net)) {
          affinityAt(pin, to) += w;
          visit(pin, to);
        }
    } else if (now.count == 2 && keepsGains) {
      benefit[now.mixed ^ v] -= w;
    }
  }
  if (keepsGains)
    benefit[v] = alone;
}

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_BLOCKS_H
