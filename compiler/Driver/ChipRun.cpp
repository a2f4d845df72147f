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

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cinttypes>

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

class ImageRun {
public:
  ImageRun(const emulator::Image &image, const Console &console)
      : image(image), console(console) {}
  std::optional<Failure> read();
  std::optional<Failure> run();
  std::optional<Failure> write(const std::string &output);
  std::optional<Failure> writeStats(const std::string &path) const;
  results::Recording recording();
  const std::string &resultsFolder() const { return folder; }

private:
  const emulator::Image &image;
  const Console &console;
  Json manifest;
  double step = 0, seconds = 0; // ms of a tick; of the run, on this machine
  uint64_t ticks = 0, warmup = 0, hash = 0;
  std::vector<Seen> populations;
  std::vector<Probe> probes;
  /// Of each neuron of the image: population and index, or none.
  std::vector<std::pair<uint32_t, uint32_t>> meaning;
  std::vector<std::pair<uint32_t, uint32_t>> lines;
  emulator::FastEmulator engine;
  std::string folder;

  static constexpr uint32_t Nothing = UINT32_MAX;
  Failure malformed() const {
    return {ExitCode::BrokenFile,
            "the chip image is damaged: its manifest does not name its neurons",
            "map the model again: `snn map`", "E0801"};
  }
  bool readProbe(const Json &from);
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
  std::string hashText() const {
    char text[20];
    std::snprintf(text, sizeof text, "%016" PRIx64, hash);
    return text;
  }
};

} // namespace

std::optional<Failure> ImageRun::read() {
  manifest = Json::parse(image.manifest.begin(), image.manifest.end(), nullptr,
                         /*allow_exceptions=*/false);
  if (!manifest.is_object() || !manifest.contains("populations") ||
      !manifest.contains("sources") || !manifest.contains("records") ||
      !manifest["step_ms"].is_number() ||
      !manifest["ticks"].is_number_unsigned() ||
      !manifest["warmup_ticks"].is_number_unsigned() ||
      !manifest["name"].is_string())
    return malformed();
  step = manifest["step_ms"].get<double>();
  ticks = manifest["ticks"].get<uint64_t>();
  warmup = manifest["warmup_ticks"].get<uint64_t>();
  meaning.assign(image.neurons(), {Nothing, 0});
  lines.assign(image.inputs.size(), {Nothing, 0});
  for (const Json &one : manifest["populations"]) {
    if (!one.is_object() || !one.contains("path") || !one.contains("neurons") ||
        !one["path"].is_string() || !one["neurons"].is_array())
      return malformed();
    Seen seen;
    seen.path = one["path"].get<std::string>();
    seen.size = one["neurons"].size();
    if (one.contains("cpu_spikes") && one["cpu_spikes"].is_number_unsigned())
      seen.onCpu = one["cpu_spikes"].get<uint64_t>();
    if (one.contains("cpu_rate_hz") && one["cpu_rate_hz"].is_number())
      seen.cpuRate = one["cpu_rate_hz"].get<double>();
    if (one.contains("cpu_cv") && one["cpu_cv"].is_number())
      seen.cpuCv = one["cpu_cv"].get<double>();
    uint32_t id = 0;
    for (const Json &neuron : one["neurons"]) {
      if (!neuron.is_number_unsigned() ||
          neuron.get<uint64_t>() >= meaning.size())
        return malformed();
      meaning[neuron.get<uint64_t>()] = {
          static_cast<uint32_t>(populations.size()), id++};
    }
    populations.push_back(std::move(seen));
  }
  for (const Json &one : manifest["sources"]) {
    if (!one.is_object() || !one.contains("path") || !one["path"].is_string() ||
        !one["first"].is_number_unsigned() || !one["size"].is_number_unsigned())
      return malformed();
    Seen seen;
    seen.path = one["path"].get<std::string>();
    seen.size = one["size"].get<uint64_t>();
    uint64_t first = one["first"].get<uint64_t>();
    if (seen.size > lines.size() || first > lines.size() - seen.size)
      return malformed();
    for (uint32_t i = 0; i < seen.size; ++i)
      lines[first + i] = {static_cast<uint32_t>(populations.size()), i};
    populations.push_back(std::move(seen));
  }
  for (Seen &one : populations) {
    one.pathHash = runtime::fnv1a64(one.path);
    one.neurons.assign(one.size, false);
    one.statistics = SpikeStatistics(one.size, warmup);
  }
  for (const Json &one : manifest["records"]) {
    auto number = [&](const char *key) {
      return one.contains(key) && one[key].is_number_unsigned()
                 ? one[key].get<uint64_t>()
                 : UINT64_MAX;
    };
    uint64_t first = number("first"), count = number("count"),
             stride = number("stride");
    for (Seen &seen : populations)
      if (one.contains("population") && one["population"] == seen.path) {
        if (count > 0 && stride > 0 && first < seen.size &&
            count - 1 <= (seen.size - 1 - first) / stride)
          seen.recorded.push_back({first, count, stride});
        for (uint64_t i = 0; i < count && first + i * stride < seen.size; ++i)
          seen.neurons[first + i * stride] = true;
      }
  }
  if (manifest.contains("probes"))
    for (const Json &one : manifest["probes"])
      if (!readProbe(one))
        return malformed();
  return std::nullopt;
}

