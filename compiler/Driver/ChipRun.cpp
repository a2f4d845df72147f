//===- ChipRun.cpp - Runs an image on the emulator --------------*- C++ -*-===//
//
// Tick t makes the states of step t + 1: a spike in it has that stamp, as one
// of the CPU has. Counters and energies stand in the manifest beside it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ChipRun.h"

#include "compiler/Driver/Execution.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/SpikeStatistics.h"
#include "compiler/Driver/Version.h"
#include "runtime/emulator/FastEmulator.h"
#include "runtime/lib/Random/Hash.h"
#include "runtime/lib/Record/File.h"
#include "runtime/lib/Record/Npz.h"
#include "runtime/lib/Record/Results.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace snn;
using namespace snn::driver;
using Json = nlohmann::ordered_json;

namespace {

/// A population of the model as the image has it.
struct Seen {
  std::string path;
  uint64_t pathHash = 0, size = 0, spikes = 0, onCpu = 0;
  /// What it did on the CPU, where the image says so.
  std::optional<double> cpuRate, cpuCv;
  SpikeStatistics statistics{0, 0};
  std::vector<results::NeuronSet> recorded;
  std::vector<bool> neurons; // recorded
  std::vector<double> times; // ms
  std::vector<uint32_t> ids;
};

/// A state that is recorded.
struct Probe {
  std::string name; // of its array: "E/V"
  uint64_t slot = 0, every = 1;
  double unit = 1, origin = 0;
  std::vector<uint32_t> ids, neurons; // of the population; of the image
  std::vector<double> times, values;
};

/// Members of a manifest, which can be anything: false, or none, if it is not
/// of the kind that is asked for.
bool get(const Json &from, const char *key, std::string &to) {
  auto found = from.find(key);
  if (found == from.end() || !found->is_string())
    return false;
  to = found->get<std::string>();
  return true;
}
bool get(const Json &from, const char *key, uint64_t &to) {
  auto found = from.find(key);
  if (found == from.end() || !found->is_number_unsigned())
    return false;
  to = found->get<uint64_t>();
  return true;
}
bool get(const Json &from, const char *key, double &to) {
  auto found = from.find(key);
  if (found == from.end() || !found->is_number())
    return false;
  to = found->get<double>();
  return std::isfinite(to);
}
const Json *listOf(const Json &from, const char *key) {
  auto found = from.find(key);
  return found == from.end() || !found->is_array() ? nullptr : &*found;
}

class ImageRun {
public:
  ImageRun(const emulator::Image &image, const Console &console)
      : image(image), console(console) {}
  std::optional<Failure> read();
  std::optional<Failure> run(const emulator::Times &times, unsigned threads);
  std::optional<Failure> write(const std::string &output);
  std::optional<Failure> writeStats(const std::string &path) const;
  results::Recording recording();
  const std::string &resultsFolder() const { return folder; }

private:
  const emulator::Image &image;
  const Console &console;
  Json manifest;
  std::string name, hashOnCpu;
  double step = 0, seconds = 0; // ms of a tick; of the run, on this machine
  uint64_t ticks = 0, warmup = 0, hash = 0;
  std::vector<Seen> populations; // of the model, then its sources
  size_t modelled = 0;           // of these, those of the model
  std::vector<Probe> probes;
  /// Of each neuron of the image: population and index, or none.
  std::vector<std::pair<uint32_t, uint32_t>> meaning;
  std::vector<std::pair<uint32_t, uint32_t>> lines;
  emulator::FastEmulator engine;
  std::string folder;

  static constexpr uint32_t Nothing = UINT32_MAX;
  bool readAll();
  bool readPopulation(const Json &from);
  bool readSource(const Json &from);
  bool readRecord(const Json &from);
  bool readProbe(const Json &from);
  /// Those that a record or a probe is of, if the population has them.
  static std::optional<results::NeuronSet> neuronsOf(const Json &from,
                                                     const Seen &seen);
  void note(uint32_t population, uint32_t id, uint64_t tick);
  void sample(uint64_t stamp);
  void sortSpikes();
  std::optional<Failure> writeSpikes();
  std::optional<Failure> writeTraces();
  std::optional<Failure> writeManifest();
  void summarize() const;
  void compare() const;
  Json statistics() const;
  Json energyOf() const;
  Json links() const;
  std::string hashText() const {
    char text[17];
    return runtime::formatHash(hash, text);
  }
};

} // namespace

