//===- Allocate.cpp - A coded network on its cores ------------------------===//
//
// A variant of a source is what needs an axon of its own: one type and one
// delay of the route. How many copies a neuron needs depends on the cores of
// its targets, and which core has room for it on its copies: both are found in
// turns.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Allocate.h"

#include "compiler/Target/Cores/Partition/Bounds.h"
#include "compiler/Target/Cores/Partition/Partition.h"
#include "compiler/Target/Cores/Place/Place.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

/// An axon of a core, by what arrives on it.
struct AxonKey {
  uint32_t core, type, source, delay;
  auto operator<=>(const AxonKey &) const = default;
};

class Allocator {
public:
  Allocator(const Network &network, const CodedNetwork &coded,
            const std::vector<double> &rates, const lang::checked::Chip &chip,
            Image &image, uint32_t effort)
      : network(network), coded(coded), rates(rates), chip(chip), image(image),
        effort(effort), copies(coded.numNeurons, 1) {}
  std::variant<Mapping, Refusal> run();

private:
  const Network &network;
  const CodedNetwork &coded;
  const std::vector<double> &rates;
  const lang::checked::Chip &chip;
  Image &image;
  uint32_t effort;
  std::vector<uint32_t> copies;
  Partition parts;
  std::vector<uint32_t> corePlace; // of each core of the partition
  std::map<AxonKey, std::vector<Synapse>> axons;
  Mapping mapping;

  int64_t limit(const char *name) const {
    auto found = chip.numbers.find(name);
    return found == chip.numbers.end() ? Unknown : found->second;
  }
  bool ownAxons() const { return chip.words.at("axon_source") == "neuron"; }
  bool isTable() const { return chip.words.at("weights") == "table"; }
  bool delaysInSynapses() const { return limit("synapse_delay") > 0; }

  std::optional<Refusal> checkDelays() const;
  Hypergraph makeHypergraph() const;
  Limits makeLimits(const Hypergraph &graph) const;
  Refusal explain(const Misfit &misfit, const Limits &limits) const;
  void collectAxons();
  bool countCopies();
  std::optional<Refusal> assign();
  std::optional<Refusal> placeCores(const Hypergraph &graph);
  void emit();
  std::string nameOf(uint32_t neuron) const {
    const Population &p = network.of(neuron);
    return "`" + p.name + "[" + std::to_string(neuron - p.first) + "]`";
  }
};

template <typename T>
void append(Buffer<T> &to, const T &item) {
  if (!to.push(item))
    abort();
}

} // namespace

std::optional<Refusal> Allocator::checkDelays() const {
  int64_t most = std::max(limit("route_delay"), limit("synapse_delay"));
  bool events = chip.words.at("timing") == "events";
  for (const CodedEdge &edge : coded.edges) {
    if (edge.delay <= most ||
        (limit("route_delay") < 0 || limit("synapse_delay") < 0))
      continue;
    const Population &target = network.of(edge.target);
    return Refusal{
        "E0821",
        "`" + target.name + "` cannot be expressed on `" + chip.name +
            "`: a spike arrives " + std::to_string(edge.delay + 1u) +
            " ticks after it was sent; the chip has " +
            (events ? "no delays" : "at most " + std::to_string(most + 1)),
        "shorter delays, or a longer step", target.place};
  }
  return std::nullopt;
}

/// One net for each variant of a source; the first has the source as a pin.
Hypergraph Allocator::makeHypergraph() const {
  Hypergraph graph(coded.numNeurons, 1);
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    graph.setNeed(n, 0, copies[n]);
  std::map<std::pair<uint32_t, uint32_t>, std::vector<Vertex>> variants;
  for (size_t i = 0; i < coded.edges.size();) {
    uint32_t source = coded.edges[i].source;
    variants.clear();
    for (; i < coded.edges.size() && coded.edges[i].source == source; ++i) {
      const CodedEdge &edge = coded.edges[i];
      variants[{edge.type, delaysInSynapses() ? 0u : edge.delay}].push_back(
          edge.target);
    }
    bool first = source < coded.numNeurons;
    for (const auto &[key, targets] : variants) {
      graph.addNet(first ? source : OffChip, rates[source], targets);
      first = false;
    }
  }
  graph.finish();
  return graph;
}

