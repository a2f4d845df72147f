//===- Results.cpp - The files of a run -----------------------------------===//
//
// Written from the recorder in portions, so that no second copy of the data
// is needed. The manifest is published last: where it stands, the others do.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Record/Results.h"

#include "runtime/lib/Record/Json.h"
#include "runtime/lib/Record/Npz.h"

#include <cinttypes>
#include <cstdio>

using namespace snn::runtime;

static constexpr uint64_t Portion = 4096; // numbers

/// "a/b" or "a/b#2", with a suffix, as the name of an array.
static bool arrayName(Buffer<char> &name, const char *population,
                      const char *part, uint32_t number, const char *suffix) {
  char count[16] = "";
  if (number > 1)
    snprintf(count, sizeof count, "#%u", number);
  name.clear();
  return name.append(population, strlen(population)) && name.push('/') &&
         name.append(part, strlen(part)) && name.append(count, strlen(count)) &&
         name.append(suffix, strlen(suffix) + 1);
}

static bool writeSpikes(const Simulation &simulation, OutputFile &file) {
  const snn_model &model = simulation.model();
  const Recorder &recorder = simulation.recorder();
  NpzWriter npz(file);
  Buffer<char> name;
  double times[Portion];
  uint32_t ids[Portion];
  for (uint32_t p = 0; p < model.num_populations; ++p) {
    if (!recorder.recordsSpikes(p))
      continue;
    uint64_t count = recorder.numSpikes(p);
    for (bool writesIds : {false, true}) {
      Recorder::SpikeReader reader;
      if (!arrayName(name, model.populations[p].path, writesIds ? "id" : "t", 1,
                     "") ||
          !npz.begin(name.data(), writesIds ? "<u4" : "<f8", writesIds ? 4 : 8,
                     count) ||
          !reader.create(recorder, p))
        return false;
      uint64_t filled = 0, stamp;
      uint32_t id;
      auto flush = [&] {
        if (writesIds)
          npz.add(ids, filled * sizeof *ids);
        else
          npz.add(times, filled * sizeof *times);
        filled = 0;
      };
      while (reader.next(stamp, id)) {
        times[filled] = static_cast<double>(stamp) * model.step;
        ids[filled++] = id;
        if (filled == Portion)
          flush();
      }
      flush();
      npz.end();
    }
  }
  npz.finish();
  return true;
}

static bool writeTrace(const Simulation &simulation, uint32_t index,
                       NpzWriter &npz) {
  const snn_model &model = simulation.model();
  const Recorder &recorder = simulation.recorder();
  const snn_record &record = model.records[index];
  const snn_population &population =
      model.populations[record.target.population];
  uint32_t number = 1;
  for (uint32_t r = 0; r < index; ++r)
    number += model.records[r].target.population == record.target.population &&
              model.records[r].field == record.field;
  const char *field = population.fields[record.field].name;
  uint64_t samples = recorder.numSamples(index);
  uint64_t neurons = record.target.count;

  Buffer<char> name;
  Buffer<double> values;
  if (!values.resize(neurons) ||
      !arrayName(name, population.path, field, number, "") ||
      !npz.begin(name.data(), "<f8", 8, samples, neurons))
    return false;
  for (uint64_t sample = 0; sample < samples; ++sample) {
    recorder.readSample(index, sample, values.data());
    npz.add(values.data(), neurons * sizeof(double));
  }
  npz.end();

  if (!arrayName(name, population.path, field, number, "/t") ||
      !npz.begin(name.data(), "<f8", 8, samples))
    return false;
  for (uint64_t sample = 0; sample < samples; ++sample) {
    double time =
        static_cast<double>(recorder.sampleStamp(index, sample)) * model.step;
    npz.add(&time, sizeof time);
  }
  npz.end();

  if (!arrayName(name, population.path, field, number, "/ids") ||
      !npz.begin(name.data(), "<u4", 4, neurons))
    return false;
  for (uint64_t i = 0; i < neurons; ++i) {
    auto id = static_cast<uint32_t>(sliceNeuron(record.target, i));
    npz.add(&id, sizeof id);
  }
  npz.end();
  return true;
}

