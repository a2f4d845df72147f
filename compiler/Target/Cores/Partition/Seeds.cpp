//===- Seeds.cpp - Assignments to start from --------------------*- C++ -*-===//
//
// Out-axons are known only when all cores are filled. So cores are filled again
// with what each vertex needed before, until that is enough.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Seeds.h"

#include <algorithm>
#include <optional>

using namespace snn::target::cores;

namespace {
class Filler {
public:
  Filler(const Hypergraph &network, const Limits &limits)
      : network(network), limits(limits), use(network.numResources()),
        axons(limits.axons.size()), numTargets(network.numNets()),
        outNeed(network.numVertices()),
        core(network.numVertices(), UINT32_MAX) {}

  std::optional<Misfit> run(Filling filling);
  /// Learns from the assignment what out-axons it needs; whether that is more
  /// than was allowed for.
  bool learnOutAxons();

  std::vector<Core> take() { return std::move(core); }

private:
  std::optional<Misfit> sequential();
  std::optional<Misfit> overlap();

  void open();
  std::optional<Misfit> whyNot(Vertex v) const;
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

  std::vector<uint32_t> outNeed; // of each vertex
  std::vector<Core> core;
};
} // namespace

void Filler::open() {
  std::ranges::fill(use, 0);
  std::ranges::fill(axons, 0);
  outUse = 0;
  for (Net net : reached)
    numTargets[net] = 0;
  reached.clear();
}

std::optional<Misfit> Filler::whyNot(Vertex v) const {
  for (uint32_t r = 0; r < use.size(); ++r)
    if (use[r] + network.need(v)[r] > limits.capacities[r])
      return Misfit{Misfit::Kind::Resource, r, v, network.need(v)[r],
                    limits.capacities[r]};
  for (uint32_t i = 0; i < axons.size(); ++i) {
    uint64_t more = 0;
    for (Net net : network.nets(v))
      if (isTarget(net, v)) {
        uint32_t n = numTargets[net];
        more += limits.axons[i].cost(n + 1) - (n ? limits.axons[i].cost(n) : 0);
      }
    if (axons[i] + more > limits.axons[i].capacity)
      return Misfit{Misfit::Kind::Axons, i, v, more, limits.axons[i].capacity};
  }
  if (limits.outAxons && outUse + outNeed[v] > *limits.outAxons)
    return Misfit{Misfit::Kind::OutAxons, 0, v, outNeed[v], *limits.outAxons};
  return std::nullopt;
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
      axons[i] +=
          limits.axons[i].cost(n + 1) - (n ? limits.axons[i].cost(n) : 0);
  }
  outUse += outNeed[v];
}

std::optional<Misfit> Filler::run(Filling filling) {
  current = 0;
  std::ranges::fill(core, UINT32_MAX);
  open();
  return filling == Filling::Sequential ? sequential() : overlap();
}

std::optional<Misfit> Filler::sequential() {
  bool isEmpty = true;
  for (Vertex v = 0; v < network.numVertices(); ++v) {
    if (whyNot(v)) {
      if (!isEmpty) {
        ++current;
        open();
      }
      if (auto misfit = whyNot(v))
        return misfit;
    }
    add(v);
    isEmpty = false;
  }
  return std::nullopt;
}

std::optional<Misfit> Filler::overlap() {
  // Weight of the nets that a vertex shares with the core; of those that are
  // done or do not fit, less than 0.
  constexpr int64_t Done = -1;
  std::vector<int64_t> shared(network.numVertices(), 0);
  std::vector<int64_t> tied(network.numVertices(), 0); // weight of all its nets
  for (Net net = 0; net < network.numNets(); ++net)
    for (Vertex pin : network.pins(net))
      tied[pin] += network.weight(net);
  std::vector<Vertex> left(network.numVertices());
  for (Vertex v = 0; v < network.numVertices(); ++v)
    left[v] = v;
  std::vector<Core> lastCore(network.numNets(), UINT32_MAX);
  while (!left.empty()) {
    bool isEmpty = true;
    for (;;) {
      // An empty core starts with whom most sources reach.
      Vertex best = UINT32_MAX;
      int64_t most = Done;
      for (Vertex v : left)
        if (int64_t now = isEmpty ? tied[v] : shared[v];
            shared[v] != Done && now > most) {
          most = now;
          best = v;
        }
      if (most == Done)
        break;
      if (auto misfit = whyNot(best)) {
        if (isEmpty)
          return misfit;
        shared[best] = Done;
        continue;
      }
      add(best);
      isEmpty = false;
      shared[best] = Done;
      for (Net net : network.nets(best)) {
        if (lastCore[net] == current)
          continue;
        lastCore[net] = current;
        for (Vertex pin : network.pins(net))
          if (shared[pin] != Done)
            shared[pin] += network.weight(net);
      }
    }
    std::erase_if(left, [&](Vertex v) { return core[v] != UINT32_MAX; });
    for (Vertex v : left)
      shared[v] = 0;
    ++current;
    open();
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
    if (auto misfit = filler.run(filling))
      return *misfit;
  } while (limits.outAxons && filler.learnOutAxons());
  return filler.take();
}
