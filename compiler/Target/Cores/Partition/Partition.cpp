//===- Partition.cpp - Which neuron goes to which core ----------*- C++ -*-===//
//
// Seeds are made and refined, the best is refined further.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Partition.h"

#include "compiler/Target/Cores/Partition/Multilevel.h"
#include "compiler/Target/Cores/Partition/Seeds.h"

#include <algorithm>
#include <cassert>
#include <optional>

using namespace snn::target::cores;

namespace {
class Partitioner {
public:
  Partitioner(const Hypergraph &network, const Limits &limits,
              const PartitionOptions &options);

  std::variant<Partition, Misfit> run();

private:
  struct Candidate {
    const char *seed = "";
    std::vector<Core> core;
    uint32_t numCores = 0;
    double start = 0, messages = 0;
  };

  void addSeed(const char *name, std::vector<Core> core);
  uint32_t fewestCores() const;
  /// Whether no candidate is within so many times the cores that there are.
  bool isHopeless(uint32_t times) const {
    return limits.numCores && fewestCores() > limits.numCores * times;
  }
  Misfit tooFewCores() const {
    return {Misfit::Kind::TooFewCores, 0, 0, fewestCores(), limits.numCores};
  }
  std::vector<Core> bisectInto(uint32_t numCores);
  void addMultilevel();
  void improve(Candidate &candidate, uint64_t work) const;
  void improveByCycles(Candidate &candidate, uint32_t numCycles);
  void measure(Candidate &candidate) const;
  std::vector<uint64_t> capacitiesOf(uint32_t numCores) const;

  const Hypergraph &network;
  const Limits &limits;
  PartitionOptions options;
  Random random;
  /// Pins that are passed when each pin of each net looks at all others.
  double sharing = 0;
  std::vector<Candidate> candidates;
  std::vector<Attempt> attempts;
};
} // namespace

/// Up to so much sharing, gains are kept up to date.
constexpr double MostSharing = 2e10;
/// Seeds that are further from the best one are not refined.
constexpr double MostAboveBest = 1.5;
/// Of the cores of a chip: where neither filling needs fewer, nothing fits.
constexpr uint32_t MostBeyondChip = 2;
/// Up to so much, two bisections are refined: they differ by more than
/// refinement makes good, and cost a second or two each.
constexpr double MostSharingOfTwo = 2e8;
/// Gains that are kept or computed at once: 4 bytes each.
constexpr uint64_t MostGains = 1'000'000'000;
/// Of one refinement; some seconds for a large network.
constexpr uint64_t WorkOfRefinement = 2'000'000'000;
/// Of a large network: one round for the full cortical microcircuit.
constexpr uint64_t WorkOfRounds = 30'000'000'000;

Partitioner::Partitioner(const Hypergraph &network, const Limits &limits,
                         const PartitionOptions &options)
    : network(network), limits(limits), options(options), random(options.seed) {
  for (Net net = 0; net < network.numNets(); ++net) {
    auto size = static_cast<double>(network.pins(net).size());
    sharing += size * size;
  }
}

std::vector<uint64_t> Partitioner::capacitiesOf(uint32_t numCores) const {
  std::vector<uint64_t> capacities;
  for (uint32_t core = 0; core < numCores; ++core)
    capacities.insert(capacities.end(), limits.capacities.begin(),
                      limits.capacities.end());
  return capacities;
}

/// Leaves out cores that have become empty.
void Partitioner::measure(Candidate &candidate) const {
  std::vector<Core> number(candidate.numCores, UINT32_MAX);
  for (Core core : candidate.core)
    number[core] = 0;
  candidate.numCores = 0;
  for (Core &one : number)
    if (one == 0)
      one = candidate.numCores++;
  for (Core &core : candidate.core)
    core = number[core];
  candidate.messages = countMessages(network, candidate.core);
}

void Partitioner::improve(Candidate &candidate, uint64_t work) const {
  uint64_t numGains = uint64_t{network.numVertices()} * candidate.numCores;
  if (numGains > MostGains)
    return;
  bool keepsGains = sharing <= MostSharing;
  Blocks blocks(network, capacitiesOf(candidate.numCores), &limits,
                keepsGains ? Gains::Kept : Gains::Counted);
  blocks.assign(candidate.core);
  if (keepsGains) {
    Random own(options.seed);
    Refiner(blocks).run(own, {.work = work});
  } else {
    refineByRounds(blocks, WorkOfRounds);
  }
  candidate.core = blocks.assignment();
  measure(candidate);
}

void Partitioner::addSeed(const char *name, std::vector<Core> core) {
  Candidate candidate{name, std::move(core)};
  for (Core one : candidate.core)
    candidate.numCores = std::max(candidate.numCores, one + 1);
  measure(candidate);
  candidate.start = candidate.messages;
  candidates.push_back(std::move(candidate));
}