/// Without those that no assignment can reach, which would cost time.
Limits Allocator::makeLimits(const Hypergraph &graph) const {
  Limits limits;
  // Lines have slots of their own where each row belongs to a neuron.
  int64_t neurons = limit("neurons") - (ownAxons() ? coded.numLines : 0);
  limits.capacities = {static_cast<uint64_t>(std::max<int64_t>(neurons, 0))};
  limits.numCores =
      image.chip.columns * image.chip.rows * image.chip.coresPerRouter;
  auto addAxonLimit = [&](const char *name,
                          const std::function<uint64_t(uint32_t)> &cost) {
    int64_t most = limit(name);
    uint64_t all = 0; // if every neuron were on one core
    for (Net net = 0; net < graph.numNets(); ++net)
      all += cost(static_cast<uint32_t>(graph.pins(net).size()));
    if (most >= 0 && all > static_cast<uint64_t>(most))
      limits.axons.push_back({name, static_cast<uint64_t>(most), cost});
  };
  if (!ownAxons())
    addAxonLimit("axons", AxonLimit::oneEach);
  if (!isTable()) {
    addAxonLimit("synapses",
                 [](uint32_t targets) { return uint64_t{targets}; });
    auto each = static_cast<uint64_t>(limit("bits_per_synapse")),
         head = static_cast<uint64_t>(limit("bits_per_axon"));
    addAxonLimit("synapse_bits", [=](uint32_t targets) {
      return targets ? head + each * targets : 0;
    });
  }
  // There, a message to the own core takes none; here, it is a route.
  if (int64_t most = limit("core_routes"); most >= 0 && limit("routes") != 1) {
    auto room =
        static_cast<uint64_t>(std::max<int64_t>(most - limit("neurons"), 0));
    std::vector<uint64_t> reached;
    for (Net net = 0; net < graph.numNets(); ++net)
      reached.push_back(
          std::min<uint64_t>(graph.pins(net).size(), limits.numCores - 1));
    std::sort(reached.begin(), reached.end(), std::greater<>());
    reached.resize(std::min<uint64_t>(reached.size(), limits.capacities[0]));
    if (std::accumulate(reached.begin(), reached.end(), uint64_t{0}) > room)
      limits.outAxons = room;
  }
  return limits;
}

Refusal Allocator::explain(const Misfit &misfit, const Limits &limits) const {
  std::string chipName = "`" + chip.name + "`";
  if (misfit.kind == Misfit::Kind::TooFewCores)
    return {"E0822",
            "`" + network.populations.front().name +
                "` and what is beside it does not fit: it needs " +
                std::to_string(misfit.need) + " cores; " + chipName + " has " +
                std::to_string(misfit.capacity),
            "a smaller network, or a chip with more cores", ""};
  std::string what = misfit.kind == Misfit::Kind::Resource ? "neurons"
                     : misfit.kind == Misfit::Kind::Axons
                         ? limits.axons[misfit.index].name
                         : "routes";
  const Population &p = network.of(misfit.vertex);
  return {"E0822",
          nameOf(misfit.vertex) + " does not fit: it needs " +
              std::to_string(misfit.need) + " " + what +
              " of one core; a core "
              "of " +
              chipName + " has " + std::to_string(misfit.capacity),
          what == "axons" ? "fewer sources for each neuron"
                          : "fewer connections, or a chip with larger cores",
          p.place};
}

void Allocator::collectAxons() {
  axons.clear();
  for (const CodedEdge &edge : coded.edges) {
    uint32_t delay = delaysInSynapses() ? 0u : edge.delay;
    axons[{parts.core[edge.target], edge.type, edge.source, delay}].push_back(
        {0, edge.weight, delaysInSynapses() ? edge.delay : uint16_t{0}});
  }
}

/// Whether any neuron needs another number of copies than was thought.
bool Allocator::countCopies() {
  int64_t most = limit("routes");
  if (most < 0)
    return false;
  std::vector<uint32_t> routes(coded.numNeurons);
  for (const auto &[key, synapses] : axons)
    if (key.source < coded.numNeurons)
      ++routes[key.source];
  bool changed = false;
  for (uint32_t n = 0; n < coded.numNeurons; ++n) {
    auto need = static_cast<uint32_t>(
        std::max<int64_t>(1, (routes[n] + most - 1) / most));
    changed |= need > copies[n];
    copies[n] = std::max(copies[n], need);
  }
  return changed;
}

