//===- Insight.cpp - Why a network lies as it does ------------------------===//
//
// An axon of a core is a source, the group of its weights and, where synapses
// have no delays, a delay (Allocate.cpp): a neuron that comes to a core brings
// synapses, the axons that are not there yet, and for each of these a route of
// its source.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Insight.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

using namespace snn::emulator;

namespace snn::target::cores {

using AxonOf = std::tuple<uint32_t, uint32_t, uint32_t>; // source, group, delay

Insight::Insight(const Network &network, const CodedNetwork &given,
                 const Mapping &mapping, const std::vector<double> &spikes,
                 const Image &image, const lang::checked::Chip &chip)
    : network(network), coded(mapping.split ? *mapping.split : given),
      mapping(mapping), spikes(spikes), image(image), chip(chip),
      coreOf(coded.numNeurons), firstIn(coded.numNeurons + 1),
      in(coded.edges.size()) {
  for (uint32_t n = 0; n < coded.numNeurons; ++n) {
    uint32_t core = numCores() - 1;
    if (core > 0) {
      auto after = std::upper_bound(image.cores.begin(), image.cores.end(),
                                    mapping.place[n],
                                    [](uint32_t slot, const Core &one) {
                                      return slot < one.firstNeuron;
                                    });
      core = static_cast<uint32_t>(after - image.cores.begin()) - 1;
    }
    coreOf[n] = core;
  }
  uint32_t numSources = coded.edges.numRows();
  for (uint32_t source = 0; source < numSources; ++source)
    for (const CodedEdge &edge : coded.edges[source])
      ++firstIn[edge.target + 1];
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    firstIn[n + 1] += firstIn[n];
  std::vector<uint64_t> at(firstIn.begin(), firstIn.end() - 1);
  for (uint32_t source = 0; source < numSources; ++source)
    for (const CodedEdge &edge : coded.edges[source])
      in[at[edge.target]++] = {source, edge.delay, edge.type};
}

int64_t Insight::limit(const std::string &name) const {
  auto found = chip.numbers.find(name);
  return found == chip.numbers.end() ? Unknown : found->second;
}

uint32_t Insight::populationOf(uint32_t neuron) const {
  return static_cast<uint32_t>(&network.of(mapping.root(neuron)) -
                               network.populations.data());
}

std::vector<Filling> Insight::fillingsOf(uint32_t core) const {
  const CoreLoad &load = mapping.report.cores[core];
  bool isTable = chip.words.at("weights") == "table";
  uint64_t bits =
      load.synapses * static_cast<uint64_t>(limit("bits_per_synapse")) +
      load.axons * static_cast<uint64_t>(limit("bits_per_axon"));
  const std::tuple<const char *, uint64_t, bool> all[] = {
      {"neurons", load.neurons, true},
      {"axons", load.axons, chip.words.at("axon_source") == "any"},
      {"core_routes", load.routes, true},
      // A crossbar has room for what neurons and axons have room for.
      {"synapses", load.synapses, !isTable},
      {"synapse_bits", bits, !isTable}};
  std::vector<Filling> fillings;
  for (const auto &[name, used, counts] : all)
    if (int64_t most = limit(name); counts && most > 0)
      fillings.push_back({name, used, static_cast<uint64_t>(most)});
  std::sort(fillings.begin(), fillings.end(),
            [](const Filling &a, const Filling &b) {
              return std::pair(-a.share(), a.resource) <
                     std::pair(-b.share(), b.resource);
            });
  return fillings;
}

std::optional<NextNeuron> Insight::nextFor(const CoreInsight &to) const {
  bool late = limit("synapse_delay") > 0;
  auto axonOf = [&](const Incoming &one) {
    return AxonOf{one.source, one.type, late ? 0u : one.delay};
  };
  std::set<AxonOf> here;
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    for (uint64_t i = firstIn[n]; coreOf[n] == to.core && i < firstIn[n + 1];
         ++i)
      here.insert(axonOf(in[i]));
  std::optional<NextNeuron> best;
  double least = 0;
  std::set<AxonOf> fresh;
  for (uint32_t n = 0; n < coded.numNeurons; ++n) {
    if (coreOf[n] == to.core)
      continue;
    fresh.clear();
    uint64_t routes = 0, copies = mapping.copies[n];
    for (uint64_t i = firstIn[n]; i < firstIn[n + 1]; ++i) {
      AxonOf axon = axonOf(in[i]);
      if (here.contains(axon) || !fresh.insert(axon).second)
        continue;
      uint32_t source = std::get<0>(axon);
      routes += source < coded.numNeurons && coreOf[source] == to.core;
    }
    for (uint32_t k = 0; k < copies; ++k)
      routes += image.firstRoute[mapping.place[n] + k + 1] -
                image.firstRoute[mapping.place[n] + k];
    uint64_t synapses = (firstIn[n + 1] - firstIn[n]) * copies;
    const std::map<std::string, uint64_t> adds = {
        {"neurons", copies},
        {"axons", fresh.size()},
        {"core_routes", routes},
        {"synapses", synapses},
        {"synapse_bits",
         synapses * static_cast<uint64_t>(limit("bits_per_synapse")) +
             fresh.size() * static_cast<uint64_t>(limit("bits_per_axon"))}};
    NextNeuron one;
    one.neuron = n;
    one.fits = true;
    double excess = 0;
    for (const Filling &filling : to.fillings) {
      uint64_t add = adds.at(filling.resource);
      one.adds.push_back(add);
      if (filling.used + add <= filling.limit)
        continue;
      one.fits = false;
      excess += static_cast<double>(filling.used + add - filling.limit) /
                static_cast<double>(filling.limit);
    }
    if (!best || excess < least) {
      best = std::move(one);
      least = excess;
    }
    if (best->fits)
      break;
  }
  return best;
}

CoreInsight Insight::core(uint32_t number) const {
  const CoreLoad &load = mapping.report.cores[number];
  CoreInsight result;
  result.core = number;
  result.x = load.x;
  result.y = load.y;
  result.ofRouter = image.cores[number].place % image.chip.coresPerRouter;
  result.fillings = fillingsOf(number);
  std::map<uint32_t, uint32_t> counts;
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    if (coreOf[n] == number)
      ++(mapping.isHelper(n) ? result.helpers : counts[populationOf(n)]);
  result.populations.assign(counts.begin(), counts.end());
  result.next = nextFor(result);
  return result;
}

std::vector<std::pair<uint32_t, uint32_t>>
Insight::cores(uint32_t population) const {
  const Population &p = network.populations[population];
  std::map<uint32_t, uint32_t> counts;
  for (uint32_t n = p.first; n < p.first + p.size; ++n)
    ++counts[coreOf[n]];
  return {counts.begin(), counts.end()};
}

std::vector<MessageShare> Insight::messages() const {
  std::map<std::pair<uint32_t, uint32_t>, double> shares;
  bool late = limit("synapse_delay") > 0;
  // Which populations each message of a source is for.
  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, std::set<uint32_t>> sent;
  for (uint32_t source = 0;
       source < std::min(coded.numNeurons, coded.edges.numRows()); ++source) {
    sent.clear();
    for (const CodedEdge &edge : coded.edges[source])
      if (coreOf[source] != coreOf[edge.target])
        sent[{coreOf[edge.target], edge.type, late ? 0u : edge.delay}].insert(
            populationOf(edge.target));
    for (const auto &[message, populations] : sent)
      for (uint32_t target : populations)
        shares[{populationOf(source), target}] +=
            spikes[mapping.root(source)] /
            static_cast<double>(populations.size());
  }
  std::vector<MessageShare> result;
  for (const auto &[pair, count] : shares)
    result.push_back({pair.first, pair.second, count});
  std::sort(result.begin(), result.end(),
            [](const MessageShare &a, const MessageShare &b) {
              return std::tuple(-a.messages, a.source, a.target) <
                     std::tuple(-b.messages, b.source, b.target);
            });
  return result;
}

} // namespace snn::target::cores