static bool writeTraces(const Simulation &simulation, OutputFile &file) {
  const snn_model &model = simulation.model();
  NpzWriter npz(file);
  for (uint32_t r = 0; r < model.num_records; ++r)
    if (model.records[r].field != SNN_NONE && !writeTrace(simulation, r, npz))
      return false;
  npz.finish();
  return true;
}

const char *snn::runtime::formatHash(uint64_t hash, char *text) {
  snprintf(text, 17, "%016" PRIx64, hash);
  return text;
}

/// The value of "fp" in the flags of the build, which are our compiler's.
static void floatModeOf(const char *flags, char *mode, size_t size) {
  snprintf(mode, size, "strict");
  const char *key = flags ? strstr(flags, "\"fp\"") : nullptr;
  const char *value = key ? strchr(key + 4, '"') : nullptr;
  const char *end = value ? strchr(value + 1, '"') : nullptr;
  if (end)
    snprintf(mode, size, "%.*s", static_cast<int>(end - value - 1), value + 1);
}

static const char *precisionOf(const snn_model &model) {
  bool f32 = false, f64 = false;
  for (uint32_t p = 0; p < model.num_populations; ++p)
    if (model.populations[p].kind == SNN_NEURONS)
      (model.populations[p].element == SNN_F64 ? f64 : f32) = true;
  return f32 && f64 ? "mixed" : f64 ? "f64" : "f32";
}

static const char *reasonOf(const Simulation &simulation) {
  switch (simulation.lastStatus) {
  case SNN_OK:
    return simulation.step() < simulation.stepsPlanned() ? "stopped by program"
                                                         : "completed";
  case SNN_SIGINT:
    return "interrupted (SIGINT)";
  case SNN_SIGTERM:
    return "interrupted (SIGTERM)";
  case SNN_NUMERICAL:
    return "numerical failure";
  case SNN_RESOURCE:
    return "resource limit";
  default:
    return "failed";
  }
}

/// Whether a rule reads the population as a modulator.
static bool isModulator(const snn_model &model, uint32_t population) {
  for (uint32_t p = 0; p < model.num_projections; ++p) {
    const snn_plasticity *rule = model.projections[p].plasticity;
    for (uint32_t m = 0; rule && m < rule->num_modulators; ++m)
      if (rule->modulators[m].population == population)
        return true;
  }
  return false;
}

/// Populations whose neurons are put to rest, and how near to it.
static void describeTolerances(const snn_model &model, JsonWriter &json) {
  bool exist = false;
  for (uint32_t p = 0; p < model.num_populations; ++p)
    exist |= model.populations[p].num_rests != 0;
  if (!exist)
    return;
  json.beginObject("quiescent");
  for (uint32_t p = 0; p < model.num_populations; ++p) {
    const snn_population &population = model.populations[p];
    if (!population.num_rests)
      continue;
    json.beginObject(population.path);
    for (uint32_t r = 0; r < population.num_rests; ++r)
      json.value(population.fields[population.rests[r].state].name,
                 population.rests[r].tolerance);
    json.endObject();
  }
  json.endObject();
}

/// Who was there and what was recorded of them: silent neurons leave no other
/// trace in the files.
static void describeRecords(const snn_model &model, JsonWriter &json) {
  json.beginObject("populations");
  for (uint32_t p = 0; p < model.num_populations; ++p)
    if (model.populations[p].kind != SNN_FOLLOWERS)
      json.value(model.populations[p].path, model.populations[p].size);
  json.endObject();
  json.beginArray("records");
  for (uint32_t r = 0; r < model.num_records; ++r) {
    const snn_record &record = model.records[r];
    const snn_population &population =
        model.populations[record.target.population];
    json.beginObject();
    json.value("population", population.path);
    if (isModulator(model, record.target.population))
      json.value("modulator", uint64_t{1});
    if (record.field != SNN_NONE) {
      json.value("state", population.fields[record.field].name);
      json.value("unit", population.fields[record.field].unit);
      json.value("every_ms", static_cast<double>(record.every) * model.step);
    }
    json.value("first", record.target.first);
    json.value("count", record.target.count);
    json.value("stride", record.target.stride);
    json.endObject();
  }
  json.endArray();
  if (!model.num_synapse_records)
    return;
  json.beginArray("synapse_records");
  for (uint64_t r = 0; r < model.num_synapse_records; ++r) {
    const snn_synapse_record &record = model.synapse_records[r];
    const snn_projection &projection = model.projections[record.projection];
    const snn_field &state = projection.plasticity->states[record.state];
    json.beginObject();
    json.value("projection", projection.path);
    json.value("rule", projection.plasticity->rule);
    json.value("state", state.name);
    json.value("unit", state.unit);
    json.value("every_ms", static_cast<double>(record.every) * model.step);
    json.endObject();
  }
  json.endArray();
}

