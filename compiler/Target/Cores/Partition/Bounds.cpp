//===- Bounds.cpp - What no partition can beat ------------------*- C++ -*-===//
//
// Bounds by counting and by packing bins.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Bounds.h"

#include "runtime/lib/Random/Hash.h"

#include <algorithm>
#include <numeric>

using namespace snn::target::cores;

static uint64_t divideUp(uint64_t a, uint64_t b) { return (a + b - 1) / b; }

/// Bound L2 of Martello and Toth (1990) for items in descending order, each at
/// most `capacity`: for a threshold q <= capacity/2, items above capacity - q
/// are alone, those above capacity/2 are in a bin each, and the items in q ..
/// capacity/2 must share what room these leave, or further bins.
static uint64_t packingBound(const std::vector<uint64_t> &items,
                             uint64_t capacity) {
  std::vector<uint64_t> sums(items.size() + 1, 0);
  std::partial_sum(items.begin(), items.end(), sums.begin() + 1);
  // The first of the items below or at a size.
  auto from = [&](uint64_t size) {
    return static_cast<uint64_t>(
        std::lower_bound(items.begin(), items.end(), size,
                         [](uint64_t item, uint64_t s) { return item > s; }) -
        items.begin());
  };
  uint64_t best = divideUp(sums.back(), capacity);
  uint64_t large = from(capacity / 2);
  for (uint64_t i = large; i < items.size(); ++i) {
    uint64_t q = items[i];
    if (q == 0)
      break;
    if (i + 1 < items.size() && items[i + 1] == q)
      continue; // the last of equal items counts them all
    uint64_t alone = from(capacity - q);
    alone = std::min(alone, large);
    uint64_t room = (large - alone) * capacity - (sums[large] - sums[alone]);
    uint64_t small = sums[i + 1] - sums[large];
    best = std::max(
        best, large + (small > room ? divideUp(small - room, capacity) : 0));
  }
  return best;
}

/// A source with T targets takes at least cost(1), and at least T times the
/// least cost of one of n <= T targets that share a core.
static uint32_t axonBound(const Hypergraph &network, const AxonLimit &limit) {
  if (limit.capacity == 0)
    return 0;
  // The n of the least cost(n)/n up to each number of targets.
  std::vector<std::pair<uint64_t, uint64_t>> cheapest{{0, 1}};
  uint64_t least = 0;
  for (Net net = 0; net < network.numNets(); ++net) {
    uint64_t numTargets = network.numTargets(net);
    while (cheapest.size() <= numTargets) {
      uint64_t n = cheapest.size();
      uint64_t cost = limit.cost(static_cast<uint32_t>(n));
      auto [before, m] = cheapest.back();
      cheapest.push_back(n == 1 || cost * m < before * n ? std::pair{cost, n}
                                                         : cheapest.back());
    }
    if (numTargets == 0)
      continue;
    auto [cost, n] = cheapest[numTargets];
    least += std::max(limit.cost(1), divideUp(numTargets * cost, n));
  }
  return static_cast<uint32_t>(divideUp(least, limit.capacity));
}

CoreBounds snn::target::cores::coreBounds(const Hypergraph &network,
                                          const Limits &limits) {
  CoreBounds bounds;
  std::vector<uint64_t> items(network.numVertices());
  for (uint32_t r = 0; r < network.numResources(); ++r) {
    for (Vertex v = 0; v < network.numVertices(); ++v)
      items[v] = network.need(v)[r];
    std::sort(items.rbegin(), items.rend());
    bool isNeeded = !items.empty() && items[0] > 0;
    bounds.byResource.push_back(
        isNeeded && limits.capacities[r]
            ? static_cast<uint32_t>(packingBound(items, limits.capacities[r]))
            : 0);
  }
  for (const AxonLimit &limit : limits.axons)
    bounds.byAxons.push_back(axonBound(network, limit));
  bounds.cores = network.numVertices() > 0;
  for (uint32_t bound : bounds.byResource)
    bounds.cores = std::max(bounds.cores, bound);
  for (uint32_t bound : bounds.byAxons)
    bounds.cores = std::max(bounds.cores, bound);
  return bounds;
}

