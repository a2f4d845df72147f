//===- Allocate.cpp - A coded network on its cores ------------------------===//
//
// A variant of a source is what needs an axon of its own: one type and one
// delay of the route. How many copies a neuron needs depends on the cores of
// its targets, and which core has room for it on its copies, as the partitioner
// knows.
//
// Axons are numbered by core, type, source and delay. So their sources are
// visited twice, once to count axons and synapses of each core and type, once
// to put them where they belong: nothing is kept of an axon in between.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Allocate.h"

#include "compiler/Target/Cores/Map/Split.h"
#include "compiler/Target/Cores/Partition/Bounds.h"
#include "compiler/Target/Cores/Partition/Partition.h"
#include "compiler/Target/Cores/Place/Place.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

/// An axon of a core, as long as its source is visited.
struct Axon {
  uint32_t core, type;
  uint16_t delay;
  uint64_t numSynapses; // to all copies of its targets
};

class Allocator {
public:
  /// `rates` are those of `split.coded()`.
  Allocator(const Network &network, const Split &split,
            const std::vector<double> &rates, const lang::checked::Chip &chip,
            Image &image, uint32_t effort)
      : network(network), split(split), coded(split.coded()), rates(rates),
        chip(chip), image(image), effort(effort), copies(coded.numNeurons, 1),
        delaysInSynapses(limit("synapse_delay") > 0) {}
  std::variant<Mapping, Refusal> run();
  const MappingReport &bounds() const { return mapping.report; }

  /// After a refusal: neurons whose copies no core holds, and how many slots
  /// they need of how many.
  std::vector<std::pair<uint32_t, uint64_t>> tooLarge;
  uint64_t slotsOfCore = 0;

private:
  const Network &network;
  const Split &split;
  const CodedNetwork &coded;
  const std::vector<double> &rates;
  const lang::checked::Chip &chip;
  Image &image;
  uint32_t effort;
  std::vector<uint32_t> copies;
  bool delaysInSynapses;
  Partition parts;
  std::vector<uint32_t> corePlace; // of each core of the partition
  // Delays of routes that there are; types are 0 .. numTypes - 1.
  std::vector<uint16_t> delays;
  std::vector<uint16_t> delayNumber; // of each delay
  uint32_t numTypes = 1;
  std::vector<uint32_t> routeCount;              // of each source
  std::vector<uint64_t> axonCount, synapseCount; // by core, then type
  // Of the present source: synapses of each kind of axon, and the kinds that
  // it has; zero in between.
  std::vector<uint64_t> filled, kinds;
  std::vector<uint64_t> firstRoute; // of each source
  Mapping mapping;

  int64_t limit(const char *name) const {
    auto found = chip.numbers.find(name);
    return found == chip.numbers.end() ? Unknown : found->second;
  }
  bool ownAxons() const { return chip.words.at("axon_source") == "neuron"; }
  bool isTable() const { return chip.words.at("weights") == "table"; }

  std::optional<Refusal> checkDelays() const;
  Hypergraph makeHypergraph() const;
  Limits makeLimits(const Hypergraph &graph) const;
  std::string sendersTo(uint32_t neuron) const;
  Refusal explain(const Misfit &misfit, const Limits &limits) const;
  void listKinds();
  /// By core, type and delay, which is how far an axon is from the first.
  uint64_t kindOf(const CodedEdge &edge) const {
    uint64_t group = uint64_t{parts.core[edge.target]} * numTypes + edge.type;
    return group * delays.size() +
           (delaysInSynapses ? 0 : delayNumber[edge.delay]);
  }
  template <typename Visit>
  void forEachAxon(uint32_t source, Visit visit);
  void countAxons();
  /// Of a neuron that sends to so many axons.
  uint32_t slotsFor(uint64_t numAxons) const {
    int64_t most = limit("routes");
    return most < 0
               ? 1
               : static_cast<uint32_t>(
                     SlotLimit{0, static_cast<uint64_t>(most)}.slots(numAxons));
  }
  std::optional<Refusal> assign();
  void listTooLarge(const Misfit &misfit, const Hypergraph &graph,
                    const Limits &limits);
  std::optional<Refusal> placeCores(const Hypergraph &graph);
  void emit();
  using Members = std::vector<std::vector<uint32_t>>; // neurons of each core
  void emitCores(const std::vector<uint32_t> &firstNeuron);
  void emitNeurons(const Members &members);
  void emitLines();
  void emitAxons();
  std::string nameOf(uint32_t neuron) const {
    neuron = split.root(neuron);
    const Population &p = network.of(neuron);
    return "`" + p.name + "[" + std::to_string(neuron - p.first) + "]`";
  }
};

