//===- Anneal.cpp - Cores that change places --------------------*- C++ -*-===//
//
// Work is counted in ends of ways that were looked at, so that the schedule
// does not depend on the machine.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Place/Anneal.h"

#include "compiler/Target/Cores/Place/Starts.h"

#include <algorithm>

using namespace snn::target::cores;

/// A little more room than needed lets a busy core have neighbours all round.
static Mesh cutOut(const Mesh &whole, uint32_t numCores) {
  Region region(whole, numCores);
  return {std::min(region.width + 1, whole.width),
          std::min(region.height + 1, whole.height), whole.coresPerRouter};
}

Annealer::Annealer(const Mesh &whole, const Traffic &traffic,
                   const PlaceOptions &options, std::vector<Router> start)
    : whole(whole), mesh(cutOut(whole, traffic.numCores())), traffic(traffic),
      options(options), router(std::move(start)),
      flowLinks(mesh, traffic, router, options.cast),
      slotOf(traffic.numCores()),
      coreAt(uint64_t{mesh.numRouters()} * mesh.coresPerRouter, UINT32_MAX),
      hopsOf(traffic.numFlows()), loads(mesh.numLinks()),
      touchedAt(traffic.numFlows()) {
  for (uint32_t core = 0; core < router.size(); ++core) {
    router[core] = mesh.at(whole.x(router[core]), whole.y(router[core]));
    uint32_t slot = router[core] * mesh.coresPerRouter;
    while (coreAt[slot] != UINT32_MAX)
      ++slot;
    coreAt[slot] = core;
    slotOf[core] = slot;
  }

  flowsBegin.assign(traffic.numCores() + uint64_t{2}, 0);
  auto forEachEnd = [&](auto visit) {
    for (uint32_t flow = 0; flow < traffic.numFlows(); ++flow) {
      visit(traffic.from(flow), flow);
      for (uint32_t core : traffic.to(flow))
        visit(core, flow);
    }
  };
  forEachEnd([&](uint32_t core, uint32_t) { ++flowsBegin[core + 2]; });
  for (size_t i = 2; i < flowsBegin.size(); ++i)
    flowsBegin[i] += flowsBegin[i - 1];
  flowsOf.resize(flowsBegin.back());
  forEachEnd([&](uint32_t core, uint32_t flow) {
    flowsOf[flowsBegin[core + 1]++] = flow;
  });

  for (uint32_t flow = 0; flow < traffic.numFlows(); ++flow) {
    hopsOf[flow] = countHops(flow);
    hops += traffic.weight(flow) * hopsOf[flow];
    addLoads(flow, 1);
  }
  best_ = router;
  bestCost_ = cost();
}

uint32_t Annealer::countHops(uint32_t flow) {
  looked += traffic.to(flow).size() + 4;
  return flowLinks.count(flow);
}

void Annealer::addLoads(uint32_t flow, int64_t sign) {
  looked += 4 * traffic.to(flow).size() + 4;
  for (Link link : flowLinks.list(flow))
    loads[link] += sign * traffic.weight(flow);
}

std::vector<Router> Annealer::best() const {
  std::vector<Router> result(best_);
  for (Router &one : result)
    one = whole.at(mesh.x(one), mesh.y(one));
  return result;
}

int64_t Annealer::largestLoad() const {
  return loads.empty() ? 0 : *std::ranges::max_element(loads);
}

void Annealer::keepIfBest() {
  if (int64_t now = cost(); now < bestCost_) {
    bestCost_ = now;
    best_ = router;
  }
}

/// A slot near another one; the window shrinks as the search goes on.
uint32_t Annealer::propose(Random &random, uint32_t slot,
                           double progress) const {
  auto near = [&](uint32_t at, uint32_t size) {
    auto reach = static_cast<uint32_t>(size * (1 - progress));
    reach = std::max(reach, 1u);
    uint32_t low = at > reach ? at - reach : 0;
    uint32_t high = std::min(at + reach, size - 1);
    return low + random.below(high - low + 1);
  };
  Router place = slot / mesh.coresPerRouter;
  uint32_t x = near(mesh.x(place), mesh.width);
  uint32_t y = near(mesh.y(place), mesh.height);
  return mesh.at(x, y) * mesh.coresPerRouter +
         random.below(mesh.coresPerRouter);
}

