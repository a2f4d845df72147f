//===- Seeds.cpp - Assignments to start from --------------------*- C++ -*-===//
//
// Out-axons and copies are known only when all cores are filled. So cores are
// filled again with what each vertex needed before, until that is enough.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Seeds.h"

#include "compiler/Target/Cores/Partition/SlotFilling.h"

#include <algorithm>
#include <numeric>
#include <optional>

using namespace snn::target::cores;

namespace {
constexpr Core Nowhere = UINT32_MAX;
constexpr Vertex Nobody = UINT32_MAX;

/// Who shares most with the core that is being filled.
class Attraction {
public:
  Attraction(const Hypergraph &network, const std::vector<Core> &core)
      : network(network), core(core), shared(network.numVertices(), 0),
        isNear(network.numVertices(), false),
        lastCore(network.numNets(), Nowhere) {}

  /// All vertices, by the weight of their nets: an empty core starts with whom
  /// most sources reach.
  std::vector<Vertex> starts() const;

  void open(Vertex start);
  /// The vertex has come to the core: its nets attract.
  void join(Vertex v);
  /// Whom the core attracts most, each once; at last who shares nothing with
  /// it, in their order.
  Vertex next();

private:
  struct Entry {
    int64_t shared;
    Vertex vertex;
    bool operator<(const Entry &other) const {
      return shared != other.shared ? shared < other.shared
                                    : vertex > other.vertex;
    }
  };
  static constexpr int64_t Done = -1;

  const Hypergraph &network;
  const std::vector<Core> &core;
  /// Weight of the nets that a vertex shares with the core, or Done.
  std::vector<int64_t> shared;
  std::vector<Entry> heap; // those that share anything, whenever that rose
  std::vector<Vertex> changed;
  std::vector<Vertex> near; // by the last that joined
  std::vector<bool> isNear;
  std::vector<Core> lastCore; // that a net attracts to
  Vertex firstLeft = 0, other = 0;
};

/// Who shares most with all cores so far: cores that are filled next to each
/// other leave no gaps in which too little lies for another.
class Frontier {
public:
  explicit Frontier(const Hypergraph &network)
      : network(network), shared(network.numVertices(), 0),
        isReached(network.numNets(), false) {}

  void join(Vertex v) {
    for (Net net : network.nets(v)) {
      if (!isReached[net])
        for (Vertex pin : network.pins(net))
          shared[pin] += network.weight(net);
      isReached[net] = true;
    }
  }
  /// Of those without a core the first that shares most, in this order.
  Vertex next(std::span<const Vertex> order,
              const std::vector<Core> &core) const {
    Vertex best = Nobody;
    for (Vertex v : order)
      if (core[v] == Nowhere && (best == Nobody || shared[v] > shared[best]))
        best = v;
    return best;
  }

private:
  const Hypergraph &network;
  std::vector<int64_t> shared;
  std::vector<bool> isReached;
};

class Filler {
public:
  Filler(const Hypergraph &network, const Limits &limits)
      : network(network), limits(limits), use(network.numResources()),
        axons(limits.axons.size()), numTargets(network.numNets()),
        least(network.numResources(), UINT64_MAX),
        outNeed(network.numVertices()), core(network.numVertices(), Nowhere) {
    if (limits.slots)
      slots.emplace(network, *limits.slots);
    for (Vertex v = 0; v < network.numVertices(); ++v)
      for (uint32_t r = 0; r < least.size(); ++r)
        least[r] = std::min<uint64_t>(least[r], network.need(v)[r]);
    uint64_t most = 0;
    for (Net net = 0; net < network.numNets(); ++net)
      most = std::max<uint64_t>(most, network.pins(net).size());
    for (const AxonLimit &limit : limits.axons) {
      std::vector<uint64_t> &steps = growth.emplace_back();
      for (uint32_t n = 0; n < most; ++n)
        steps.push_back(limit.cost(n + 1) - (n ? limit.cost(n) : 0));
    }
  }

  std::optional<Misfit> run(Filling filling);
  /// Learns from the assignment what out-axons and copies it needs; whether
  /// that is more than was allowed for.
  bool learn() {
    bool isMore = limits.outAxons && learnOutAxons();
    return (slots && slots->learn()) || isMore;
  }

