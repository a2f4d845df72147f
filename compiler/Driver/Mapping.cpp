//===- Mapping.cpp - From a model to the image of a chip --------*- C++ -*-===//
//
// See the header. The manifest names every neuron: where it is in the image,
// and what its numbers mean in the model.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Mapping.h"

#include "compiler/Driver/Chips.h"
#include "compiler/Driver/Execution.h"
#include "compiler/Driver/ImageCheck.h"
#include "compiler/Driver/SpikeStatistics.h"
#include "runtime/lib/Record/Results.h"
#include "snn/network.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

using namespace snn;
using namespace snn::driver;
using namespace snn::target::cores;
using Json = nlohmann::ordered_json;

namespace {

class Mapper {
public:
  Mapper(const ModelOptions &options, const LimitOptions &limits,
         const lang::checked::Chip &chip, const Console &console,
         MappedModel &result)
      : limits(limits), chip(chip), console(console), model(options, console),
        file(options.file), mapped(result) {}
  std::optional<Stop> run(const std::vector<lang::Override> &point);

private:
  const LimitOptions &limits;
  const lang::checked::Chip &chip;
  const Console &console;
  Model model;
  std::string file;
  MappedModel &mapped;
  lang::checked::Experiment experiment; // as asked for
  lang::checked::Experiment whole;      // everything recorded from the start
  std::vector<double> rates;
  std::vector<std::pair<uint32_t, Edge>> driven;     // by lines of drives
  std::vector<std::pair<uint32_t, uint32_t>> events; // tick, line
  std::vector<uint64_t> spikes; // of each population of the CPU's model
  /// What 1 of a state is in results, by "E/V".
  std::map<std::string, double> shown;
  std::vector<SpikeStatistics> statistics; // likewise
  uint64_t hash = 0;

  std::optional<Stop> simulate();
  std::optional<Stop> observe(const snn_model &compiled);
  std::optional<Failure> readEdges(const snn_model &compiled);
  std::optional<Failure> readDrives(const snn_model &compiled);
  std::optional<Failure> readStates(const snn_model &compiled,
                                    snn_instance *instance);
  void readSpikes(const snn_model &compiled, const snn_instance *instance);
  void sortEvents();
  std::optional<Failure> emit();
  std::string manifest() const;

  /// Where an image has a state that the experiment records.
  struct Probed {
    size_t population;
    size_t slot;
    /// One of the register in results, and what it has at zero.
    double unit = 1, origin = 0;
  };
  std::optional<Probed> probedBy(const lang::checked::Record &record) const;

  static Failure failureOfRefusal(const Refusal &refusal) {
    return {ExitCode::Target,
            (refusal.place.empty() ? "" : refusal.place + ": ") +
                refusal.message,
            refusal.help, refusal.code};
  }
};

/// No chip delays a spike for longer.
uint16_t ticks(uint32_t delay) {
  return static_cast<uint16_t>(std::min<uint32_t>(delay, UINT16_MAX));
}

/// Edges of a projection, which are visited twice: first they are counted.
class EdgeSink {
public:
  EdgeSink(const Network &network, const Wiring &wire, EdgeFiller &filler)
      : filler(filler), to(network.populations[wire.target]),
        port(to.ports[wire.port]),
        first(wire.fromSource
                  ? network.numNeurons + network.sources[wire.source].first
                  : network.populations[wire.source].first) {}

