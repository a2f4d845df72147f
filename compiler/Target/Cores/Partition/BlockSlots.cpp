//===- BlockSlots.cpp - Slots that copies of neurons take -------*- C++ -*-===//
//
// A vertex that moves takes its slots along, and where it is the first target
// of a net in a block, or the last, the source needs another number of them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Blocks.h"

#include <algorithm>

using namespace snn::target::cores;

void Blocks::computeSlots() {
  numAxons.assign(block_.size(), 0);
  slots.assign(numBlocks_, 0);
  for (Net net = 0; net < network_.numNets(); ++net) {
    Vertex source = network_.source(net);
    if (source == OffChip)
      continue;
    bool isAlone =
        !network_.isSelfTarget(net) && cell(net, block_[source]).count == 1;
    numAxons[source] += connectivity[net] - isAlone;
  }
  for (Vertex v = 0; v < block_.size(); ++v)
    slots[block_[v]] += limits->slots->slots(numAxons[v]);
}

bool Blocks::fitsIntoSlots(Vertex v, Block to) const {
  const SlotLimit &limit = *limits->slots;
  std::span<const Net> nets = network_.nets(v);
  uint64_t own = limit.slots(numAxons[v]);
  if (*std::ranges::max_element(slots) + nets.size() + own <= limit.capacity)
    return true;
  Block from = block_[v];
  std::vector<std::pair<Vertex, int64_t>> sources{{v, 0}};
  for (Net net : nets)
    if (network_.source(net) != OffChip && isTarget(net, v))
      if (int32_t more = moreTargetBlocks(net, from, to))
        sources.emplace_back(network_.source(net), more);
  std::ranges::sort(sources);
  std::vector<std::pair<Block, int64_t>> changes;
  for (size_t i = 0; i < sources.size();) {
    Vertex source = sources[i].first;
    uint64_t after = numAxons[source];
    for (; i < sources.size() && sources[i].first == source; ++i)
      after += static_cast<uint64_t>(sources[i].second);
    auto before = static_cast<int64_t>(limit.slots(numAxons[source])),
         now = static_cast<int64_t>(limit.slots(after));
    if (source == v) {
      changes.emplace_back(from, -before);
      changes.emplace_back(to, now);
    } else if (now != before) {
      changes.emplace_back(block_[source], now - before);
    }
  }
  std::ranges::sort(changes);
  for (size_t i = 0; i < changes.size();) {
    Block b = changes[i].first;
    int64_t change = 0;
    for (; i < changes.size() && changes[i].first == b; ++i)
      change += changes[i].second;
    if (change > 0 && slots[b] + static_cast<uint64_t>(change) > limit.capacity)
      return false;
  }
  return true;
}

void Blocks::moveSlots(Vertex v, Block to) {
  const SlotLimit &limit = *limits->slots;
  Block from = block_[v];
  slots[from] -= limit.slots(numAxons[v]);
  slots[to] += limit.slots(numAxons[v]);
  for (Net net : network_.nets(v)) {
    Vertex source = network_.source(net);
    if (source == OffChip || !isTarget(net, v))
      continue;
    auto more = static_cast<uint64_t>(int64_t{moreTargetBlocks(net, from, to)});
    Block home = source == v ? to : block_[source];
    slots[home] -= limit.slots(numAxons[source]);
    numAxons[source] += more;
    slots[home] += limit.slots(numAxons[source]);
  }
}