/// Of the candidates.
uint32_t Partitioner::fewestCores() const {
  return std::ranges::min_element(candidates, {}, &Candidate::numCores)
      ->numCores;
}

/// Empty if that is not within the limits.
std::vector<Core> Partitioner::bisectInto(uint32_t numCores) {
  Blocks blocks(network, capacitiesOf(numCores));
  blocks.assign(bisect(network, limits.capacities, numCores, random));
  if (!Refiner(blocks).relieve() ||
      !isWithin(limits,
                countUse(network, limits, blocks.assignment(), numCores)))
    return {};
  return blocks.assignment();
}

/// With as few cores as the bound allows, or as do: more by steps that double,
/// then fewer by halving what is between. Where as many as there may be do not
/// do, for limits that halving does not see, there is no candidate.
void Partitioner::addMultilevel() {
  uint32_t most = fewestCores();
  if (limits.numCores)
    most = std::min(most, limits.numCores);
  std::vector<Core> found;
  uint32_t low = coreBounds(network, limits).cores, high = low;
  for (uint32_t step = 1; found.empty() && low <= most; step *= 2) {
    high = std::min(low + step - 1, most);
    found = bisectInto(high);
    if (found.empty())
      low = high + 1;
    if (step == 1 && low < most && found.empty() && bisectInto(most).empty())
      return;
  }
  while (!found.empty() && low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (std::vector<Core> fewer = bisectInto(middle); fewer.empty()) {
      low = middle + 1;
    } else {
      found = std::move(fewer);
      high = middle;
    }
  }
  if (!found.empty())
    addSeed("multilevel", std::move(found));
}

void Partitioner::improveByCycles(Candidate &candidate, uint32_t numCycles) {
  for (uint32_t i = 0; i < numCycles; ++i) {
    Candidate next = candidate;
    next.core = cycle(network, limits, candidate.core, candidate.numCores,
                      random, {.work = WorkOfRefinement});
    if (!isWithin(limits, countUse(network, limits, next.core, next.numCores)))
      return;
    measure(next);
    if (next.messages < candidate.messages)
      candidate = std::move(next);
  }
}

std::variant<Partition, Misfit> Partitioner::run() {
  auto sequential = fill(network, limits, Filling::Sequential);
  if (auto *misfit = std::get_if<Misfit>(&sequential))
    return *misfit;
  addSeed("sequential", std::get<std::vector<Core>>(std::move(sequential)));
  // Nothing is better than no message and as few cores as can be.
  if (candidates[0].messages == 0 &&
      candidates[0].numCores == coreBounds(network, limits).cores)
    options.effort = 0;
  if (options.effort && sharing <= MostSharing) {
    Limits ample = limits;
    ample.numCores *= MostBeyondChip;
    auto overlap = fill(network, ample, Filling::Overlap);
    if (auto *core = std::get_if<std::vector<Core>>(&overlap))
      addSeed("overlap", std::move(*core));
    if (isHopeless(MostBeyondChip))
      return tooFewCores();
    addMultilevel();
    if (sharing <= MostSharingOfTwo)
      addMultilevel();
  }
  double least = candidates[0].start;
  for (const Candidate &candidate : candidates)
    least = std::min(least, candidate.start);
  if (options.effort)
    for (Candidate &candidate : candidates)
      if (candidate.start <= least * MostAboveBest &&
          (!limits.numCores || candidate.numCores <= limits.numCores))
        improve(candidate, WorkOfRefinement * options.effort);
  for (const Candidate &candidate : candidates)
    attempts.push_back({candidate.seed, candidate.numCores, candidate.start,
                        candidate.messages});

  if (isHopeless(1))
    return tooFewCores();
  uint32_t fewest = fewestCores();
  uint32_t most = fewest + fewest * options.sparePercent / 100;
  if (limits.numCores)
    most = std::min(most, limits.numCores);
  std::erase_if(candidates, [&](const Candidate &candidate) {
    return candidate.numCores > most;
  });
  auto best = std::ranges::min_element(
      candidates, {}, [](const Candidate &c) { return c.messages; });
  if (sharing <= MostSharing)
    improveByCycles(*best, 2 * options.effort);

  Partition result;
  result.core = std::move(best->core);
  result.numCores = best->numCores;
  result.messages = best->messages;
  for (Net net = 0; net < network.numNets(); ++net)
    result.spikes += network.rate(net);
  result.attempts = std::move(attempts);
  assert(isWithin(limits,
                  countUse(network, limits, result.core, result.numCores)));
  return result;
}

std::variant<Partition, Misfit>
snn::target::cores::partition(const Hypergraph &network, const Limits &limits,
                              const PartitionOptions &options) {
  assert(limits.capacities.size() == network.numResources() &&
         network.numResources() > 0);
  return Partitioner(network, limits, options).run();
}
