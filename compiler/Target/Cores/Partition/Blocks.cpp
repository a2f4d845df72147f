//===- Blocks.cpp - An assignment that is being improved --------*- C++ -*-===//
//
// The tables of an assignment from scratch, and the limits of axons.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Blocks.h"

#include <algorithm>

using namespace snn::target::cores;

Blocks::Blocks(const Hypergraph &network, std::vector<uint64_t> capacities,
               const Limits *limits, Gains gains)
    : network_(network), limits(limits), keepsGains(gains == Gains::Kept),
      numResources(network.numResources()), capacity(std::move(capacities)) {
  numBlocks_ = static_cast<uint32_t>(capacity.size() / numResources);
  if (limits && limits->axons.empty() && !limits->outAxons && !limits->slots)
    this->limits = nullptr;
  if (!this->limits)
    return;

  uint64_t most = 0;
  for (Net net = 0; net < network.numNets(); ++net)
    most = std::max(most, network.numTargets(net));
  for (const AxonLimit &limit : limits->axons) {
    std::vector<uint64_t> cost{0};
    uint64_t step = 0;
    for (uint32_t n = 1; n <= most; ++n) {
      cost.push_back(limit.cost(n));
      step = std::max(step, cost[n] - cost[n - 1]);
    }
    costs.push_back(std::move(cost));
    mostPerTarget.push_back(step);
  }
}

void Blocks::assign(std::span<const Block> assignment) {
  block_.assign(assignment.begin(), assignment.end());
  use.assign(uint64_t{numBlocks_} * numResources, 0);
  members_.assign(numBlocks_, {});
  place.resize(block_.size());
  for (Vertex v = 0; v < block_.size(); ++v) {
    std::vector<Vertex> &others = members_[block_[v]];
    place[v] = static_cast<uint32_t>(others.size());
    others.push_back(v);
    for (uint32_t r = 0; r < numResources; ++r)
      use[block_[v] * numResources + r] += network_.need(v)[r];
  }

  cells.assign(network_.numNets() * uint64_t{numBlocks_}, {});
  connectivity.assign(network_.numNets(), 0);
  objective_ = 0;
  for (Net net = 0; net < network_.numNets(); ++net) {
    for (Vertex pin : network_.pins(net)) {
      Cell &one = cell(net, block_[pin]);
      connectivity[net] += one.count == 0;
      ++one.count;
      one.mixed ^= pin;
    }
    if (connectivity[net])
      objective_ += int64_t{network_.weight(net)} * (connectivity[net] - 1);
  }
  weight.assign(block_.size(), 0);
  for (Net net = 0; net < network_.numNets(); ++net)
    for (Vertex pin : network_.pins(net))
      weight[pin] += network_.weight(net);
  if (keepsGains)
    computeGains();
  if (limits)
    computeAxons();
}

void Blocks::computeGains() {
  affinity.assign(block_.size() * uint64_t{numBlocks_}, 0);
  benefit.assign(block_.size(), 0);
  // Of each net the blocks that it reaches, or, if those are more than half,
  // the others. Then a vertex has all its gains at hand at once.
  std::vector<uint64_t> begin{0};
  std::vector<Block> listed;
  for (Net net = 0; net < network_.numNets(); ++net) {
    for (Block b = 0; b < numBlocks_; ++b) {
      const Cell &one = cell(net, b);
      if (one.count == 1)
        benefit[one.mixed] += network_.weight(net);
      if ((one.count == 0) == isInMost(net))
        listed.push_back(b);
    }
    begin.push_back(listed.size());
  }
  for (Vertex v = 0; v < block_.size(); ++v) {
    int32_t *ofVertex = &affinityAt(v, 0), everywhere = 0;
    for (Net net : network_.nets(v)) {
      int32_t w = network_.weight(net), change = isInMost(net) ? -w : w;
      everywhere += isInMost(net) ? w : 0;
      for (uint64_t i = begin[net]; i < begin[net + uint64_t{1}]; ++i)
        ofVertex[listed[i]] += change;
    }
    if (everywhere)
      for (Block b = 0; b < numBlocks_; ++b)
        ofVertex[b] += everywhere;
  }
}

uint64_t Blocks::countWorkOfGains() const {
  uint64_t work = 0;
  for (Net net = 0; net < network_.numNets(); ++net) {
    uint32_t listed =
        std::min(connectivity[net], numBlocks_ - connectivity[net]);
    work += numBlocks_ + network_.pins(net).size() * (listed + uint64_t{1});
  }
  return work;
}

