//===- Folder.cpp - Results on disk -----------------------------*- C++ -*-===//
//
// The files may come from anywhere: every key is looked for, every length
// compared, and what does not fit is named.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Folder.h"

#include "compiler/Results/Npz.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

using namespace snn::results;
using Json = nlohmann::ordered_json;

namespace {

Failure broken(const std::string &file, const std::string &why) {
  return {ExitCode::BrokenFile, "`" + file + "` " + why, ""};
}

Expected<Json> readJson(const std::string &path) {
  Expected<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return file.failure();
  Json json = Json::parse((*file)->bytes(), nullptr, false);
  if (json.is_discarded() || !json.is_object())
    return broken(path, "is not a JSON object");
  return json;
}

double number(const Json &object, const char *key) {
  auto it = object.find(key);
  return it != object.end() && it->is_number() ? it->get<double>() : NAN;
}

std::string text(const Json &object, const char *key) {
  auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : "";
}

/// The neurons that an entry of "records" speaks of.
std::optional<NeuronSet> neuronSet(const Json &record) {
  NeuronSet set;
  double first = number(record, "first"), count = number(record, "count"),
         stride = number(record, "stride");
  constexpr double limit = 4294967296;
  if (!(first >= 0 && first < limit && count >= 0 && count <= limit &&
        stride >= 1 && stride < limit && first + (count - 1) * stride < limit))
    return std::nullopt;
  set.first = static_cast<uint64_t>(first);
  set.count = static_cast<uint64_t>(count);
  set.stride = static_cast<uint64_t>(stride);
  return set;
}

bool ascending(const std::vector<double> &times) {
  return std::is_sorted(times.begin(), times.end()) &&
         std::all_of(times.begin(), times.end(),
                     [](double t) { return std::isfinite(t); });
}

std::optional<Failure> readSpikes(const std::string &path, const Json &records,
                                  Recording &recording) {
  Expected<NpzArchive> archive = NpzArchive::open(path);
  if (!archive)
    return archive.failure();
  // Several records may speak of one population.
  std::vector<std::pair<std::string, std::vector<NeuronSet>>> populations;
  for (const Json &record : records) {
    if (!record.is_object() || record.contains("state"))
      continue;
    std::string name = text(record, "population");
    std::optional<NeuronSet> set = neuronSet(record);
    if (!set)
      return broken(path, "has a manifest with a malformed record of " + name);
    auto known = std::find_if(populations.begin(), populations.end(),
                              [&](const auto &p) { return p.first == name; });
    if (known == populations.end())
      known = populations.insert(known, {name, {}});
    known->second.push_back(*set);
  }
  for (const auto &[name, sets] : populations) {
    SpikeTrains trains;
    trains.population = name;
    setRecorded(trains, sets);
    const NpyArray *times = archive->find(name + "/t"),
                   *ids = archive->find(name + "/id");
    if (!times || !ids)
      return broken(path, "lacks the spikes of " + name);
    trains.times = times->toDoubles();
    trains.ids = ids->toIds();
    if (trains.times.size() != trains.ids.size() || !ascending(trains.times))
      return broken(path, "holds malformed spikes of " + name);
    recording.spikes.push_back(std::move(trains));
  }
  return std::nullopt;
}

/// Neuron numbers in equal steps, as records select them.
std::optional<NeuronSet> progression(const std::vector<uint32_t> &ids) {
  if (ids.empty())
    return NeuronSet{0, 0, 1};
  NeuronSet set{ids[0], ids.size(), 1};
  if (ids.size() > 1) {
    if (ids[1] <= ids[0])
      return std::nullopt;
    set.stride = ids[1] - ids[0];
  }
  for (size_t i = 0; i < ids.size(); ++i)
    if (set.id(i) != ids[i])
      return std::nullopt;
  return set;
}

std::string unitOf(const Json &records, const std::string &population,
                   const std::string &state) {
  for (const Json &record : records)
    if (record.is_object() && text(record, "population") == population &&
        text(record, "state") == state) {
      std::string unit = text(record, "unit");
      // How a plain number is written.
      return unit == "1" ? "" : unit;
    }
  return "";
}

std::optional<Failure> readTraces(const std::string &path, const Json &records,
                                  Recording &recording) {
  Expected<NpzArchive> archive = NpzArchive::open(path);
  if (!archive)
    return archive.failure();
  for (const auto &[name, values] : archive->arrays()) {
    size_t slash = name.find('/');
    if (slash == std::string::npos || name.ends_with("/t") ||
        name.ends_with("/ids"))
      continue;
    Trace trace;
    trace.population = name.substr(0, slash);
    trace.state = name.substr(slash + 1);
    // Further records of the same state are numbered.
    trace.state = trace.state.substr(0, trace.state.find('#'));
    trace.unit = unitOf(records, trace.population, trace.state);
    trace.isOfModulator = std::ranges::any_of(records, [&](const Json &record) {
      return record.is_object() && record.contains("modulator") &&
             text(record, "population") == trace.population;
    });
    const NpyArray *times = archive->find(name + "/t"),
                   *ids = archive->find(name + "/ids");
    if (!times || !ids)
      return broken(path, "lacks the times or neurons of " + name);
    std::optional<NeuronSet> neurons = progression(ids->toIds());
    trace.times = times->toDoubles();
    trace.values = values.toDoubles();
    if (!neurons || !ascending(trace.times) ||
        trace.values.size() != trace.times.size() * neurons->count)
      return broken(path, "holds a malformed trace of " + name);
    trace.neurons = *neurons;
    recording.traces.push_back(std::move(trace));
  }
  return std::nullopt;
}

} // namespace