  static int32_t count(void *context, uint32_t source, uint32_t, double,
                       uint32_t) {
    auto &sink = *static_cast<EdgeSink *>(context);
    sink.filler.count(sink.first + source);
    return 0;
  }
  static int32_t add(void *context, uint32_t source, uint32_t target,
                     double weight, uint32_t delay) {
    auto &sink = *static_cast<EdgeSink *>(context);
    // A current acts on the potential one step after it was raised.
    uint32_t late = sink.port.isCurrent ? delay : delay - 1;
    sink.filler.add(sink.first + source,
                    {weight * sink.port.gain, sink.to.first + target,
                     ticks(late), static_cast<uint8_t>(sink.port.receptor)});
    return 0;
  }

private:
  EdgeFiller &filler;
  const target::cores::Population &to;
  const Port &port;
  uint32_t first; // source
};

/// What the events of a drive become.
struct DriveSink {
  const Network &network;
  const Drive &drive;
  std::vector<std::pair<uint32_t, Edge>> &edges;      // with their sources
  std::vector<std::pair<uint32_t, uint32_t>> &events; // tick, line
  std::vector<double> &rates;
  std::vector<uint32_t> lineOf; // of each neuron of the population
  uint32_t lines = 0;
  const Port &port() const {
    return network.populations[drive.target].ports[drive.port];
  }
};

int32_t addDriven(void *context, uint32_t neuron, double weight) {
  auto &sink = *static_cast<DriveSink *>(context);
  uint32_t line = sink.drive.first + sink.lines++;
  sink.lineOf[neuron] = line;
  sink.edges.emplace_back(
      sink.network.numNeurons + line,
      Edge{weight * sink.port().gain,
           sink.network.populations[sink.drive.target].first + neuron, 0,
           static_cast<uint8_t>(sink.port().receptor)});
  return 0;
}

/// Events that an image can hold, 8 bytes each.
constexpr size_t MostEvents = size_t{1} << 28;
/// What ends their enumeration; faults of the model end it with an exit code.
constexpr int32_t TooManyEvents = -1;

int32_t addDriveEvents(void *context, uint32_t neuron, uint64_t step,
                       uint32_t count) {
  auto &sink = *static_cast<DriveSink *>(context);
  if (sink.events.size() + count > MostEvents)
    return TooManyEvents;
  // A current acts on the potential one step after it was raised.
  auto tick = static_cast<uint32_t>(step + sink.port().isCurrent);
  uint32_t line = sink.lineOf[neuron];
  sink.events.insert(sink.events.end(), count, {tick, line});
  sink.rates[sink.network.numNeurons + line] += count;
  return 0;
}

} // namespace

std::optional<Failure> Mapper::readDrives(const snn_model &compiled) {
  Network &network = mapped.network;
  snn_error error = {};
  for (const Drive &drive : network.drives) {
    uint32_t number = 0;
    while (number < compiled.num_drives &&
           drive.path != compiled.drives[number].path)
      ++number;
    if (number == compiled.num_drives)
      return Failure{ExitCode::Internal, "a drive was lost: " + drive.path, ""};
    const target::cores::Population &target = network.populations[drive.target];
    DriveSink sink{network, drive, driven,
                   events,  rates, std::vector<uint32_t>(target.size)};
    if (snn_enumerate_drive_weights(&compiled, number,
                                    experiment.seeds.stimulus, addDriven, &sink,
                                    &error) != 0)
      return failureOf(error);
    int32_t status =
        snn_enumerate_drive(&compiled, number, experiment.seeds.stimulus,
                            mapped.ticks, addDriveEvents, &sink, &error);
    if (status == TooManyEvents)
      return failureOfRefusal(
          {"E0822",
           "`" + target.name +
               "` does not fit: its Poisson drive has more than " +
               std::to_string(MostEvents) +
               " events, which would be sent to the chip one by one",
           "a shorter experiment, a longer step, or a drive of fewer and "
           "heavier events",
           target.place});
    if (status != 0)
      return failureOf(error);
  }
  return std::nullopt;
}

