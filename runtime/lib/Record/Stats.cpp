//===- Stats.cpp - What a run cost, as JSON -------------------------------===//
//
// Times are wall-clock seconds; wall_s is the loop over steps alone. The
// phases are those of one thread, timed in one step of sixteen.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Profile/Profile.h"
#include "runtime/lib/Record/Results.h"

using namespace snn::runtime;

bool snn::runtime::writeStats(const Simulation &simulation, const char *path,
                              double compileSeconds, Error &error) {
  QuietWrites quiet;
  OutputFile file;
  if (!file.open(path, /*inPlace=*/true, error))
    return false;
  const snn_model &model = simulation.model();
  snn_stats stats;
  simulation.stats(stats);
  JsonWriter json(file);
  json.beginObject();
  json.value("neurons", stats.neurons);
  json.value("synapses", stats.synapses);
  json.value("steps", stats.steps);
  json.value("spikes", stats.spikes);
  json.value("synaptic_events", stats.synaptic_events);
  json.value("bio_time_s", stats.bio_time_s);
  json.value("wall_s", stats.wall_s);
  json.value("rtf", stats.wall_s / stats.bio_time_s);
  json.value("build_s", stats.build_s);
  json.value("compile_s", compileSeconds);
  json.value("update_s", stats.update_s);
  json.value("deliver_s", stats.deliver_s);
  json.value("stimulus_s", stats.stimulus_s);
  json.value("bytes_per_synapse",
             stats.synapses ? static_cast<double>(stats.synapse_bytes) /
                                  static_cast<double>(stats.synapses)
                            : 0.0);
  json.value("peak_rss_bytes", stats.peak_rss_bytes);
  json.value("predicted_bytes", stats.predicted_bytes);
  json.value("threads", uint64_t{stats.threads});
  json.beginObject("rates_hz");
  for (uint32_t p = 0; p < model.num_populations; ++p)
    if (model.populations[p].kind != SNN_FOLLOWERS)
      json.value(model.populations[p].path, simulation.meanRate(p));
  json.endObject();
  char hash[17];
  json.value("spike_hash", formatHash(simulation.spikeHash(), hash));
  json.beginObject("ops");
  json.value("sops", stats.synaptic_events);
  json.value("macs", uint64_t{0});
  json.value("neuron_updates", stats.neuron_updates);
  json.value("updates_at_rest", stats.updates_at_rest);
  json.endObject();
  // Models of energy belong to targets; a plain run names none.
  json.beginObject("energy_j");
  json.endObject();
  if (simulation.watch(0).profiles())
    Profile(simulation).write(json);
  json.endObject();
  return file.finish(error) && file.publish(error);
}