bool ImageRun::readPopulation(const Json &from) {
  const Json *neurons = listOf(from, "neurons");
  Seen seen;
  if (!neurons || !get(from, "path", seen.path))
    return false;
  seen.size = neurons->size();
  get(from, "cpu_spikes", seen.onCpu);
  if (double value = 0; get(from, "cpu_rate_hz", value))
    seen.cpuRate = value;
  if (double value = 0; get(from, "cpu_cv", value))
    seen.cpuCv = value;
  uint32_t id = 0;
  for (const Json &neuron : *neurons) {
    if (!neuron.is_number_unsigned() ||
        neuron.get<uint64_t>() >= meaning.size())
      return false;
    meaning[neuron.get<uint64_t>()] = {
        static_cast<uint32_t>(populations.size()), id++};
  }
  populations.push_back(std::move(seen));
  return true;
}

bool ImageRun::readSource(const Json &from) {
  Seen seen;
  uint64_t first = 0;
  if (!get(from, "path", seen.path) || !get(from, "size", seen.size) ||
      !get(from, "first", first) || seen.size > lines.size() ||
      first > lines.size() - seen.size)
    return false;
  for (uint32_t i = 0; i < seen.size; ++i)
    lines[first + i] = {static_cast<uint32_t>(populations.size()), i};
  populations.push_back(std::move(seen));
  return true;
}

std::optional<results::NeuronSet> ImageRun::neuronsOf(const Json &from,
                                                      const Seen &seen) {
  uint64_t first = 0, count = 0, stride = 0;
  if (!get(from, "first", first) || !get(from, "count", count) ||
      !get(from, "stride", stride) || count == 0 || stride == 0 ||
      first >= seen.size || count - 1 > (seen.size - 1 - first) / stride)
    return std::nullopt;
  return results::NeuronSet{first, count, stride};
}

bool ImageRun::readRecord(const Json &from) {
  std::string path;
  if (!get(from, "population", path))
    return false;
  for (Seen &seen : populations) {
    if (seen.path != path)
      continue;
    std::optional<results::NeuronSet> set = neuronsOf(from, seen);
    if (!set)
      return false;
    for (uint64_t i = 0; i < set->count; ++i)
      seen.neurons[set->id(i)] = true;
    seen.recorded.push_back(*set);
  }
  return true;
}

bool ImageRun::readProbe(const Json &from) {
  Probe probe;
  std::string state;
  uint64_t of = 0;
  if (!get(from, "population", of) || of >= modelled ||
      !get(from, "name", state) || !get(from, "register", probe.slot) ||
      probe.slot >= image.chip.registers ||
      !get(from, "every_ticks", probe.every) || probe.every == 0 ||
      !get(from, "unit", probe.unit) || !get(from, "origin", probe.origin))
    return false;
  const Seen &seen = populations[of];
  std::optional<results::NeuronSet> set = neuronsOf(from, seen);
  if (!set)
    return false;
  probe.name = seen.path + "/" + state;
  for (uint64_t i = 0; i < set->count; ++i) {
    uint64_t id = set->id(i);
    probe.ids.push_back(static_cast<uint32_t>(id));
    probe.neurons.push_back(
        manifest["populations"][of]["neurons"][id].get<uint32_t>());
  }
  auto same =
      std::count_if(probes.begin(), probes.end(), [&](const Probe &other) {
        return other.name == probe.name ||
               other.name.starts_with(probe.name + "#");
      });
  if (same)
    probe.name += "#" + std::to_string(same + 1);
  probes.push_back(std::move(probe));
  return true;
}