std::optional<Failure> Mapper::readEdges(const snn_model &compiled) {
  Network &network = mapped.network;
  snn_error error = {};
  EdgeFiller filler(network.numNeurons + network.numLines);
  auto visit = [&](snn_edge_fn edge) -> std::optional<Failure> {
    for (const Wiring &wire : network.wiring) {
      EdgeSink sink(network, wire, filler);
      const snn_projection *found = nullptr;
      for (uint32_t i = 0; i < compiled.num_projections; ++i)
        if (wire.path == compiled.projections[i].path)
          found = &compiled.projections[i];
      if (!found)
        return Failure{ExitCode::Internal,
                       "a projection was lost: " + wire.path, ""};
      if (snn_enumerate_edges(found, compiled.step, experiment.seeds.network,
                              edge, &sink, &error) != 0)
        return failureOf(error);
    }
    return std::nullopt;
  };
  for (const auto &[line, edge] : driven)
    filler.count(line);
  if (std::optional<Failure> failure = visit(EdgeSink::count))
    return failure;
  filler.reserve();
  for (const auto &[line, edge] : driven)
    filler.add(line, edge);
  if (std::optional<Failure> failure = visit(EdgeSink::add))
    return failure;
  uint64_t all = filler.size();
  network.edges = filler.finish();
  // Of programs, not all add what arrives.
  if (network.programs && network.edges.size() != all)
    return failureOfRefusal(
        {"E0821",
         "`" + experiment.name + "` cannot be expressed on `" + chip.name +
             "`: two connections lead from one neuron to another at once",
         "one connection with the sum of the weights", ""});
  return std::nullopt;
}

std::optional<Failure> Mapper::readStates(const snn_model &compiled,
                                          snn_instance *instance) {
  Network &network = mapped.network;
  network.potentials.resize(network.numNeurons);
  for (target::cores::Population &p : network.populations) {
    uint32_t number = snn_find_population(&compiled, p.name.c_str());
    auto read = [&](const std::string &state, double *to) {
      uint32_t field = number == SNN_NONE
                           ? SNN_NONE
                           : snn_find_field(&compiled, number, state.c_str());
      if (field == SNN_NONE ||
          snn_read_field(instance, number, field, 0, p.size, to) != SNN_OK)
        return false;
      double scale = compiled.populations[number].fields[field].scale;
      shown[p.name + "/" + state] = scale;
      for (uint32_t i = 0; i < p.size; ++i)
        to[i] /= scale;
      return true;
    };
    bool found = network.programs ||
                 read(p.potential, network.potentials.data() + p.first);
    for (const std::string &state : p.states)
      found = found && read(state, p.initial.emplace_back(p.size).data());
    if (!found)
      return Failure{ExitCode::Internal, "a state was lost: " + p.name, ""};
  }
  return std::nullopt;
}

/// Into the image, by tick, then line: there may be hundreds of millions, of
/// which few are of one tick.
void Mapper::sortEvents() {
  emulator::Buffer<emulator::InputEvent> &sorted = mapped.image.events;
  std::vector<uint64_t> end(size_t{mapped.ticks} + 2);
  for (auto [tick, line] : events)
    ++end[tick + 1];
  for (size_t tick = 1; tick < end.size(); ++tick)
    end[tick] += end[tick - 1];
  if (!sorted.resize(events.size()))
    abort();
  for (auto [tick, line] : events)
    sorted[end[tick]++] = {tick, line};
  events = {};
  for (size_t tick = 0, first = 0; tick + 1 < end.size(); ++tick) {
    std::sort(sorted.begin() + first, sorted.begin() + end[tick],
              [](const auto &a, const auto &b) { return a.line < b.line; });
    first = end[tick];
  }
}

