//===- Partition.cpp - Which neuron goes to which core ----------*- C++ -*-===//
//
// Seeds, of which the best is kept.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Partition.h"

#include "compiler/Target/Cores/Partition/Seeds.h"

#include <algorithm>
#include <cassert>
#include <optional>

using namespace snn::target::cores;

std::variant<Partition, Misfit>
snn::target::cores::partition(const Hypergraph &network, const Limits &limits,
                              const PartitionOptions &options) {
  assert(limits.capacities.size() == network.numResources());
  Partition best;
  std::optional<Misfit> misfit;
  for (Filling filling : {Filling::Sequential, Filling::Overlap}) {
    if (filling == Filling::Overlap && options.effort == 0)
      continue;
    auto filled = fill(network, limits, filling);
    if (auto *found = std::get_if<Misfit>(&filled))
      return *found;
    Partition found;
    found.core = std::get<std::vector<Core>>(std::move(filled));
    for (Core core : found.core)
      found.numCores = std::max(found.numCores, core + 1);
    found.messages = countMessages(network, found.core);
    std::vector<Attempt> attempts = std::move(best.attempts);
    attempts.push_back(
        {filling == Filling::Sequential ? "sequential" : "overlap",
         found.numCores, found.messages, found.messages});
    if (limits.numCores && found.numCores > limits.numCores)
      misfit = {Misfit::Kind::TooFewCores, 0, 0, found.numCores,
                limits.numCores};
    else if (best.core.empty() || found.messages < best.messages)
      best = std::move(found);
    best.attempts = std::move(attempts);
  }
  if (best.core.empty() && misfit)
    return *misfit;
  for (Net net = 0; net < network.numNets(); ++net)
    best.spikes += network.rate(net);
  return best;
}