int32_t Blocks::countGain(Vertex v, Block to) const {
  Block from = block_[v];
  int32_t gain = 0;
  for (Net net : network_.nets(v)) {
    int32_t w = network_.weight(net);
    gain += cell(net, from).count == 1 ? w : 0;
    gain -= cell(net, to).count == 0 ? w : 0;
  }
  return gain;
}

bool Blocks::isBoundary(Vertex v) const {
  return std::ranges::any_of(network_.nets(v),
                             [&](Net net) { return connectivity[net] > 1; });
}

bool Blocks::isOverfull(Block b) const {
  for (uint32_t r = 0; r < numResources; ++r)
    if (use[b * numResources + r] > capacity[b * numResources + r])
      return true;
  return false;
}

bool Blocks::isRelievedBy(Vertex v, Block b) const {
  for (uint32_t r = 0; r < numResources; ++r)
    if (use[b * numResources + r] >
        capacity[b * numResources + r] + network_.need(v)[r])
      return false;
  return true;
}

void Blocks::computeAxons() {
  axons.assign(costs.size() * numBlocks_, 0);
  outAxons.assign(numBlocks_, 0);
  for (Net net = 0; net < network_.numNets(); ++net) {
    for (Block b = 0; b < numBlocks_; ++b)
      if (cell(net, b).count)
        for (uint32_t i = 0; i < costs.size(); ++i)
          axons[i * numBlocks_ + b] += costs[i][numTargets(net, b)];
    if (network_.source(net) != OffChip)
      outAxons[block_[network_.source(net)]] += connectivity[net] - 1;
  }
  if (limits->slots)
    computeSlots();
}

bool Blocks::fitsIntoAxons(Vertex v, Block to) const {
  Block from = block_[v];
  std::span<const Net> nets = network_.nets(v);
  for (uint32_t i = 0; i < costs.size(); ++i) {
    uint64_t most = limits->axons[i].capacity;
    uint64_t after = axons[i * uint64_t{numBlocks_} + to];
    if (after + nets.size() * mostPerTarget[i] <= most)
      continue;
    for (Net net : nets)
      if (isTarget(net, v)) {
        uint32_t n = numTargets(net, to);
        after += costs[i][n + 1] - costs[i][n];
      }
    if (after > most)
      return false;
  }
  if (limits->slots && !fitsIntoSlots(v, to))
    return false;
  if (!limits->outAxons)
    return true;

  // Out-axons of the sources of v's nets, wherever they are. Each gets one more
  // at most, and v's own go along.
  auto isAbove = [&](uint64_t use) { return use > *limits->outAxons; };
  uint64_t own = 0;
  for (Net net : nets)
    if (network_.source(net) == v)
      own += connectivity[net];
  if (!isAbove(*std::ranges::max_element(outAxons) + nets.size() + own))
    return true;
  std::vector<std::pair<Block, int64_t>> changes;
  for (Net net : nets) {
    Vertex source = network_.source(net);
    if (source == OffChip)
      continue;
    int64_t change =
        int64_t{cell(net, to).count == 0} - int64_t{cell(net, from).count == 1};
    if (source == v) {
      // All of them go along.
      changes.emplace_back(from, 1 - int64_t{connectivity[net]});
      changes.emplace_back(to, int64_t{connectivity[net]} - 1 + change);
    } else if (change) {
      changes.emplace_back(block_[source], change);
    }
  }
  std::sort(changes.begin(), changes.end());
  for (size_t i = 0; i < changes.size();) {
    Block b = changes[i].first;
    int64_t change = 0;
    for (; i < changes.size() && changes[i].first == b; ++i)
      change += changes[i].second;
    if (change > 0 && isAbove(outAxons[b] + static_cast<uint64_t>(change)))
      return false;
  }
  return true;
}

void Blocks::moveAxons(Vertex v, Block to) {
  Block from = block_[v];
  if (limits->slots)
    moveSlots(v, to);
  for (Net net : network_.nets(v)) {
    Vertex source = network_.source(net);
    uint32_t before = numTargets(net, from), after = numTargets(net, to);
    if (isTarget(net, v))
      for (uint32_t i = 0; i < costs.size(); ++i) {
        uint64_t *ofLimit = &axons[i * uint64_t{numBlocks_}];
        ofLimit[from] -= costs[i][before] - costs[i][before - 1];
        ofLimit[to] += costs[i][after + 1] - costs[i][after];
      }
    if (source == OffChip)
      continue;
    uint64_t change = uint64_t{cell(net, to).count == 0} -
                      uint64_t{cell(net, from).count == 1};
    if (source == v) {
      outAxons[from] -= connectivity[net] - 1;
      outAxons[to] += connectivity[net] - 1 + change;
    } else {
      outAxons[block_[source]] += change;
    }
  }
}