template <typename T>
void append(Buffer<T> &to, const T &item) {
  if (!to.push(item))
    abort();
}
template <typename T>
void resize(Buffer<T> &to, uint64_t total) {
  if (!to.resize(total))
    abort();
}

} // namespace

std::optional<Refusal> Allocator::checkDelays() const {
  int64_t most = std::max(limit("route_delay"), limit("synapse_delay"));
  if (limit("route_delay") < 0 || limit("synapse_delay") < 0)
    return std::nullopt;
  bool events = chip.words.at("timing") == "events";
  for (uint32_t source = 0; source < coded.edges.numRows(); ++source)
    for (const CodedEdge &edge : coded.edges[source]) {
      if (edge.delay <= most)
        continue;
      const Population &target = network.of(split.root(edge.target));
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

/// One net for each variant of a source. A neuron needs slots for as many axons
/// at least.
Hypergraph Allocator::makeHypergraph() const {
  Hypergraph graph(coded.numNeurons, 1);
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    graph.setNeed(n, 0, 1);
  graph.reserve(coded.edges.numRows(), coded.edges.size());
  std::map<std::pair<uint32_t, uint32_t>, std::vector<Vertex>> variants;
  for (uint32_t source = 0; source < coded.edges.numRows(); ++source) {
    variants.clear();
    auto last = variants.end();
    for (const CodedEdge &edge : coded.edges[source]) {
      std::pair key{uint32_t{edge.type},
                    delaysInSynapses ? 0u : uint32_t{edge.delay}};
      if (last == variants.end() || last->first != key)
        last = variants.try_emplace(key).first;
      last->second.push_back(edge.target);
    }
    bool isNeuron = source < coded.numNeurons;
    for (const auto &[key, targets] : variants)
      graph.addNet(isNeuron ? source : OffChip, rates[source], targets);
    if (isNeuron)
      graph.setNeed(source, 0, slotsFor(variants.size()));
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
  if (int64_t most = limit("routes"); most > 0) {
    std::vector<uint64_t> reached(graph.numVertices());
    for (Net net = 0; net < graph.numNets(); ++net)
      if (graph.source(net) != OffChip)
        reached[graph.source(net)] +=
            std::min<uint64_t>(graph.numTargets(net), limits.numCores);
    if (std::ranges::max(reached) > static_cast<uint64_t>(most))
      limits.slots =
          SlotLimit{limits.capacities[0], static_cast<uint64_t>(most)};
  }
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
    std::vector<uint64_t> reached;
    std::vector<int64_t> numNets(graph.numVertices());
    for (Net net = 0; net < graph.numNets(); ++net) {
      reached.push_back(
          std::min<uint64_t>(graph.pins(net).size(), limits.numCores - 1));
      if (graph.source(net) != OffChip)
        ++numNets[graph.source(net)];
    }
    int64_t own = limit("neurons") * std::ranges::max(numNets);
    auto room = static_cast<uint64_t>(std::max<int64_t>(most - own, 0));
    std::sort(reached.begin(), reached.end(), std::greater<>());
    reached.resize(std::min<uint64_t>(reached.size(), limits.capacities[0]));
    if (std::accumulate(reached.begin(), reached.end(), uint64_t{0}) > room)
      limits.outAxons = room;
  }
  return limits;
}

/// ": 300 of `In`, 20 of `E`".
std::string Allocator::sendersTo(uint32_t neuron) const {
  std::map<std::string, uint32_t> counts;
  for (uint32_t source = 0; source < coded.edges.numRows(); ++source) {
    auto isIt = [&](const CodedEdge &edge) { return edge.target == neuron; };
    if (std::ranges::none_of(coded.edges[source], isIt))
      continue;
    std::string name = "a Poisson drive";
    if (source < coded.numNeurons)
      name = "`" + network.of(split.root(source)).name + "`";
    for (const Source &from : network.sources)
      if (source >= coded.numNeurons &&
          source - coded.numNeurons - from.first < from.size)
        name = "`" + from.name + "`";
    ++counts[name];
  }
  std::string text;
  for (const auto &[name, count] : counts)
    text +=
        (text.empty() ? ": " : ", ") + std::to_string(count) + " of " + name;
  return text;
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
  std::string what = misfit.kind == Misfit::Kind::Resource ||
                             misfit.kind == Misfit::Kind::Slots
                         ? "neurons"
                     : misfit.kind == Misfit::Kind::Axons
                         ? limits.axons[misfit.index].name
                         : "routes";
  const Population &p = network.of(split.root(misfit.vertex));
  bool isAxons = what == "axons";
  return {"E0822",
          nameOf(misfit.vertex) + " does not fit: it needs " +
              std::to_string(misfit.need) + " " + what +
              " of one core; a core "
              "of " +
              chipName + " has " + std::to_string(misfit.capacity) +
              (isAxons ? ", too few by " +
                             std::to_string(misfit.need - misfit.capacity) +
                             sendersTo(misfit.vertex)
                       : ""),
          isAxons ? "fewer sources for each neuron; neurons between them that "
                    "add up would change the result, as a spike tells that a "
                    "sum has reached a threshold, and not the sum"
                  : "fewer connections, or a chip with larger cores",
          p.place};
}

void Allocator::listKinds() {
  std::vector<bool> has(size_t{UINT16_MAX} + 1);
  has[0] = true;
  for (uint32_t source = 0; source < coded.edges.numRows(); ++source)
    for (const CodedEdge &edge : coded.edges[source]) {
      numTypes = std::max(numTypes, edge.type + 1u);
      if (!delaysInSynapses)
        has[edge.delay] = true;
    }
  delayNumber.resize(has.size());
  for (size_t delay = 0; delay < has.size(); ++delay)
    if (has[delay]) {
      delayNumber[delay] = static_cast<uint16_t>(delays.size());
      delays.push_back(static_cast<uint16_t>(delay));
    }
}

/// Calls visit(axon, kind) by core, type and delay. Until the next call,
/// filled[kind] is the number of synapses.
template <typename Visit>
void Allocator::forEachAxon(uint32_t source, Visit visit) {
  kinds.clear();
  for (const CodedEdge &edge : coded.edges[source]) {
    uint64_t kind = kindOf(edge);
    if (filled[kind] == 0)
      kinds.push_back(kind);
    filled[kind] += copies[edge.target];
  }
  std::ranges::sort(kinds);
  for (uint64_t kind : kinds) {
    uint64_t group = kind / delays.size();
    visit(Axon{static_cast<uint32_t>(group / numTypes),
               static_cast<uint32_t>(group % numTypes),
               delays[kind % delays.size()], filled[kind]},
          kind);
  }
}

void Allocator::countAxons() {
  axonCount.assign(uint64_t{parts.numCores} * numTypes, 0);
  synapseCount.assign(axonCount.size(), 0);
  filled.assign(axonCount.size() * delays.size(), 0);
  routeCount.assign(coded.numNeurons + coded.numLines, 0);
  for (uint32_t source = 0; source < coded.edges.numRows(); ++source)
    forEachAxon(source, [&](const Axon &axon, uint64_t kind) {
      uint64_t group = axon.core * uint64_t{numTypes} + axon.type;
      ++axonCount[group];
      synapseCount[group] += axon.numSynapses;
      ++routeCount[source];
      filled[kind] = 0;
    });
}

std::optional<Refusal> Allocator::assign() {
  PartitionOptions options;
  options.effort = effort;
  Hypergraph graph = makeHypergraph();
  Limits limits = makeLimits(graph);
  CoreBounds bounds = coreBounds(graph, limits);
  mapping.report.coresBound = bounds.cores;
  mapping.report.boundsByResource = {{"neurons", bounds.byResource[0]}};
  for (size_t i = 0; i < limits.axons.size(); ++i)
    mapping.report.boundsByResource.emplace_back(limits.axons[i].name,
                                                 bounds.byAxons[i]);
  mapping.report.messagesBound =
      messageBound(graph, limits, /*fromOutside=*/false);
  std::variant<Partition, Misfit> made = partition(graph, limits, options);
  if (const Misfit *misfit = std::get_if<Misfit>(&made)) {
    listTooLarge(*misfit, graph, limits);
    return explain(*misfit, limits);
  }
  parts = std::move(std::get<Partition>(made));
  countAxons();
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    copies[n] = slotsFor(routeCount[n]);
  // Copies have synapses as well.
  if (limits.slots)
    countAxons();
  return placeCores(graph);
}

void Allocator::listTooLarge(const Misfit &misfit, const Hypergraph &graph,
                             const Limits &limits) {
  slotsOfCore = limits.capacities[0];
  tooLarge = misfit.all;
  if (misfit.kind == Misfit::Kind::Resource)
    for (uint32_t n = 0; n < coded.numNeurons; ++n)
      if (graph.need(n)[0] > slotsOfCore)
        tooLarge.emplace_back(n, graph.need(n)[0]);
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
  return std::nullopt;
}

void Allocator::emit() {
  // Slots: by core, then neuron, then copy.
  Members members(parts.numCores);
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    members[parts.core[n]].push_back(n);
  mapping.place.resize(coded.numNeurons);
  mapping.copies = copies;
  std::vector<uint32_t> firstNeuron;
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
  firstRoute.resize(coded.numNeurons + coded.numLines);
  emitCores(firstNeuron);
  emitNeurons(members);
  emitLines();
  emitAxons();
}

void Allocator::emitCores(const std::vector<uint32_t> &firstNeuron) {
  uint64_t axons = 0, synapses = 0;
  for (uint32_t core = 0; core < parts.numCores; ++core) {
    append(image.cores, {corePlace[core], firstNeuron[core],
                         static_cast<uint32_t>(axons), 0});
    for (uint32_t type = 0; type < numTypes; ++type) {
      uint64_t &numAxons = axonCount[core * uint64_t{numTypes} + type],
               &numSynapses = synapseCount[core * uint64_t{numTypes} + type];
      axons += std::exchange(numAxons, axons);
      synapses += std::exchange(numSynapses, synapses);
    }
  }
  // Each has a row where each row belongs to a neuron, or to a line.
  if (ownAxons())
    axons = coded.numNeurons + coded.numLines;
  resize(image.axonGroups, axons);
  if (image.chip.receptors > 1)
    resize(image.axonReceptors, axons);
  resize(image.firstSynapse, axons + 1);
  image.firstSynapse[axons] = synapses;
  resize(image.synapses, synapses);
}

/// Neurons with their copies, of which each has its share of the routes.
void Allocator::emitNeurons(const Members &members) {
  size_t parameters = image.chip.parameters, registers = image.chip.registers,
         types = isTable() ? static_cast<size_t>(limit("weight_types")) : 0;
  append(image.firstRoute, uint64_t{0});
  auto blank = Probe(chip).neutral();
  uint64_t routes = 0;
  for (uint32_t core = 0; core < parts.numCores; ++core) {
    for (uint32_t n : members[core]) {
      uint64_t all = routeCount[n], share = (all + copies[n] - 1) / copies[n];
      for (uint32_t copy = 0; copy < copies[n]; ++copy) {
        for (size_t i = 0; i < parameters; ++i)
          append(image.parameters, coded.parameters[n * parameters + i]);
        for (size_t i = 0; i < registers; ++i)
          append(image.initial, coded.initial[n * registers + i]);
        for (size_t i = 0; i < types; ++i)
          append(image.weightTable, coded.tables[n * types + i]);
        append(image.firstRoute, routes + std::min(all, (copy + 1) * share));
      }
      firstRoute[n] = routes;
      routes += all;
    }
    for (uint32_t line = 0; ownAxons() && line < coded.numLines; ++line) {
      for (int64_t value : blank)
        append(image.parameters, static_cast<int32_t>(value));
      for (size_t i = 0; i < registers; ++i)
        append(image.initial, 0);
      append(image.firstRoute, routes);
    }
  }
  resize(image.routes, routes);
}

void Allocator::emitLines() {
  uint64_t routes = 0;
  for (uint32_t line = 0; line < coded.numLines; ++line) {
    append(image.inputs, {routes, NoCore, 0});
    firstRoute[coded.numNeurons + line] = routes;
    routes += routeCount[coded.numNeurons + line];
  }
  resize(image.inputRoutes, routes);
}

/// From what is left in the counts: where the next axon of a core and type
/// goes, and where its synapses do.
void Allocator::emitAxons() {
  std::vector<uint32_t> slot(coded.numNeurons);
  for (uint32_t n = 0; n < coded.numNeurons; ++n)
    slot[n] = mapping.place[n] - image.cores[parts.core[n]].firstNeuron;
  uint32_t numSources = coded.numNeurons + coded.numLines;
  for (uint32_t source = 0; source < numSources; ++source) {
    Buffer<Route> &routes =
        source < coded.numNeurons ? image.routes : image.inputRoutes;
    if (ownAxons())
      image.firstSynapse[source] = synapseCount[0];
    if (source >= coded.edges.numRows())
      continue;
    forEachAxon(source, [&](const Axon &axon, uint64_t kind) {
      uint64_t group = axon.core * uint64_t{numTypes} + axon.type;
      uint64_t number = ownAxons() ? source : axonCount[group]++;
      image.axonGroups[number] = static_cast<int8_t>(isTable() ? axon.type : 0);
      if (image.chip.receptors > 1)
        image.axonReceptors[number] = static_cast<uint8_t>(axon.type);
      image.firstSynapse[number] = synapseCount[group];
      filled[kind] = synapseCount[group];
      synapseCount[group] += axon.numSynapses;
      routes[firstRoute[source]++] = {
          axon.core,
          static_cast<uint32_t>(number - image.cores[axon.core].firstAxon),
          axon.delay};
    });
    for (const CodedEdge &edge : coded.edges[source]) {
      uint64_t &next = filled[kindOf(edge)];
      for (uint32_t copy = 0; copy < copies[edge.target]; ++copy)
        image.synapses[next++] = {
            static_cast<uint16_t>(slot[edge.target] + copy),
            isTable() ? int16_t{0} : edge.weight,
            delaysInSynapses ? edge.delay : uint16_t{0}};
    }
    for (uint64_t kind : kinds)
      filled[kind] = 0;
  }
}

std::variant<Mapping, Refusal> Allocator::run() {
  if (std::optional<Refusal> refusal = checkDelays())
    return *refusal;
  listKinds();
  if (std::optional<Refusal> refusal = assign())
    return *refusal;
  emit();
  return std::move(mapping);
}

std::vector<double> Mapping::spikesOn(const Image &image,
                                      const std::vector<double> &spikes) const {
  std::vector<double> all(image.neurons());
  auto numNeurons = static_cast<uint32_t>(place.size() - helpers.size());
  for (uint32_t n = 0; n < place.size(); ++n)
    std::fill_n(all.begin() + place[n], copies[n], spikes[root(n)]);
  all.insert(all.end(), spikes.begin() + numNeurons, spikes.end());
  return all;
}

/// What would have saved replicas.
static Refusal advised(Refusal refusal, const Network &network,
                       const Split &split) {
  if (!split.hurried())
    return refusal;
  auto [source, target, late] = *split.hurried();
  const Population &from = network.of(source), &to = network.of(target);
  for (const Wiring &wire : network.wiring) {
    if (wire.fromSource ||
        network.populations[wire.source].first != from.first ||
        network.populations[wire.target].first != to.first)
      continue;
    char text[160];
    std::snprintf(text, sizeof text,
                  "it has a delay of %.6g ms; with %.6g ms or more, relays "
                  "could send on what `",
                  (late + 1) * network.step, (late + 2) * network.step);
    refusal.help = "`" + wire.path + "`" +
                   (wire.place.empty() ? "" : " at " + wire.place) +
                   " needs replicas of whole neurons: " + text + from.name +
                   "[" + std::to_string(source - from.first) + "]` sends";
    refusal.place = wire.place;
    break;
  }
  return refusal;
}

std::variant<Mapping, Refusal> allocate(const Network &network,
                                        const CodedNetwork &coded,
                                        const std::vector<double> &rates,
                                        const lang::checked::Chip &chip,
                                        Image &image, uint32_t effort) {
  Split split(coded, chip);
  std::optional<MappingReport> bounds; // of the network as it was given
  for (;;) {
    std::vector<double> spread = split.spread(rates);
    Allocator allocator(network, split, spread, chip, image, effort);
    std::variant<Mapping, Refusal> made = allocator.run();
    if (Mapping *mapping = std::get_if<Mapping>(&made)) {
      if (bounds) {
        mapping->report.coresBound = bounds->coresBound;
        mapping->report.boundsByResource = bounds->boundsByResource;
        mapping->report.messagesBound = bounds->messagesBound;
      }
      mapping->helpers = split.helpers();
      for (const Helper &helper : mapping->helpers)
        ++(helper.isRelay ? mapping->report.relays : mapping->report.replicas);
      if (!mapping->helpers.empty())
        mapping->split = split.coded();
      // Copies spike as well.
      double spikes = 0;
      for (size_t i = 0; i < spread.size(); ++i)
        spikes +=
            spread[i] * (i < mapping->copies.size() ? mapping->copies[i] : 1);
      if (spikes > 0)
        mapping->report.messagesBound /= spikes;
      return made;
    }
    if (!bounds)
      bounds = allocator.bounds();
    if (allocator.tooLarge.empty() ||
        !split.divide(allocator.tooLarge, allocator.slotsOfCore))
      return advised(std::get<Refusal>(std::move(made)), network, split);
  }
}

} // namespace snn::target::cores