void Mapper::readSpikes(const snn_model &compiled,
                        const snn_instance *instance) {
  const Network &network = mapped.network;
  auto read = [&](const std::string &name, uint32_t first, uint32_t size,
                  bool isSource) {
    statistics.emplace_back(size, experiment.warmupSteps);
    uint32_t number = snn_find_population(&compiled, name.c_str());
    uint64_t count = snn_read_spikes(instance, number, nullptr, nullptr);
    std::vector<double> times(count);
    std::vector<uint32_t> ids(count);
    snn_read_spikes(instance, number, times.data(), ids.data());
    for (uint64_t i = 0; i < count; ++i) {
      rates[(isSource ? network.numNeurons : 0) + first + ids[i]] += 1;
      auto stamp =
          static_cast<uint32_t>(std::llround(times[i] / compiled.step));
      statistics.back().add(ids[i], stamp);
      // Tick n makes the states of step n + 1, in which acts at the earliest
      // what was sent in step n.
      if (isSource)
        events.emplace_back(stamp, first + ids[i]);
    }
    spikes.push_back(count);
  };
  for (const target::cores::Population &p : network.populations)
    read(p.name, p.first, p.size, false);
  for (const Source &source : network.sources)
    read(source.name, source.first, source.size, true);
  sortEvents();
  hash = snn_spike_hash(instance);
}

std::optional<Stop> Mapper::simulate() {
  Expected<std::unique_ptr<CompiledModel>> compiled =
      compileInMemory(model.program(), whole, model.sources(), model.code());
  if (!compiled)
    return Stop{compiled.failure()};
  const snn_model &descriptor = (*compiled)->model();
  if (std::optional<Stop> stop = observe(descriptor))
    return stop;
  // Now, as there may not be room for the network twice.
  if (std::optional<Failure> failure = readEdges(descriptor))
    return Stop{*failure};
  return std::nullopt;
}

std::optional<Stop> Mapper::observe(const snn_model &descriptor) {
  Expected<snn_options> engine =
      engineOptions(limits, experiment.seeds, /*duration=*/-1);
  if (!engine)
    return Stop{engine.failure()};
  Expected<Run> run = Run::create(descriptor, *engine);
  if (!run)
    return model.notBegun(run.failure(), whole);
  if (std::optional<Failure> failure = readStates(descriptor, run->instance()))
    return Stop{*failure};
  rates.assign(mapped.network.numNeurons + mapped.network.numLines, 0);
  if (std::optional<Failure> failure = readDrives(descriptor))
    return Stop{*failure};
  if (std::optional<Failure> failure = run->finish(console))
    return Stop{*failure};
  readSpikes(descriptor, run->instance());
  return std::nullopt;
}

std::optional<Mapper::Probed>
Mapper::probedBy(const lang::checked::Record &record) const {
  if (record.kind != lang::checked::Record::Kind::Trace)
    return std::nullopt;
  const std::string &path =
      experiment.network.populations[record.target.population].path;
  const auto &all = mapped.network.populations;
  auto p = std::ranges::find(all, path, &target::cores::Population::name);
  if (p == all.end())
    return std::nullopt;
  auto number = static_cast<size_t>(p - all.begin());
  if (auto state = std::ranges::find(p->states, record.name);
      state != p->states.end())
    return Probed{number, static_cast<size_t>(state - p->states.begin())};
  if (mapped.network.programs || record.name != p->potential)
    return std::nullopt;
  auto slot = static_cast<size_t>(findRegister(chip, "v"));
  // Before there are codes, whether there is one is all that is asked.
  if (mapped.coded.losses.empty())
    return Probed{number, slot};
  double unit = shown.at(path + "/" + record.name);
  return Probed{number, slot, unit / mapped.coded.losses[number].scale,
                unit * p->origin};
}