static bool writeManifest(const Simulation &simulation, OutputFile &file) {
  const snn_model &model = simulation.model();
  JsonWriter json(file);
  char text[64];
  auto time = [&](uint64_t steps) {
    return static_cast<double>(steps) * model.step;
  };
  snn_stats stats;
  simulation.stats(stats);
  json.beginObject();
  json.value("format", uint64_t{1});
  json.value("name", model.name);
  json.value("model_hash", model.model_hash);
  json.value("compiler_version", model.compiler_version);
  json.raw("flags", model.flags && *model.flags ? model.flags : "{}");
  if (model.seeds.network == model.seeds.initial &&
      model.seeds.network == model.seeds.stimulus)
    json.value("seed", model.seeds.network);
  json.beginObject("seeds");
  json.value("network", model.seeds.network);
  json.value("initial", model.seeds.initial);
  json.value("stimulus", model.seeds.stimulus);
  json.endObject();
  json.value("precision", precisionOf(model));
  floatModeOf(model.flags, text, sizeof text);
  json.value("fp", text);
  json.value("threads", uint64_t{stats.threads});
  json.value("step_ms", model.step);
  json.value("warmup_ms", time(model.warmup_steps));
  json.value("duration_ms", time(model.duration_steps));
  json.value("steps", simulation.step());
  json.value("time_ms", time(simulation.step()));
  json.value("spikes", stats.spikes);
  json.value("spike_hash", formatHash(simulation.spikeHash(), text));
  describeTolerances(model, json);
  describeRecords(model, json);
  json.value("exit_code", static_cast<uint64_t>(simulation.lastStatus));
  json.value("exit_reason", reasonOf(simulation));
  if (simulation.error.status)
    json.value("error", simulation.error.message);
  json.endObject();
  return true;
}

bool snn::runtime::writeResults(const Simulation &simulation,
                                const char *folder, Error &error) {
  QuietWrites quiet;
  if (!makeFolders(folder, error))
    return false;
  struct Kind {
    const char *name;
    bool (*write)(const Simulation &, OutputFile &);
    bool wanted;
  };
  const Kind kinds[] = {
      {"spikes.npz", writeSpikes, true},
      {"traces.npz", writeTraces, true},
      {"weights.npz", writeWeights,
       simulation.model().num_synapse_records != 0},
      {"manifest.json", writeManifest, true},
  };
  constexpr uint32_t count = sizeof kinds / sizeof *kinds;
  OutputFile files[count];
  for (uint32_t i = 0; i < count; ++i) {
    Buffer<char> path;
    if (!kinds[i].wanted)
      continue;
    if (!path.append(folder, strlen(folder)) || !path.push('/') ||
        !path.append(kinds[i].name, strlen(kinds[i].name) + 1))
      return outOfMemory(error, "writing results");
    if (!files[i].open(path.data(), /*inPlace=*/false, error))
      return false;
    if (!kinds[i].write(simulation, files[i]))
      return outOfMemory(error, "writing results");
    if (!files[i].finish(error))
      return false;
  }
  for (uint32_t i = 0; i < count; ++i)
    if (kinds[i].wanted && !files[i].publish(error))
      return false;
  syncFolder(folder);
  return true;
}