bool ImageRun::readProbe(const Json &from) {
  auto number = [&](const char *key) {
    return from.contains(key) && from[key].is_number_unsigned()
               ? from[key].get<uint64_t>()
               : UINT64_MAX;
  };
  auto real = [&](const char *key) {
    return from.contains(key) && from[key].is_number();
  };
  Probe probe;
  uint64_t of = number("population"), first = number("first"),
           count = number("count"), stride = number("stride");
  probe.slot = number("register");
  probe.every = number("every_ticks");
  if (!from.is_object() || !from.contains("name") ||
      !from["name"].is_string() || !real("unit") || !real("origin") ||
      of >= manifest["populations"].size() ||
      probe.slot >= image.chip.registers || probe.every == 0 ||
      first >= populations[of].size || stride == 0 || count == 0 ||
      count - 1 > (populations[of].size - 1 - first) / stride)
    return false;
  probe.unit = from["unit"].get<double>();
  probe.origin = from["origin"].get<double>();
  probe.name = populations[of].path + "/" + from["name"].get<std::string>();
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t id = first + i * stride;
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

std::optional<Failure> ImageRun::run() {
  emulator::Error error = {};
  if (!engine.create(image, error))
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
  result.model = manifest["name"].get<std::string>();
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
      {"threads", 1},
      {"rates_hz", std::move(rates)},
      {"spike_hash", hashText()},
      {"ops",
       {{"sops", counts.synapticEvents}, {"neuron_updates", counts.accesses}}},
      {"counters", countersOf(counts)},
      {"energy_j", energyOf()}};
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
    if (&seen - populations.data() <
        static_cast<int64_t>(manifest["populations"].size()))
      compared[seen.path] = {{"chip", seen.spikes}, {"cpu", seen.onCpu}};
  }
  json["format"] = 1;
  json["name"] = manifest["name"];
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
  json["cpu_spike_hash"] = manifest.value("cpu_spike_hash", "");
  json["populations"] = sizes;
  json["population_spikes"] = compared;
  json["population_statistics"] = statistics();
  json["records"] = manifest["records"];
  json["counters"] = countersOf(counts);
  json["energy_j"] = energyOf();
  json["exit_code"] = 0;
  json["exit_reason"] = "completed";
  return writeFile(folder + "/manifest.json", json.dump(1) + "\n");
}

std::optional<Failure> ImageRun::write(const std::string &output) {
  folder = output;
  if (folder.empty()) {
    Expected<std::string> made =
        newResultsFolder(manifest["name"].get<std::string>());
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
  for (size_t i = 0; i < manifest["populations"].size(); ++i) {
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
  for (size_t i = 0; i < manifest["populations"].size(); ++i) {
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
                                            const std::string &output,
                                            const std::string &stats,
                                            const Console &console) {
  ImageRun run(image, console);
  if (std::optional<Failure> failure = run.read())
    return *failure;
  if (std::optional<Failure> failure = run.run())
    return *failure;
  if (std::optional<Failure> failure = run.write(output))
    return *failure;
  if (!stats.empty())
    if (std::optional<Failure> failure = run.writeStats(stats))
      return *failure;
  return run.resultsFolder();
}

Expected<results::Recording>
snn::driver::recordImage(const emulator::Image &image, const Console &console) {
  ImageRun run(image, console);
  if (std::optional<Failure> failure = run.read())
    return *failure;
  if (std::optional<Failure> failure = run.run())
    return *failure;
  return run.recording();
}