bool ImageRun::readAll() {
  const Json *from = listOf(manifest, "populations"),
             *sources = listOf(manifest, "sources"),
             *records = listOf(manifest, "records"),
             *states = listOf(manifest, "probes");
  // Ticks of events are counted in 32 bits.
  if (!from || !sources || !records || !states ||
      !get(manifest, "name", name) || !get(manifest, "step_ms", step) ||
      !(step > 0) || !get(manifest, "ticks", ticks) || ticks > UINT32_MAX ||
      !get(manifest, "warmup_ticks", warmup) || warmup > ticks ||
      !get(manifest, "cpu_spike_hash", hashOnCpu))
    return false;
  meaning.assign(image.neurons(), {Nothing, 0});
  lines.assign(image.inputs.size(), {Nothing, 0});
  auto all = [&](const Json &list, bool (ImageRun::*read)(const Json &)) {
    return std::ranges::all_of(
        list, [&](const Json &one) { return (this->*read)(one); });
  };
  if (!all(*from, &ImageRun::readPopulation))
    return false;
  modelled = populations.size();
  if (!all(*sources, &ImageRun::readSource))
    return false;
  for (Seen &one : populations) {
    one.pathHash = runtime::fnv1a64(one.path);
    one.neurons.assign(one.size, false);
    one.statistics = SpikeStatistics(one.size, warmup);
  }
  return all(*records, &ImageRun::readRecord) &&
         all(*states, &ImageRun::readProbe);
}

std::optional<Failure> ImageRun::read() {
  manifest = Json::parse(image.manifest.begin(), image.manifest.end(), nullptr,
                         /*allow_exceptions=*/false);
  if (!readAll())
    return Failure{
        ExitCode::BrokenFile,
        "the chip image is damaged: its manifest does not name its neurons",
        "map the model again: `snn map`", "E0801"};
  return std::nullopt;
}

/// What recorded states are at a point of time.
void ImageRun::sample(uint64_t stamp) {
  for (Probe &probe : probes) {
    if (stamp <= warmup || (stamp - warmup) % probe.every != 0)
      continue;
    probe.times.push_back(static_cast<double>(stamp) * step);
    for (uint32_t neuron : probe.neurons)
      probe.values.push_back(static_cast<double>(engine.state(
                                 neuron, static_cast<uint32_t>(probe.slot))) *
                                 probe.unit +
                             probe.origin);
  }
}

void ImageRun::note(uint32_t population, uint32_t id, uint64_t stamp) {
  Seen &seen = populations[population];
  ++seen.spikes;
  seen.statistics.add(id, stamp);
  hash += runtime::mix64(seen.pathHash, id, stamp);
  if (stamp <= warmup || !seen.neurons[id])
    return;
  seen.times.push_back(static_cast<double>(stamp) * step);
  seen.ids.push_back(id);
}

std::optional<Failure> ImageRun::run(const emulator::Times &times,
                                     unsigned threads) {
  emulator::Error error = {};
  if (!engine.create(image, error, times,
                     threads ? threads : runtime::availableCores()))
    return failureOf(error);
  auto start = std::chrono::steady_clock::now();
  uint64_t next = 0;
  std::vector<uint32_t> now;
  for (uint64_t tick = 0; tick < ticks; ++tick) {
    now.clear();
    for (; next < image.events.size() && image.events[next].tick <= tick;
         ++next)
      now.push_back(image.events[next].line);
    if (!engine.step(now.data(), now.size(), error))
      return failureOf(error);
    for (uint32_t line : now)
      if (lines[line].first != Nothing)
        note(lines[line].first, lines[line].second, tick);
    for (uint32_t neuron : engine.spikes())
      if (meaning[neuron].first != Nothing)
        note(meaning[neuron].first, meaning[neuron].second, tick + 1);
    sample(tick + 1);
  }
  seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  // Sources that spike at the very end reach nothing, but are counted.
  for (; next < image.events.size() && image.events[next].tick == ticks; ++next)
    if (uint32_t line = image.events[next].line; lines[line].first != Nothing)
      note(lines[line].first, lines[line].second, ticks);
  sortSpikes();
  return std::nullopt;
}