namespace {
/// Sources of equal targets.
struct Group {
  uint64_t hash;
  Net net;
};
} // namespace

/// The targets of a net, which pins() lists together with the source.
static void listTargets(const Hypergraph &network, Net net,
                        std::vector<Vertex> &targets) {
  targets.clear();
  for (Vertex pin : network.pins(net))
    if (pin != network.source(net) || network.isSelfTarget(net))
      targets.push_back(pin);
}

/// The bound for nets of equal targets, either all or none of them off the
/// chip.
static double groupBound(const Hypergraph &network, const Limits &limits,
                         std::span<const Group> group,
                         const std::vector<Vertex> &targets) {
  uint64_t visits = 1;
  std::vector<uint64_t> needs(network.numResources(), 0);
  for (Vertex target : targets)
    for (uint32_t r = 0; r < network.numResources(); ++r)
      needs[r] += network.need(target)[r];
  for (uint32_t r = 0; r < network.numResources(); ++r)
    if (limits.capacities[r])
      visits = std::max(visits, divideUp(needs[r], limits.capacities[r]));

  // Sources among the targets are at one of their cores anyway.
  double bound = 0;
  std::vector<double> guests;
  std::vector<Vertex> guestVertices;
  for (const Group &member : group) {
    Net net = member.net;
    bool isHosted = network.isSelfTarget(net);
    bound += network.rate(net) * static_cast<double>(visits - isHosted);
    if (!isHosted) {
      guests.push_back(network.rate(net));
      guestVertices.push_back(network.source(net));
    }
  }
  if (network.source(group[0].net) == OffChip)
    return bound;
  uint64_t room = guests.size();
  for (uint32_t r = 0; r < network.numResources(); ++r) {
    uint64_t least = UINT64_MAX;
    for (Vertex guest : guestVertices)
      least = std::min(least, network.need(guest)[r]);
    if (!guests.empty() && least > 0)
      room = std::min(room, (visits * limits.capacities[r] - needs[r]) / least);
  }
  // A source that lies there saves a visit of each of its nets.
  std::ranges::sort(guestVertices);
  uint64_t most = 1;
  for (size_t i = 0, first = 0; i < guestVertices.size(); ++i) {
    first = guestVertices[i] == guestVertices[first] ? first : i;
    most = std::max<uint64_t>(most, i - first + 1);
  }
  room = std::min<uint64_t>(room * most, guests.size());
  std::sort(guests.rbegin(), guests.rend());
  for (uint64_t i = 0; i < room; ++i)
    bound -= guests[i];
  return bound;
}

double snn::target::cores::messageBound(const Hypergraph &network,
                                        const Limits &limits,
                                        bool fromOutside) {
  std::vector<Group> groups;
  std::vector<Vertex> targets, others;
  double bound = 0;
  for (Net net = 0; net < network.numNets(); ++net) {
    listTargets(network, net, targets);
    if (targets.empty() || (!fromOutside && network.source(net) == OffChip))
      continue;
    uint64_t hash = network.source(net) == OffChip;
    for (Vertex target : targets)
      hash = runtime::mix64(hash, target);
    groups.push_back({hash, net});
  }
  std::sort(groups.begin(), groups.end(), [](const Group &a, const Group &b) {
    return a.hash != b.hash ? a.hash < b.hash : a.net < b.net;
  });
  for (uint64_t begin = 0, end; begin < groups.size(); begin = end) {
    listTargets(network, groups[begin].net, targets);
    bool isOffChip = network.source(groups[begin].net) == OffChip;
    end = begin + 1;
    while (end < groups.size() && groups[end].hash == groups[begin].hash) {
      listTargets(network, groups[end].net, others);
      // Different sets of equal hash are bounded one by one, which holds too.
      if (others != targets ||
          (network.source(groups[end].net) == OffChip) != isOffChip)
        break;
      ++end;
    }
    std::span<const Group> group(&groups[begin], end - begin);
    bound += groupBound(network, limits, group, targets);
  }
  return bound;
}