std::string Mapper::manifest() const {
  const Network &network = mapped.network;
  Json json;
  json["format"] = 1;
  json["chip"] = chip.name;
  json["name"] = experiment.name;
  json["step_ms"] = network.step;
  json["warmup_ticks"] = experiment.warmupSteps;
  json["ticks"] = experiment.warmupSteps + experiment.durationSteps;
  json["seeds"] = {{"network", experiment.seeds.network},
                   {"initial", experiment.seeds.initial},
                   {"stimulus", experiment.seeds.stimulus}};
  json["populations"] = Json::array();
  for (size_t i = 0; i < network.populations.size(); ++i) {
    const target::cores::Population &p = network.populations[i];
    Json neurons = Json::array();
    std::optional<double> cv = statistics[i].cv();
    for (uint32_t n = 0; n < p.size; ++n)
      neurons.push_back(mapped.mapping.place[p.first + n]);
    json["populations"].push_back(
        {{"path", p.name},
         {"state", p.potential},
         {"scale", mapped.coded.losses[i].scale},
         {"origin", p.origin},
         {"cpu_spikes", spikes[i]},
         {"cpu_rate_hz",
          statistics[i].rate(experiment.durationSteps, network.step)},
         {"cpu_cv", cv ? Json(*cv) : Json()},
         {"neurons", std::move(neurons)}});
  }
  json["sources"] = Json::array();
  for (const Source &source : network.sources)
    json["sources"].push_back({{"path", source.name},
                               {"first", source.first},
                               {"size", source.size}});
  // Neurons that do what others do: where, how many, as whom, whether later.
  const Mapping &mapping = mapped.mapping;
  json["stands"] = Json::array();
  for (uint32_t n = 0; n < mapping.place.size(); ++n)
    if (mapping.isHelper(n) || mapping.copies[n] > 1)
      json["stands"].push_back({mapping.place[n], mapping.copies[n],
                                mapping.place[mapping.root(n)],
                                mapping.isRelay(n)});
  json["probes"] = Json::array();
  for (const lang::checked::Record &record : experiment.records)
    if (std::optional<Probed> probed = probedBy(record))
      json["probes"].push_back({{"population", probed->population},
                                {"name", record.name},
                                {"register", probed->slot},
                                {"unit", probed->unit},
                                {"origin", probed->origin},
                                {"first", record.target.first},
                                {"count", record.target.size()},
                                {"stride", record.target.stride},
                                {"every_ticks", record.everySteps}});
  json["records"] = Json::array();
  for (const lang::checked::Record &record : experiment.records)
    if (record.kind == lang::checked::Record::Kind::Spikes)
      json["records"].push_back(
          {{"population",
            experiment.network.populations[record.target.population].path},
           {"first", record.target.first},
           {"count", record.target.size()},
           {"stride", record.target.stride}});
  char text[17];
  json["cpu_spike_hash"] = runtime::formatHash(hash, text);
  json["limits_unknown"] = chip.unknown;
  return json.dump();
}

std::optional<Failure> Mapper::emit() {
  lang::checked::Chip used = chip;
  if (mapped.network.programs) {
    used.onSynapse = mapped.network.programs->onSynapse;
    used.onTick = mapped.network.programs->onTick;
  }
  declare(used, mapped.image);
  std::variant<CodedNetwork, Refusal> coded =
      mapped.network.programs ? take(mapped.network, chip)
                              : quantize(mapped.network, chip);
  if (const Refusal *refusal = std::get_if<Refusal>(&coded))
    return failureOfRefusal(*refusal);
  mapped.coded = std::move(std::get<CodedNetwork>(coded));
  mapped.network.edges = {};
  std::variant<Mapping, Refusal> made =
      allocate(mapped.network, mapped.coded, rates, chip, mapped.image);
  if (const Refusal *refusal = std::get_if<Refusal>(&made))
    return failureOfRefusal(*refusal);
  mapped.mapping = std::move(std::get<Mapping>(made));
  std::string text = manifest();
  snn_error error = {};
  if (!mapped.image.manifest.append(text.data(), text.size()))
    abort();
  if (!mapped.image.check(error))
    return failureOf(error);
  measure(mapped.image, chip, mapped.mapping.spikesOn(mapped.image, rates),
          mapped.ticks, mapped.mapping.report);
  mapped.spikes = rates;
  std::vector<std::string> broken = checkImage(mapped.image, chip);
  if (!broken.empty())
    return Failure{ExitCode::Internal,
                   "the image is not one of this chip: " + broken.front(), "",
                   "E0823"};
  return std::nullopt;
}

