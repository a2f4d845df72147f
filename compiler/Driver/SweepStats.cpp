//===- SweepStats.cpp - What a sweep cost -----------------------*- C++ -*-===//
//
// Work and times add up, sizes are the largest, rates are means over the runs.
// The spike hash is a sum over spikes, and so it is over runs.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/SweepStats.h"

#include "compiler/Driver/Output.h"

#include <nlohmann/json.hpp>

#include <cinttypes>
#include <fstream>

using namespace snn;
using namespace snn::driver;
using Json = nlohmann::ordered_json;

/// Into `sum` what `run` cost, `last` being the number of runs before it.
static void addRun(Json &sum, const Json &run, double before) {
  if (sum.is_null()) {
    sum = run;
    sum.erase("profile"); // each run has its own
    return;
  }
  for (const char *key :
       {"steps", "spikes", "synaptic_events", "bio_time_s", "wall_s", "build_s",
        "update_s", "deliver_s", "stimulus_s"})
    sum[key] = run[key].is_number_integer()
                   ? Json(sum[key].get<uint64_t>() + run[key].get<uint64_t>())
                   : Json(sum[key].get<double>() + run[key].get<double>());
  for (auto &[key, value] : sum["ops"].items())
    value = value.get<uint64_t>() + run["ops"][key].get<uint64_t>();
  for (auto &[model, parts] : sum["energy_j"].items())
    for (auto &[part, value] : parts.items())
      value = value.get<double>() + run["energy_j"][model][part].get<double>();
  for (const char *key : {"neurons", "synapses", "bytes_per_synapse",
                          "peak_rss_bytes", "predicted_bytes", "threads"})
    if (run[key] > sum[key])
      sum[key] = run[key];
  // Compiling is counted from the beginning of the sweep.
  sum["compile_s"] = run["compile_s"];
  sum["rtf"] = sum["wall_s"].get<double>() / sum["bio_time_s"].get<double>();
  for (auto &[key, value] : sum["rates_hz"].items())
    value =
        (value.get<double>() * before + run["rates_hz"][key].get<double>()) /
        (before + 1);
  auto hashOf = [](const Json &stats) {
    return std::stoull(stats["spike_hash"].get<std::string>(), nullptr, 16);
  };
  char hash[17];
  std::snprintf(hash, sizeof hash, "%016" PRIx64,
                static_cast<uint64_t>(hashOf(sum) + hashOf(run)));
  sum["spike_hash"] = hash;
}

std::optional<Failure>
snn::driver::writeSweepStats(const std::string &folder,
                             const results::SweepIndex &index,
                             const std::string &path) {
  Json sum, runs = Json::array();
  for (const results::SweepRun &run : index.runs) {
    std::string name = folder + "/" + run.folder + "/stats.json";
    std::ifstream stream(name);
    Json stats = Json::parse(stream, nullptr, /*allow_exceptions=*/false);
    if (!stats.is_object())
      return Failure{ExitCode::InputOutput, "cannot read `" + name + "`", ""};
    addRun(sum, stats, static_cast<double>(runs.size()));
    Json entry;
    entry["folder"] = run.folder;
    entry["values"] = run.values;
    entry.update(stats);
    runs.push_back(std::move(entry));
  }
  sum["runs"] = std::move(runs);
  return writeFile(path, sum.dump(1) + "\n");
}