  /// Vertices whose copies no core holds, and how many these are.
  std::vector<std::pair<Vertex, uint64_t>> tooLarge() const {
    std::vector<std::pair<Vertex, uint64_t>> all;
    for (Vertex v = 0; v < network.numVertices(); ++v)
      if (slots->need(v) > limits.slots->capacity)
        all.emplace_back(v, slots->need(v));
    return all;
  }

  std::vector<Core> take() { return std::move(core); }

private:
  std::optional<Misfit> sequential();
  std::optional<Misfit> overlap();

  bool learnOutAxons();
  void open();
  void openNext() {
    ++current;
    open();
    if (slots)
      slots->open();
  }
  std::optional<Misfit> whyNot(Vertex v);
  /// Whether there is no room for any vertex.
  bool isFull() const;
  void add(Vertex v);
  bool isTarget(Net net, Vertex v) const {
    return network.source(net) != v || network.isSelfTarget(net);
  }

  const Hypergraph &network;
  const Limits &limits;
  // Of the core that is being filled.
  Core current = 0;
  std::vector<uint64_t> use, axons;
  uint64_t outUse = 0;
  std::vector<uint32_t> numTargets; // of each net
  std::vector<Net> reached;         // those with any pin

  /// What one target more costs an axon of 0, 1, ... targets, by limit.
  std::vector<std::vector<uint64_t>> growth;
  std::vector<uint64_t> least;   // that a vertex needs, of each resource
  std::vector<uint32_t> outNeed; // of each vertex
  std::optional<SlotFilling> slots;
  std::vector<Core> core;
};
} // namespace

std::vector<Vertex> Attraction::starts() const {
  std::vector<int64_t> tied(network.numVertices(), 0);
  for (Net net = 0; net < network.numNets(); ++net)
    for (Vertex pin : network.pins(net))
      tied[pin] += network.weight(net);
  std::vector<Vertex> order(network.numVertices());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, [&](Vertex a, Vertex b) {
    return tied[a] != tied[b] ? tied[a] > tied[b] : a < b;
  });
  return order;
}

void Attraction::open(Vertex start) {
  for (Vertex v : changed)
    shared[v] = 0;
  changed.assign(1, start);
  shared[start] = Done;
  heap.clear();
  while (core[firstLeft] != Nowhere)
    ++firstLeft;
  other = firstLeft;
}

void Attraction::join(Vertex v) {
  near.clear();
  for (Net net : network.nets(v)) {
    if (lastCore[net] == core[v])
      continue;
    lastCore[net] = core[v];
    for (Vertex pin : network.pins(net)) {
      if (shared[pin] == Done || core[pin] != Nowhere)
        continue;
      shared[pin] += network.weight(net);
      if (!isNear[pin])
        near.push_back(pin);
      isNear[pin] = true;
    }
  }
  for (Vertex pin : near) {
    isNear[pin] = false;
    heap.push_back({shared[pin], pin});
    std::push_heap(heap.begin(), heap.end());
  }
  changed.insert(changed.end(), near.begin(), near.end());
}

Vertex Attraction::next() {
  Vertex result = Nobody;
  while (!heap.empty() && result == Nobody) {
    std::pop_heap(heap.begin(), heap.end());
    if (heap.back().shared == shared[heap.back().vertex])
      result = heap.back().vertex;
    heap.pop_back();
  }
  // Who left this order before is in the heap, was there, or is in a core.
  for (; result == Nobody && other < core.size(); ++other)
    if (core[other] == Nowhere && shared[other] == 0)
      result = other;
  if (result != Nobody) {
    changed.push_back(result);
    shared[result] = Done;
  }
  return result;
}

void Filler::open() {
  std::ranges::fill(use, 0);
  std::ranges::fill(axons, 0);
  outUse = 0;
  for (Net net : reached)
    numTargets[net] = 0;
  reached.clear();
}

std::optional<Misfit> Filler::whyNot(Vertex v) {
  for (uint32_t r = 0; r < use.size(); ++r)
    if (use[r] + network.need(v)[r] > limits.capacities[r])
      return Misfit{Misfit::Kind::Resource, r, v, network.need(v)[r],
                    limits.capacities[r]};
  if (slots && !slots->holds(v))
    return Misfit{Misfit::Kind::Slots, 0, v, slots->need(v),
                  limits.slots->capacity};
  if (limits.outAxons && outUse + outNeed[v] > *limits.outAxons)
    return Misfit{Misfit::Kind::OutAxons, 0, v, outNeed[v], *limits.outAxons};
  for (uint32_t i = 0; i < axons.size(); ++i) {
    uint64_t more = 0;
    for (Net net : network.nets(v))
      if (isTarget(net, v))
        more += growth[i][numTargets[net]];
    if (axons[i] + more > limits.axons[i].capacity)
      return Misfit{Misfit::Kind::Axons, i, v, more, limits.axons[i].capacity};
  }
  return std::nullopt;
}