Expected<Recording> snn::results::readFolder(const std::string &folder) {
  std::string manifestPath = folder + "/manifest.json";
  std::error_code error;
  if (!std::filesystem::exists(manifestPath, error))
    return Failure{ExitCode::NoInput,
                   "`" + folder + "` is not a folder of results",
                   "`snn run` makes such folders; each holds a manifest.json"};
  Expected<Json> manifest = readJson(manifestPath);
  if (!manifest)
    return manifest.failure();
  Recording recording;
  recording.model = text(*manifest, "name");
  recording.step = number(*manifest, "step_ms");
  recording.window.begin = number(*manifest, "warmup_ms");
  // A run that was interrupted ends where it was.
  double planned = recording.window.begin + number(*manifest, "duration_ms");
  double reached = number(*manifest, "time_ms");
  recording.window.end = std::min(planned, reached);
  if (!(recording.step > 0) || !(recording.window.begin >= 0) ||
      !std::isfinite(recording.window.end))
    return broken(manifestPath, "lacks the times of the run");
  auto records = manifest->find("records");
  if (records == manifest->end() || !records->is_array())
    return broken(manifestPath, "lacks its records");
  if (std::optional<Failure> failure =
          readSpikes(folder + "/spikes.npz", *records, recording))
    return *failure;
  if (std::optional<Failure> failure =
          readTraces(folder + "/traces.npz", *records, recording))
    return *failure;
  return recording;
}

std::optional<Failure> snn::results::readLastSynapses(const std::string &folder,
                                                      Recording &recording) {
  std::string path = folder + "/weights.npz";
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return std::nullopt;
  Expected<NpzArchive> archive = NpzArchive::open(path);
  if (!archive)
    return archive.failure();
  // "E->I.exc#0/w" beside its "/t", and the projection's "/source", "/target".
  for (const auto &[name, values] : archive->arrays()) {
    size_t slash = name.find('/');
    const NpyArray *times = archive->find(name + "/t");
    if (slash == std::string::npos || !times)
      continue;
    SynapseTrace trace;
    trace.projection = name.substr(0, slash);
    trace.state = name.substr(slash + 1);
    const NpyArray *sources = archive->find(trace.projection + "/source"),
                   *targets = archive->find(trace.projection + "/target");
    if (!sources || !targets || values.shape.size() != 2)
      return broken(path, "lacks the ends of " + trace.projection);
    trace.sources = sources->toIds();
    trace.targets = targets->toIds();
    trace.count = values.shape[1];
    trace.times = times->toDoubles();
    if (trace.sources.size() != trace.count ||
        trace.targets.size() != trace.count ||
        trace.times.size() != values.shape[0] || !ascending(trace.times))
      return broken(path, "holds malformed samples of " + name);
    if (trace.times.empty())
      continue;
    NpyArray last = values;
    last.shape = {trace.count};
    size_t row = values.data.size() / trace.times.size();
    last.data = values.data.substr(values.data.size() - row);
    trace.values = last.toDoubles();
    trace.times = {trace.times.back()};
    recording.synapses.push_back(std::move(trace));
  }
  return std::nullopt;
}

bool snn::results::isSweep(const std::string &folder) {
  std::error_code error;
  return std::filesystem::exists(folder + "/sweep.json", error);
}

Expected<SweepIndex> snn::results::readSweep(const std::string &folder) {
  std::string path = folder + "/sweep.json";
  Expected<Json> json = readJson(path);
  if (!json)
    return json.failure();
  SweepIndex index;
  index.name = text(*json, "name");
  auto parameters = json->find("parameters"), runs = json->find("runs");
  if (parameters == json->end() || runs == json->end() ||
      !parameters->is_array() || !runs->is_array())
    return broken(path, "lacks its parameters or runs");
  for (const Json &parameter : *parameters)
    index.parameters.push_back(
        {text(parameter, "path"), text(parameter, "unit")});
  for (const Json &entry : *runs) {
    SweepRun run;
    run.folder = text(entry, "folder");
    run.seed = static_cast<uint64_t>(std::max(0.0, number(entry, "seed")));
    auto values = entry.find("values");
    if (values != entry.end() && values->is_array())
      for (const Json &value : *values)
        run.values.push_back(value.is_number() ? value.get<double>() : NAN);
    // A name of its own folder, never a way out of it.
    if (run.folder.empty() || run.folder.find('/') != std::string::npos ||
        run.folder.starts_with(".") ||
        run.values.size() != index.parameters.size())
      return broken(path, "holds a malformed run");
    index.runs.push_back(std::move(run));
  }
  return index;
}

std::string snn::results::writeSweep(const SweepIndex &index) {
  Json json;
  json["format"] = 1;
  json["name"] = index.name;
  json["parameters"] = Json::array();
  for (const SweepParameter &parameter : index.parameters)
    json["parameters"].push_back(
        {{"path", parameter.path}, {"unit", parameter.unit}});
  json["runs"] = Json::array();
  for (const SweepRun &run : index.runs)
    json["runs"].push_back(
        {{"folder", run.folder}, {"values", run.values}, {"seed", run.seed}});
  return json.dump(1) + "\n";
}