/// By time, then index, as everywhere.
void ImageRun::sortSpikes() {
  for (Seen &seen : populations) {
    std::vector<std::pair<double, uint32_t>> sorted;
    for (size_t i = 0; i < seen.ids.size(); ++i)
      sorted.emplace_back(seen.times[i], seen.ids[i]);
    std::sort(sorted.begin(), sorted.end());
    for (size_t i = 0; i < sorted.size(); ++i)
      std::tie(seen.times[i], seen.ids[i]) = sorted[i];
  }
}

results::Recording ImageRun::recording() {
  results::Recording result;
  result.model = name;
  result.step = step;
  result.window = {static_cast<double>(warmup) * step,
                   static_cast<double>(ticks) * step};
  for (Seen &seen : populations) {
    if (seen.recorded.empty())
      continue;
    results::SpikeTrains &trains = result.spikes.emplace_back();
    trains.population = seen.path;
    results::setRecorded(trains, seen.recorded);
    trains.times = std::move(seen.times);
    trains.ids = std::move(seen.ids);
  }
  return result;
}

std::optional<Failure> ImageRun::writeSpikes() {
  emulator::Error error = {};
  runtime::OutputFile file;
  if (!file.open((folder + "/spikes.npz").c_str(), /*inPlace=*/false, error))
    return failureOf(error);
  runtime::NpzWriter npz(file);
  for (Seen &seen : populations) {
    if (seen.recorded.empty())
      continue;
    auto array = [&](const char *name, const char *type, uint64_t item,
                     const void *data) {
      if (!npz.begin((seen.path + name).c_str(), type, item, seen.ids.size()))
        return false;
      npz.add(data, seen.ids.size() * item);
      npz.end();
      return true;
    };
    if (!array("/t", "<f8", sizeof(double), seen.times.data()) ||
        !array("/id", "<u4", sizeof(uint32_t), seen.ids.data()))
      return Failure{ExitCode::ResourceLimit,
                     "there is no memory to write the spikes", ""};
  }
  npz.finish();
  if (!file.finish(error) || !file.publish(error))
    return failureOf(error);
  return std::nullopt;
}

std::optional<Failure> ImageRun::writeTraces() {
  emulator::Error error = {};
  runtime::OutputFile file;
  if (!file.open((folder + "/traces.npz").c_str(), /*inPlace=*/false, error))
    return failureOf(error);
  runtime::NpzWriter npz(file);
  for (const Probe &probe : probes) {
    uint64_t width = probe.ids.size();
    auto array = [&](const char *name, const char *type, const auto &items,
                     auto... columns) {
      uint64_t size = sizeof(items.front()), rows = items.size();
      ((rows /= columns), ...);
      if (!npz.begin((probe.name + name).c_str(), type, size, rows, columns...))
        return false;
      npz.add(items.data(), items.size() * size);
      npz.end();
      return true;
    };
    if (!array("", "<f8", probe.values, width) ||
        !array("/t", "<f8", probe.times) || !array("/ids", "<u4", probe.ids))
      return Failure{ExitCode::ResourceLimit,
                     "there is no memory to write the traces", ""};
  }
  npz.finish();
  if (!file.finish(error) || !file.publish(error))
    return failureOf(error);
  return std::nullopt;
}

static Json countersOf(const emulator::Counters &counts) {
  return {{"neuron_updates", counts.accesses},
          {"active_updates", counts.updates},
          {"synaptic_operations", counts.synapticEvents},
          {"spikes", counts.spikes},
          {"input_spikes", counts.inputSpikes},
          {"messages", counts.messages},
          {"hops_x", counts.hopsX},
          {"hops_y", counts.hopsY},
          {"fullest_link", counts.fullestLink},
          {"outputs", counts.outputs},
          {"merged", counts.merged},
          {"dropped", counts.dropped},
          {"queue_mark", counts.queueMark},
          {"wraps", counts.overflows.wraps},
          {"saturations", counts.overflows.saturations}};
}

Json ImageRun::energyOf() const {
  emulator::Energy energy =
      emulator::energyOf(engine.counters(), image.chip.costs);
  return {{"synapses", energy.synapses},
          {"neurons", energy.neurons},
          {"network", energy.network},
          {"total", energy.total()}};
}