bool Filler::isFull() const {
  for (uint32_t r = 0; r < use.size(); ++r)
    if (use[r] + least[r] > limits.capacities[r])
      return true;
  return false;
}

void Filler::add(Vertex v) {
  core[v] = current;
  for (uint32_t r = 0; r < use.size(); ++r)
    use[r] += network.need(v)[r];
  for (Net net : network.nets(v)) {
    if (!isTarget(net, v))
      continue;
    uint32_t n = numTargets[net]++;
    if (n == 0)
      reached.push_back(net);
    for (uint32_t i = 0; i < axons.size(); ++i)
      axons[i] += growth[i][n];
  }
  outUse += outNeed[v];
  if (slots)
    slots->add(v);
}

std::optional<Misfit> Filler::run(Filling filling) {
  current = 0;
  std::ranges::fill(core, Nowhere);
  open();
  if (slots)
    slots->restart();
  return filling == Filling::Sequential ? sequential() : overlap();
}

std::optional<Misfit> Filler::sequential() {
  bool isEmpty = true;
  for (Vertex v = 0; v < network.numVertices(); ++v) {
    if (whyNot(v)) {
      if (!isEmpty)
        openNext();
      if (auto misfit = whyNot(v))
        return misfit;
    }
    add(v);
    isEmpty = false;
  }
  return std::nullopt;
}

std::optional<Misfit> Filler::overlap() {
  Attraction attraction(network, core);
  std::vector<Vertex> order = attraction.starts();
  Frontier frontier(network);
  for (Vertex start : order) {
    // Where copies are counted, each gap in the end costs them.
    if (slots)
      start = frontier.next(order, core);
    if (start == Nobody)
      break;
    if (core[start] != Nowhere)
      continue;
    if (limits.numCores && current == limits.numCores)
      return Misfit{Misfit::Kind::TooFewCores, 0, 0, current + uint64_t{1},
                    limits.numCores};
    if (auto misfit = whyNot(start))
      return misfit;
    attraction.open(start);
    for (Vertex v = start; v != Nobody; v = attraction.next())
      if (!whyNot(v)) {
        add(v);
        if (slots)
          frontier.join(v);
        if (isFull())
          break;
        attraction.join(v);
      }
    openNext();
  }
  return std::nullopt;
}

bool Filler::learnOutAxons() {
  bool isMore = false;
  std::vector<Net> lastNet(current + uint64_t{1}, UINT32_MAX);
  for (Net net = 0; net < network.numNets(); ++net) {
    Vertex source = network.source(net);
    if (source == OffChip)
      continue;
    uint32_t reachedCores = 0;
    lastNet[core[source]] = net;
    for (Vertex pin : network.pins(net)) {
      reachedCores += lastNet[core[pin]] != net;
      lastNet[core[pin]] = net;
    }
    if (reachedCores <= outNeed[source])
      continue;
    isMore = true;
    // A little more than now, so that few rounds do.
    uint64_t ample =
        std::min<uint64_t>(reachedCores + reachedCores / 8, *limits.outAxons);
    outNeed[source] = std::max(reachedCores, static_cast<uint32_t>(ample));
  }
  return isMore;
}

std::variant<std::vector<Core>, Misfit>
snn::target::cores::fill(const Hypergraph &network, const Limits &limits,
                         Filling filling) {
  Filler filler(network, limits);
  do {
    if (auto misfit = filler.run(filling)) {
      if (misfit->kind == Misfit::Kind::Slots) {
        misfit->all = filler.tooLarge();
        // One that reaches its own core as well, and no more fits beside that.
        misfit->need = std::max(misfit->need, misfit->capacity + 1);
        std::pair one{misfit->vertex, misfit->need};
        if (std::ranges::find(misfit->all, one.first,
                              &std::pair<Vertex, uint64_t>::first) ==
            misfit->all.end())
          misfit->all.push_back(one);
      }
      return *misfit;
    }
  } while (filler.learn());
  return filler.take();
}