std::optional<Refusal> Allocator::assign() {
  PartitionOptions options;
  options.effort = effort;
  mapping.report.coresBound = 0;
  // Copies only grow, so this ends; most networks need two turns.
  for (;;) {
    Hypergraph graph = makeHypergraph();
    Limits limits = makeLimits(graph);
    if (mapping.report.coresBound == 0) {
      CoreBounds bounds = coreBounds(graph, limits);
      mapping.report.coresBound = bounds.cores;
      mapping.report.boundsByResource = {{"neurons", bounds.byResource[0]}};
      for (size_t i = 0; i < limits.axons.size(); ++i)
        mapping.report.boundsByResource.emplace_back(limits.axons[i].name,
                                                     bounds.byAxons[i]);
      mapping.report.messagesBound =
          messageBound(graph, limits, /*fromOutside=*/false);
    }
    std::variant<Partition, Misfit> made = partition(graph, limits, options);
    if (const Misfit *misfit = std::get_if<Misfit>(&made))
      return explain(*misfit, limits);
    parts = std::move(std::get<Partition>(made));
    collectAxons();
    // Lines and copies agree only in the end.
    if (!countCopies())
      return placeCores(graph);
  }
}

std::optional<Refusal> Allocator::placeCores(const Hypergraph &graph) {
  Mesh mesh{image.chip.columns, image.chip.rows, image.chip.coresPerRouter};
  Traffic traffic(graph, parts.core, parts.numCores);
  PlaceOptions options;
  options.cast = Cast::Unicast;
  options.effort = effort;
  std::optional<Placement> placement = cores::place(mesh, traffic, options);
  if (!placement)
    return Refusal{"E0822",
                   "the network does not fit: it needs " +
                       std::to_string(parts.numCores) + " cores; `" +
                       chip.name + "` has " + std::to_string(mesh.numCores()),
                   "a smaller network, or a chip with more cores", ""};
  std::vector<uint32_t> taken(mesh.numRouters());
  for (Router router : placement->router) {
    // Routers are counted row by row there, as the chip says here.
    uint32_t number = image.chip.order == RouterOrder::Rows
                          ? router
                          : mesh.x(router) * image.chip.rows + mesh.y(router);
    corePlace.push_back(number * image.chip.coresPerRouter + taken[router]++);
  }
  if (parts.spikes > 0)
    mapping.report.messagesBound /= parts.spikes;
  return std::nullopt;
}