std::optional<Stop> Mapper::run(const std::vector<lang::Override> &point) {
  if (std::optional<Stop> stop =
          model.loadExperiment(file.empty() ? "." : file, experiment, point))
    return stop;
  // Of a combination, sweeps have no values of their own.
  if (std::ranges::any_of(experiment.sweeps,
                          [](const lang::checked::Sweep &sweep) {
                            return !sweep.values.empty();
                          }))
    return Stop{Failure{ExitCode::Usage,
                        "`" + experiment.name +
                            "` is a sweep; one network is mapped at a time",
                        "give its values with `--set`, or map another "
                        "experiment"}};
  experiment.sweeps.clear();
  if (experiment.schedule != lang::checked::Schedule::Normative)
    return Stop{Failure{ExitCode::Target,
                        "`" + experiment.name +
                            "` cannot be expressed on a chip: an order of "
                            "events that is another simulator's",
                        "leave out `schedule`", "E0821"}};
  for (const lang::checked::Projection &projection :
       experiment.network.projections)
    if (projection.plasticity) {
      std::string place;
      if (projection.range.isValid()) {
        const lang::SourceBuffer &text = model.sources().get(projection.range);
        place = text.name() + ":" +
                std::to_string(text.lineOf(projection.range.begin));
      }
      return Stop{failureOfRefusal(
          {"E0821",
           "`" + projection.path +
               "` cannot be expressed on a chip: weights that change",
           "constant weights", place})};
    }
  whole = experiment;
  mapped.experiment = experiment;
  mapped.name = experiment.name;
  mapped.ticks =
      static_cast<uint32_t>(experiment.warmupSteps + experiment.durationSteps);
  // States that a programmed chip shows must not be lost on the way to it.
  std::erase_if(whole.records, [&](const lang::checked::Record &record) {
    return !chip.isProgrammed() ||
           record.kind != lang::checked::Record::Kind::Trace;
  });
  whole.plots.clear();
  whole.warmupSteps = 0;
  whole.durationSteps = experiment.warmupSteps + experiment.durationSteps;
  for (unsigned i = 0; i < whole.network.populations.size(); ++i) {
    lang::checked::Record record;
    record.target.population = i;
    record.target.last = whole.network.populations[i].size - 1;
    whole.records.push_back(record);
  }
  std::variant<Network, Refusal, Failure> network =
      readNetwork(model.program(), whole, model.sources(), model.code(), chip);
  if (const Failure *failure = std::get_if<Failure>(&network))
    return Stop{*failure};
  if (const Refusal *refusal = std::get_if<Refusal>(&network))
    return Stop{failureOfRefusal(*refusal)};
  mapped.network = std::move(std::get<Network>(network));
  if (mapped.network.numNeurons == 0)
    return Stop{
        failureOfRefusal({"E0821",
                          "`" + experiment.name + "` cannot be expressed on `" +
                              chip.name + "`: it has sources, but no neurons",
                          "neurons that the sources drive", ""})};
  for (const lang::checked::Record &record : experiment.records)
    if (record.kind != lang::checked::Record::Kind::Spikes && !probedBy(record))
      console.note("`" + record.name +
                   "` is no state of the chip's neurons, and not recorded");
  if (std::optional<Stop> stop = simulate())
    return stop;
  if (std::optional<Failure> failure = emit())
    return Stop{*failure};
  return std::nullopt;
}

std::optional<Stop>
snn::driver::mapModel(const ModelOptions &options, const LimitOptions &limits,
                      const lang::checked::Chip &chip, const Console &console,
                      MappedModel &result,
                      const std::vector<lang::Override> &point) {
  return Mapper(options, limits, chip, console, result).run(point);
}

std::optional<Stop> snn::driver::mapModelTo(const std::string &chipName,
                                            const ModelOptions &options,
                                            const LimitOptions &limits,
                                            const Console &console,
                                            lang::checked::Chip &chip,
                                            MappedModel &result) {
  if (std::optional<Stop> stop = findChip(chipName, console, chip))
    return stop;
  return mapModel(options, limits, chip, console, result);
}