/// Links that messages took, and how many.
Json ImageRun::links() const {
  static constexpr const char *Ways[] = {"east", "west", "south", "north"};
  Json all = Json::array();
  const emulator::Buffer<uint64_t> &load = engine.mesh().links();
  for (uint64_t i = 0; i < load.size(); ++i)
    if (load[i])
      all.push_back({{"x", i / 4 % image.chip.columns},
                     {"y", i / 4 / image.chip.columns},
                     {"to", Ways[i % 4]},
                     {"messages", load[i]}});
  return all;
}

/// The keys of a run on this machine, and what the chip counted.
std::optional<Failure> ImageRun::writeStats(const std::string &path) const {
  const emulator::Counters &counts = engine.counters();
  double time = static_cast<double>(ticks) * step / 1000;
  uint64_t neurons = 0, all = 0;
  Json rates = Json::object();
  for (const Seen &seen : populations) {
    neurons += seen.size;
    all += seen.spikes;
    rates[seen.path] = static_cast<double>(seen.spikes) /
                       static_cast<double>(seen.size) / time;
  }
  Json json = {
      {"target", image.chip.name},
      {"neurons", neurons},
      {"synapses", image.synapses.size()},
      {"steps", ticks},
      {"spikes", all},
      {"synaptic_events", counts.synapticEvents},
      {"bio_time_s", time},
      {"wall_s", seconds},
      {"rtf", seconds / time},
      {"threads", engine.threads()},
      {"rates_hz", std::move(rates)},
      {"spike_hash", hashText()},
      {"ops",
       {{"sops", counts.synapticEvents}, {"neuron_updates", counts.accesses}}},
      {"counters", countersOf(counts)},
      {"links", links()},
      {"energy_j", energyOf()},
      {"chip_s", engine.mesh().clock().seconds()},
      {"longest_tick_s", engine.mesh().clock().longestTick()}};
  return writeFile(path, json.dump(1) + "\n");
}

std::optional<Failure> ImageRun::writeManifest() {
  const emulator::Counters &counts = engine.counters();
  Json json;
  uint64_t all = 0;
  Json sizes = Json::object(), compared = Json::object();
  for (const Seen &seen : populations) {
    all += seen.spikes;
    sizes[seen.path] = seen.size;
    if (&seen - populations.data() < static_cast<int64_t>(modelled))
      compared[seen.path] = {{"chip", seen.spikes}, {"cpu", seen.onCpu}};
  }
  json["format"] = 1;
  json["name"] = name;
  json["target"] = image.chip.name;
  json["compiler_version"] = versionText();
  json["seeds"] = manifest.value("seeds", Json::object());
  json["step_ms"] = step;
  json["warmup_ms"] = static_cast<double>(warmup) * step;
  json["duration_ms"] = static_cast<double>(ticks - warmup) * step;
  json["steps"] = ticks;
  json["time_ms"] = static_cast<double>(ticks) * step;
  json["spikes"] = all;
  json["spike_hash"] = hashText();
  json["cpu_spike_hash"] = hashOnCpu;
  json["populations"] = sizes;
  json["population_spikes"] = compared;
  json["population_statistics"] = statistics();
  json["records"] = manifest["records"];
  json["counters"] = countersOf(counts);
  json["energy_j"] = energyOf();
  json["chip_s"] = engine.mesh().clock().seconds();
  json["longest_tick_s"] = engine.mesh().clock().longestTick();
  json["exit_code"] = 0;
  json["exit_reason"] = "completed";
  return writeFile(folder + "/manifest.json", json.dump(1) + "\n");
}

std::optional<Failure> ImageRun::write(const std::string &output) {
  folder = output;
  if (folder.empty()) {
    Expected<std::string> made = newResultsFolder(name);
    if (!made)
      return made.failure();
    folder = *made;
  }
  emulator::Error error = {};
  if (!runtime::makeFolders(folder.c_str(), error))
    return failureOf(error);
  if (std::optional<Failure> failure = writeSpikes())
    return failure;
  if (std::optional<Failure> failure = writeTraces())
    return failure;
  if (std::optional<Failure> failure = writeManifest())
    return failure;
  summarize();
  return std::nullopt;
}

