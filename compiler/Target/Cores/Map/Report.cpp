//===- Report.cpp - What a mapping came to --------------------------------===//
//
// Every spike is followed along its routes: to links by XY routing, to axons
// and the synapses on them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Report.h"

#include "compiler/Target/Cores/Route/Routes.h"

#include <algorithm>
#include <cmath>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

class Meter {
public:
  Meter(const Image &image, const lang::checked::Chip &chip,
        const std::vector<double> &spikes, uint32_t ticks,
        MappingReport &report)
      : image(image), chip(chip), spikes(spikes), ticks(ticks), report(report),
        mesh{image.chip.columns, image.chip.rows, image.chip.coresPerRouter},
        load(mesh.numLinks()), arriving(image.axons()) {}

  void run() {
    holdings();
    for (uint64_t core = 0; core < image.cores.size(); ++core)
      for (uint32_t n = image.cores[core].firstNeuron;
           n < image.endNeuron(core); ++n) {
        report.spikes += spikes[n];
        report.cores[core].spikes += spikes[n];
        for (uint64_t i = image.firstRoute[n]; i < image.firstRoute[n + 1]; ++i)
          follow(image.routes[i], spikes[n], static_cast<uint32_t>(core));
      }
    for (uint64_t line = 0; line < image.inputs.size(); ++line) {
      double count = spikes[image.neurons() + line];
      report.spikes += count;
      for (uint64_t i = image.inputs[line].firstRoute;
           i < image.endInputRoute(line); ++i)
        follow(image.inputRoutes[i], count, NoCore);
    }
    operations();
    links();
    report.energy = energy();
    report.tickTime = tickTime();
  }

private:
  const Image &image;
  const lang::checked::Chip &chip;
  const std::vector<double> &spikes;
  double ticks;
  MappingReport &report;
  Mesh mesh;
  std::vector<double> load;     // of each Link
  std::vector<double> arriving; // spikes on each axon
  std::vector<Link> way;
  double allMessages = 0; // with those to the own core

  Router routerOf(uint32_t core) const {
    uint32_t place = image.cores[core].place / image.chip.coresPerRouter;
    return image.chip.order == RouterOrder::Rows
               ? place
               : mesh.at(place / image.chip.rows, place % image.chip.rows);
  }

  void holdings() {
    report.columns = mesh.width;
    report.rows = mesh.height;
    report.uses = {{"neurons"}, {"axons"}, {"core_routes"}, {"synapses"}};
    for (Use &use : report.uses)
      if (auto found = chip.numbers.find(use.resource);
          found != chip.numbers.end())
        use.capacity = found->second;
    for (uint32_t core = 0; core < image.cores.size(); ++core) {
      const emulator::Core &one = image.cores[core];
      uint32_t endNeuron = image.endNeuron(core), endAxon = image.endAxon(core);
      CoreLoad has;
      has.x = mesh.x(routerOf(core));
      has.y = mesh.y(routerOf(core));
      has.neurons = endNeuron - one.firstNeuron;
      has.axons = endAxon - one.firstAxon;
      has.routes =
          image.firstRoute[endNeuron] - image.firstRoute[one.firstNeuron];
      has.synapses =
          image.firstSynapse[endAxon] - image.firstSynapse[one.firstAxon];
      report.cores.push_back(has);
      uint64_t counts[] = {has.neurons, has.axons, has.routes, has.synapses};
      for (size_t i = 0; i < report.uses.size(); ++i) {
        report.uses[i].most = std::max(report.uses[i].most, counts[i]);
        report.uses[i].total += counts[i];
      }
    }
  }

  void follow(const Route &route, double count, uint32_t from) {
    if (route.core == OutputCore)
      return;
    arriving[image.cores[route.core].firstAxon + route.axon] += count;
    if (from == NoCore)
      return;
    allMessages += count;
    if (route.core == from)
      return;
    report.messages += count;
    report.cores[from].messages += count;
    way.clear();
    appendUnicast(mesh, routerOf(from), routerOf(route.core), way);
    for (Link link : way) {
      load[link] += count;
      (link % 4 == East || link % 4 == West ? report.hopsX : report.hopsY) +=
          count;
    }
  }

  void operations() {
    for (uint64_t core = 0; core < image.cores.size(); ++core)
      for (uint32_t axon = image.cores[core].firstAxon;
           axon < image.endAxon(core); ++axon)
        report.cores[core].operations +=
            arriving[axon] * static_cast<double>(image.firstSynapse[axon + 1] -
                                                 image.firstSynapse[axon]);
    for (const CoreLoad &core : report.cores)
      report.operations += core.operations;
  }

  void links() {
    for (Link link = 0; link < load.size(); ++link) {
      if (load[link] == 0)
        continue;
      Router from = link / 4,
             to = mesh.next(from, static_cast<Direction>(link % 4));
      report.links.push_back(
          {mesh.x(from), mesh.y(from), mesh.x(to), mesh.y(to), load[link]});
    }
  }

  /// As if each neuron changed in each tick, which is more than there can be.
  Energy energy() const {
    auto whole = [](double count) {
      return static_cast<uint64_t>(std::llround(count));
    };
    Counters counts;
    counts.accesses = whole(ticks * image.neurons());
    counts.updates = counts.accesses;
    counts.synapticEvents = whole(report.operations);
    for (const CoreLoad &core : report.cores)
      counts.spikes += whole(core.spikes);
    counts.messages = whole(allMessages);
    counts.hopsX = whole(report.hopsX);
    counts.hopsY = whole(report.hopsY);
    return energyOf(counts, image.chip.costs);
  }

  std::optional<double> tickTime() const {
    if (chip.times.empty() || ticks == 0)
      return std::nullopt;
    auto time = [&](const char *name) {
      auto found = chip.times.find(name);
      return found == chip.times.end() ? 0 : found->second * 1e-9;
    };
    double busiest = 0;
    for (const CoreLoad &core : report.cores) {
      double each = static_cast<double>(core.neurons) *
                        (time("time_access") + time("time_update")) +
                    (core.spikes * time("time_spike") +
                     core.messages * time("time_message") +
                     core.operations * time("time_synapse")) /
                        ticks;
      busiest = std::max(busiest, each);
    }
    double way = report.messages > 0 ? (report.hopsX * time("time_hop_x") +
                                        report.hopsY * time("time_hop_y")) /
                                           report.messages
                                     : 0;
    return busiest + way + time("time_barrier");
  }
};

} // namespace

void measure(const Image &image, const lang::checked::Chip &chip,
             const std::vector<double> &spikes, uint32_t ticks,
             MappingReport &report) {
  Meter(image, chip, spikes, ticks, report).run();
}

} // namespace snn::target::cores