void Annealer::exchange(uint32_t slotA, uint32_t slotB) {
  std::swap(coreAt[slotA], coreAt[slotB]);
  for (uint32_t slot : {slotA, slotB})
    if (uint32_t core = coreAt[slot]; core != UINT32_MAX) {
      slotOf[core] = slot;
      router[core] = slot / mesh.coresPerRouter;
    }
}

void Annealer::collectFlows(uint32_t coreA, uint32_t coreB) {
  ++numExchanges;
  touched.clear();
  for (uint32_t core : {coreA, coreB}) {
    if (core == UINT32_MAX)
      continue;
    for (uint64_t i = flowsBegin[core]; i < flowsBegin[core + uint64_t{1}]; ++i)
      if (touchedAt[flowsOf[i]] != numExchanges) {
        touchedAt[flowsOf[i]] = numExchanges;
        touched.push_back(flowsOf[i]);
      }
  }
}

void Annealer::phase(Random &random, uint64_t work, bool withLoads) {
  uint64_t begin = looked;
  // Starts where an average exchange is accepted as often as not, as measured
  // by the first proposals; the second phase only polishes.
  double temperature = 0, sum = 0;
  uint32_t numMeasured = 0;
  constexpr uint32_t Measured = 100;
  int64_t largest = largestLoad();
  while (looked - begin < work) {
    double progress =
        static_cast<double>(looked - begin) / static_cast<double>(work);
    ++looked; // so that it ends without traffic, too
    uint32_t a = slotOf[random.below(traffic.numCores())];
    uint32_t b = propose(random, a, withLoads ? 0.75 : progress);
    if (a / mesh.coresPerRouter == b / mesh.coresPerRouter)
      continue;
    collectFlows(coreAt[a], coreAt[b]);
    if (withLoads)
      for (uint32_t flow : touched)
        addLoads(flow, -1);
    exchange(a, b);
    newHops.clear();
    int64_t change = 0;
    for (uint32_t flow : touched) {
      newHops.push_back(countHops(flow));
      change += traffic.weight(flow) *
                (int64_t{newHops.back()} - int64_t{hopsOf[flow]});
      if (withLoads)
        addLoads(flow, 1);
    }
    int64_t largestNow = largest;
    if (withLoads)
      largestNow = largestLoad();
    int64_t rise = change + options.beta * (largestNow - largest);

    if (numMeasured < Measured) {
      sum += static_cast<double>(rise < 0 ? -rise : rise);
      ++numMeasured;
      temperature = sum / numMeasured / (withLoads ? 16 : 2);
    }
    double limit =
        temperature * (1 - progress) * (1 - progress) * random.exponential();
    if (static_cast<double>(rise) <= limit) {
      for (size_t i = 0; i < touched.size(); ++i)
        hopsOf[touched[i]] = newHops[i];
      hops += change;
      largest = largestNow;
      if (withLoads && rise < 0)
        keepIfBest();
      continue;
    }
    if (withLoads)
      for (uint32_t flow : touched)
        addLoads(flow, -1);
    exchange(a, b);
    if (withLoads)
      for (uint32_t flow : touched)
        addLoads(flow, 1);
  }
}

void Annealer::run(Random &random, uint64_t work) {
  if (traffic.numFlows() == 0)
    return;
  phase(random, work / 4 * 3, false);
  std::ranges::fill(loads, 0);
  for (uint32_t flow = 0; flow < traffic.numFlows(); ++flow)
    addLoads(flow, 1);
  keepIfBest();
  if (options.beta)
    phase(random, work / 4, true);
  keepIfBest();
}