/// What each population did here and on the CPU, after the warm-up.
Json ImageRun::statistics() const {
  Json all = Json::object();
  auto orNull = [](const std::optional<double> &value) {
    return value ? Json(*value) : Json();
  };
  for (size_t i = 0; i < modelled; ++i) {
    const Seen &seen = populations[i];
    all[seen.path] = {{"rate_hz",
                       {{"cpu", orNull(seen.cpuRate)},
                        {"chip", seen.statistics.rate(ticks - warmup, step)}}},
                      {"cv_isi",
                       {{"cpu", orNull(seen.cpuCv)},
                        {"chip", orNull(seen.statistics.cv())}}}};
  }
  return all;
}

void ImageRun::compare() const {
  size_t width = 10;
  for (const Seen &seen : populations)
    width = std::max(width, seen.path.size());
  auto cell = [](const std::optional<double> &value, const char *format) {
    char text[32] = "-";
    if (value)
      std::snprintf(text, sizeof text, format, *value);
    std::string right = text;
    return std::string(right.size() < 12 ? 12 - right.size() : 1, ' ') + right;
  };
  auto row = [&](const std::string &name, const char *what,
                 const std::optional<double> &cpu,
                 const std::optional<double> &chip, const char *format) {
    std::optional<double> difference;
    if (cpu && chip)
      difference = *chip - *cpu;
    console.note(name + std::string(width - name.size() + 2, ' ') + what +
                 cell(cpu, format) + cell(chip, format) +
                 cell(difference, "%+.3g"));
  };
  console.note(std::string(width + 2, ' ') +
               "                   CPU        chip  difference");
  for (size_t i = 0; i < modelled; ++i) {
    const Seen &seen = populations[i];
    row(seen.path, "rate (Hz) ", seen.cpuRate,
        seen.statistics.rate(ticks - warmup, step), "%.2f");
    row("", "CV of ISI ", seen.cpuCv, seen.statistics.cv(), "%.3f");
  }
}

void ImageRun::summarize() const {
  const emulator::Counters &counts = engine.counters();
  auto count = [](uint64_t number) {
    return lang::toMessage(lang::Count(number));
  };
  console.note(
      "emulated " + count(ticks) + " ticks of " + image.chip.name + ": " +
      count(counts.spikes) + " spikes, " + count(counts.synapticEvents) +
      " synaptic operations, " + count(counts.messages) + " messages, " +
      count(counts.hopsX + counts.hopsY) + " hops, hash " + hashText());
  const emulator::Clock &clock = engine.mesh().clock();
  if (clock.seconds() > 0) {
    char text[200];
    snprintf(
        text, sizeof text,
        "the chip takes %.4g ms, %.3g of the model's time; %.3g us for the "
        "longest tick",
        1e3 * clock.seconds(),
        clock.seconds() * 1e3 / (static_cast<double>(ticks) * step),
        1e6 * clock.longestTick());
    console.note(text);
  }
  compare();
  if (counts.overflows.wraps || counts.overflows.saturations ||
      counts.dropped || counts.merged)
    console.warn("numbers did not fit: " + count(counts.overflows.wraps) +
                 " wrapped, " + count(counts.overflows.saturations) +
                 " saturated; " + count(counts.dropped) + " events dropped, " +
                 count(counts.merged) + " merged");
  console.note("results in " + folder);
}

Expected<std::string> snn::driver::runImage(const emulator::Image &image,
                                            const ImageRunOptions &options,
                                            const Console &console) {
  ImageRun run(image, console);
  if (std::optional<Failure> failure = run.read())
    return *failure;
  if (std::optional<Failure> failure = run.run(options.times, options.threads))
    return *failure;
  if (std::optional<Failure> failure = run.write(options.output))
    return *failure;
  if (!options.stats.empty())
    if (std::optional<Failure> failure = run.writeStats(options.stats))
      return *failure;
  return run.resultsFolder();
}

Expected<results::Recording>
snn::driver::recordImage(const emulator::Image &image, const Console &console) {
  ImageRun run(image, console);
  if (std::optional<Failure> failure = run.read())
    return *failure;
  if (std::optional<Failure> failure = run.run({}, /*threads=*/0))
    return *failure;
  return run.recording();
}