void Allocator::emit() {
  // Slots: by core, then neuron, then copy.
  std::vector<std::vector<uint32_t>> members(parts.numCores);
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    members[parts.core[n]].push_back(n);
  mapping.place.resize(coded.numNeurons);
  mapping.copies = copies;
  std::vector<uint32_t> firstNeuron, firstAxon;
  uint32_t next = 0;
  for (uint32_t core = 0; core < parts.numCores; ++core) {
    firstNeuron.push_back(next);
    for (uint32_t n : members[core]) {
      mapping.place[n] = next;
      next += copies[n];
    }
    if (ownAxons())
      next += coded.numLines;
  }
  mapping.report.copies =
      next - coded.numNeurons - (ownAxons() ? coded.numLines : 0);
  auto slot = [&](uint32_t neuron) {
    return mapping.place[neuron] - firstNeuron[parts.core[neuron]];
  };

  // Synapses of each axon, to all copies of the target.
  for (auto &[key, synapses] : axons)
    synapses.clear();
  for (const CodedEdge &edge : coded.edges) {
    uint32_t delay = delaysInSynapses() ? 0u : edge.delay;
    std::vector<Synapse> &row =
        axons[{parts.core[edge.target], edge.type, edge.source, delay}];
    for (uint32_t copy = 0; copy < copies[edge.target]; ++copy)
      row.push_back({static_cast<uint16_t>(slot(edge.target) + copy),
                     isTable() ? int16_t{0} : edge.weight,
                     delaysInSynapses() ? edge.delay : uint16_t{0}});
  }

  // Axons in the order of their keys, or each at the slot of its neuron.
  std::vector<std::vector<Route>> routes(coded.numNeurons + coded.numLines);
  append(image.firstSynapse, uint64_t{0});
  auto row = [&](uint32_t type, const std::vector<Synapse> &synapses) {
    append(image.axonGroups, static_cast<int8_t>(isTable() ? type : 0));
    if (image.chip.receptors > 1)
      append(image.axonReceptors, static_cast<uint8_t>(type));
    for (const Synapse &synapse : synapses)
      append(image.synapses, synapse);
    append(image.firstSynapse, image.synapses.size());
  };
  if (ownAxons()) {
    // One core: rows of neurons, then of lines.
    static const std::vector<Synapse> None;
    for (uint32_t source = 0; source < routes.size(); ++source) {
      auto found = axons.find({0, 0, source, 0});
      row(0, found == axons.end() ? None : found->second);
      if (found != axons.end())
        routes[source].push_back({0, static_cast<uint16_t>(source), 0});
    }
    firstAxon = {0};
  } else {
    uint32_t core = 0, number = 0;
    firstAxon.push_back(0);
    for (const auto &[key, synapses] : axons) {
      for (; core < key.core; ++core) {
        firstAxon.push_back(image.axons());
        number = 0;
      }
      row(key.type, synapses);
      routes[key.source].push_back({key.core, static_cast<uint16_t>(number++),
                                    static_cast<uint16_t>(key.delay)});
    }
    firstAxon.resize(parts.numCores, image.axons());
  }
  for (uint32_t core = 0; core < parts.numCores; ++core)
    append(image.cores,
           {corePlace[core], firstNeuron[core], firstAxon[core], 0});

  // Neurons with their copies, of which each has its share of the routes.
  size_t parameters = image.chip.parameters, registers = image.chip.registers,
         types = isTable() ? static_cast<size_t>(limit("weight_types")) : 0;
  append(image.firstRoute, uint64_t{0});
  auto blank = Probe(chip).neutral();
  for (uint32_t core = 0; core < parts.numCores; ++core) {
    for (uint32_t n : members[core]) {
      const std::vector<Route> &all = routes[n];
      size_t share = (all.size() + copies[n] - 1) / copies[n];
      for (uint32_t copy = 0; copy < copies[n]; ++copy) {
        for (size_t i = 0; i < parameters; ++i)
          append(image.parameters, coded.parameters[n * parameters + i]);
        for (size_t i = 0; i < registers; ++i)
          append(image.initial, coded.initial[n * registers + i]);
        for (size_t i = 0; i < types; ++i)
          append(image.weightTable, coded.tables[n * types + i]);
        for (size_t i = copy * share;
             i < std::min(all.size(), (copy + 1) * share); ++i)
          append(image.routes, all[i]);
        append(image.firstRoute, image.routes.size());
      }
    }
    for (uint32_t line = 0; ownAxons() && line < coded.numLines; ++line) {
      for (int64_t value : blank)
        append(image.parameters, static_cast<int32_t>(value));
      for (size_t i = 0; i < registers; ++i)
        append(image.initial, 0);
      append(image.firstRoute, image.routes.size());
    }
  }
  for (uint32_t line = 0; line < coded.numLines; ++line) {
    append(image.inputs, {image.inputRoutes.size(), NoCore, 0});
    for (const Route &route : routes[coded.numNeurons + line])
      append(image.inputRoutes, route);
  }
}

std::variant<Mapping, Refusal> Allocator::run() {
  if (std::optional<Refusal> refusal = checkDelays())
    return *refusal;
  if (std::optional<Refusal> refusal = assign())
    return *refusal;
  emit();
  return std::move(mapping);
}

std::vector<double> Mapping::spikesOn(const Image &image,
                                      const std::vector<double> &spikes) const {
  std::vector<double> all(image.neurons());
  for (size_t n = 0; n < place.size(); ++n)
    std::fill_n(all.begin() + place[n], copies[n], spikes[n]);
  all.insert(all.end(), spikes.begin() + static_cast<int64_t>(place.size()),
             spikes.end());
  return all;
}

std::variant<Mapping, Refusal> allocate(const Network &network,
                                        const CodedNetwork &coded,
                                        const std::vector<double> &rates,
                                        const lang::checked::Chip &chip,
                                        Image &image, uint32_t effort) {
  return Allocator(network, coded, rates, chip, image, effort).run();
}

} // namespace snn::target::cores
