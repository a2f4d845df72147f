//===- Api.cpp - The functions of snn/runtime.h ---------------------------===//
//
// Thin: each checks what a C program could get wrong and calls the part that
// knows.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Model.h"
#include "runtime/lib/Core/Simulation.h"
#include "runtime/lib/Profile/Profile.h"
#include "runtime/lib/Record/File.h"
#include "runtime/lib/Record/Results.h"

#include <cerrno>
#include <cstdio>
#include <sys/stat.h>

using namespace snn::runtime;

struct snn_instance {
  Simulation simulation;
};

void snn_default_options(snn_options *options) {
  *options = {};
  options->version = SNN_RUNTIME_VERSION;
  options->duration = -1;
}

snn_instance *snn_create(const snn_model *model, const snn_options *options,
                         snn_error *error) {
  snn_options defaults;
  snn_default_options(&defaults);
  options = options ? options : &defaults;
  Error reason = {};
  Error &out = error ? *error : reason;
  out = {};
  snn_model definition;
  if (!checkModel(*model, out) ||
      !applyOptions(*model, *options, definition, out))
    return nullptr;
  ObjectArray<snn_instance> made;
  if (!made.create(1)) {
    outOfMemory(out, "the network");
    return nullptr;
  }
  if (!made[0].simulation.create(definition, *options)) {
    out = made[0].simulation.error;
    return nullptr;
  }
  return made.release();
}

void snn_destroy(snn_instance *instance) {
  ObjectArray<snn_instance>::destroy(instance, instance ? 1 : 0);
}

int32_t snn_estimate_memory(const snn_model *model, const snn_options *options,
                            snn_memory *memory, snn_error *error) {
  snn_options defaults;
  snn_default_options(&defaults);
  options = options ? options : &defaults;
  Error reason = {};
  Error &out = error ? *error : reason;
  out = {};
  snn_model definition;
  if (!checkModel(*model, out) ||
      !applyOptions(*model, *options, definition, out))
    return out.status;
  Simulation planned;
  if (!planned.plan(definition, *options)) {
    out = planned.error;
    return out.status;
  }
  *memory = planned.memory();
  return SNN_OK;
}

const snn_model *snn_instance_model(const snn_instance *instance) {
  return &instance->simulation.model();
}

const snn_error *snn_last_error(const snn_instance *instance) {
  return &instance->simulation.error;
}

int32_t snn_run(snn_instance *instance, uint64_t steps) {
  return instance->simulation.run(steps);
}

uint64_t snn_steps_done(const snn_instance *instance) {
  return instance->simulation.step();
}

uint64_t snn_steps_planned(const snn_instance *instance) {
  return instance->simulation.stepsPlanned();
}

void snn_request_stop(snn_instance *instance, int32_t status) {
  instance->simulation.stopRequest.store(status);
}

void snn_set_progress(snn_instance *instance, snn_progress_fn function,
                      void *context) {
  instance->simulation.progress = function;
  instance->simulation.progressContext = context;
}

static bool findParameter(Simulation &simulation, uint32_t population,
                          uint32_t parameter) {
  const snn_model &model = simulation.model();
  if (population >= model.num_populations ||
      parameter >= model.populations[population].num_parameters)
    return fail(simulation.error, SNN_USAGE, "E0203",
                "there is no parameter %u of population %u", parameter,
                population);
  const snn_parameter &found =
      model.populations[population].parameters[parameter];
  if (found.field != SNN_NONE)
    return fail(simulation.error, SNN_USAGE, "E0203",
                "`%s` of %s differs between the neurons and cannot be set",
                found.name, model.populations[population].path);
  return true;
}

int32_t snn_set_parameter(snn_instance *instance, uint32_t population,
                          uint32_t parameter, double value) {
  Simulation &simulation = instance->simulation;
  if (!findParameter(simulation, population, parameter) ||
      !simulation.setParameter(population, parameter, value))
    return simulation.error.status;
  return SNN_OK;
}

int32_t snn_get_parameter(const snn_instance *instance, uint32_t population,
                          uint32_t parameter, double *value) {
  const snn_model &model = instance->simulation.model();
  if (population >= model.num_populations ||
      parameter >= model.populations[population].num_parameters ||
      model.populations[population].parameters[parameter].field != SNN_NONE)
    return SNN_USAGE;
  *value = instance->simulation.population(population).parameters()[parameter];
  return SNN_OK;
}

int32_t snn_reset(snn_instance *instance) {
  return instance->simulation.reset() ? SNN_OK
                                      : instance->simulation.error.status;
}

uint32_t snn_find_population(const snn_model *model, const char *path) {
  for (uint32_t p = 0; p < model->num_populations; ++p)
    if (!strcmp(model->populations[p].path, path))
      return p;
  return SNN_NONE;
}

uint32_t snn_find_field(const snn_model *model, uint32_t population,
                        const char *name) {
  if (population >= model->num_populations)
    return SNN_NONE;
  for (uint32_t f = 0; f < model->populations[population].num_fields; ++f)
    if (!strcmp(model->populations[population].fields[f].name, name))
      return f;
  return SNN_NONE;
}

int32_t snn_read_field(snn_instance *instance, uint32_t population,
                       uint32_t field, uint64_t first, uint64_t count,
                       double *values) {
  Simulation &simulation = instance->simulation;
  const snn_model &model = simulation.model();
  if (population >= model.num_populations ||
      field >= model.populations[population].num_fields ||
      first > model.populations[population].size ||
      count > model.populations[population].size - first) {
    fail(simulation.error, SNN_USAGE, "E0601",
         "there are no such neurons or no such field");
    return SNN_USAGE;
  }
  simulation.observe(population);
  const snn_field &read = model.populations[population].fields[field];
  const Population &owner = simulation.population(population);
  uint64_t end = first + count;
  for (uint32_t thread = 0; thread < owner.numThreads(); ++thread) {
    Range range = owner.range(thread);
    uint64_t from = range.begin > first ? range.begin : first;
    for (uint64_t i = from; i < range.end && i < end; ++i)
      values[i - first] =
          readElement(owner.fields(thread)[field], read.element, i) *
          read.scale;
  }
  return SNN_OK;
}

uint64_t snn_read_spikes(const snn_instance *instance, uint32_t population,
                         double *times, uint32_t *ids) {
  const Recorder &recorder = instance->simulation.recorder();
  const snn_model &model = instance->simulation.model();
  if (population >= model.num_populations)
    return 0;
  Recorder::SpikeReader reader;
  if ((!times && !ids) || !reader.create(recorder, population))
    return recorder.numSpikes(population);
  uint64_t stamp, count = 0;
  uint32_t id;
  for (; reader.next(stamp, id); ++count) {
    if (times)
      times[count] = static_cast<double>(stamp) * model.step;
    if (ids)
      ids[count] = id;
  }
  return count;
}

snn_trace snn_trace_size(const snn_instance *instance, uint32_t record) {
  const snn_model &model = instance->simulation.model();
  if (record >= model.num_records)
    return {};
  return {instance->simulation.recorder().numSamples(record),
          model.records[record].target.count};
}

void snn_read_trace(const snn_instance *instance, uint32_t record,
                    double *values, double *times) {
  const Recorder &recorder = instance->simulation.recorder();
  snn_trace size = snn_trace_size(instance, record);
  for (uint64_t sample = 0; sample < size.samples; ++sample) {
    if (values)
      recorder.readSample(record, sample, values + sample * size.neurons);
    if (times)
      times[sample] =
          static_cast<double>(recorder.sampleStamp(record, sample)) *
          instance->simulation.model().step;
  }
}

snn_synapse_trace snn_synapse_trace_size(const snn_instance *instance,
                                         uint32_t record) {
  const Simulation &simulation = instance->simulation;
  const snn_model &model = simulation.model();
  if (record >= model.num_synapse_records)
    return {};
  return {simulation.synapseRecorder().numSamples(record),
          simulation.numSynapses(model.synapse_records[record].projection)};
}

int32_t snn_read_synapse_trace(snn_instance *instance, uint32_t record,
                               double *values, double *times) {
  Simulation &simulation = instance->simulation;
  const snn_model &model = simulation.model();
  snn_synapse_trace size = snn_synapse_trace_size(instance, record);
  const SynapseRecorder &recorder = simulation.synapseRecorder();
  for (uint64_t sample = 0; times && sample < size.samples; ++sample)
    times[sample] =
        static_cast<double>(recorder.sampleStamp(record, sample)) * model.step;
  if (!values || !size.samples)
    return SNN_OK;
  uint32_t projection = model.synapse_records[record].projection;
  SynapseOrder order;
  if (!order.create(model, simulation.plastic(), projection,
                    simulation.numThreads())) {
    outOfMemory(simulation.error, "reading synapses");
    return SNN_RESOURCE;
  }
  for (uint64_t sample = 0; sample < size.samples; ++sample)
    for (uint64_t i = 0; i < size.synapses; ++i)
      *values++ = recorder.value(
          record, sample, order[i],
          simulation.plastic().rows(projection, order[i].thread));
  return SNN_OK;
}

uint64_t snn_num_synapses(const snn_instance *instance, uint32_t projection) {
  return instance->simulation.numSynapses(projection);
}

int32_t snn_read_synapses(snn_instance *instance, uint32_t projection,
                          uint32_t state, double *values, uint32_t *sources,
                          uint32_t *targets) {
  Simulation &simulation = instance->simulation;
  const snn_model &model = simulation.model();
  if (projection >= model.num_projections ||
      !model.projections[projection].plasticity ||
      state >= model.projections[projection].plasticity->num_states) {
    fail(simulation.error, SNN_USAGE, "E0601",
         "there are no such synapses, or they do not change");
    return SNN_USAGE;
  }
  const snn_plasticity &rule = *model.projections[projection].plasticity;
  SynapseOrder order;
  if (!order.create(model, simulation.plastic(), projection,
                    simulation.numThreads())) {
    outOfMemory(simulation.error, "reading synapses");
    return SNN_RESOURCE;
  }
  for (uint64_t i = 0; i < order.size(); ++i) {
    if (values)
      values[i] = readElement(simulation.plastic()
                                  .rows(projection, order[i].thread)
                                  .states()[state],
                              rule.element, order[i].synapse) *
                  rule.states[state].scale;
    if (sources)
      sources[i] = order.source(i);
    if (targets)
      targets[i] = order.target(i);
  }
  return SNN_OK;
}

uint64_t snn_spike_hash(const snn_instance *instance) {
  return instance->simulation.spikeHash();
}

void snn_get_stats(const snn_instance *instance, snn_stats *stats) {
  instance->simulation.stats(*stats);
}

double snn_mean_rate(const snn_instance *instance, uint32_t population) {
  return population < instance->simulation.model().num_populations
             ? instance->simulation.meanRate(population)
             : 0;
}

int32_t snn_write_stats(snn_instance *instance, const char *path,
                        double compileSeconds) {
  Error error = {};
  if (writeStats(instance->simulation, path, compileSeconds, error))
    return SNN_OK;
  instance->simulation.error = error;
  return error.status;
}

void snn_print_profile(const snn_instance *instance) {
  if (instance->simulation.watch(0).profiles())
    Profile(instance->simulation).print();
}

int32_t snn_write_trace(snn_instance *instance, const char *path) {
  Error error = {};
  if (writeTrace(instance->simulation, path, error))
    return SNN_OK;
  instance->simulation.error = error;
  return error.status;
}

int32_t snn_write_results(snn_instance *instance, const char *folder) {
  Error error = {};
  if (writeResults(instance->simulation, folder, error))
    return SNN_OK;
  instance->simulation.error = error;
  return error.status;
}

int32_t snn_new_results_folder(snn_instance *instance, char *folder,
                               uint64_t size) {
  Simulation &simulation = instance->simulation;
  if (!makeFolders("results", simulation.error))
    return simulation.error.status;
  constexpr const char *prefix = "results/";
  for (uint32_t n = 1;; ++n) {
    int length =
        snprintf(folder, size, "%s%s-%u", prefix, simulation.model().name, n);
    if (length < 0 || static_cast<uint64_t>(length) >= size) {
      fail(simulation.error, SNN_IO, "E0733",
           "the name of the results folder is too long");
      return SNN_IO;
    }
    // A control is called `Experiment/Control`.
    for (char *c = folder + strlen(prefix); *c; ++c)
      if (*c == '/')
        *c = '-';
    if (!mkdir(folder, 0777))
      return SNN_OK;
    if (errno != EEXIST) {
      fail(simulation.error, SNN_IO, "E0733", "cannot make the folder `%s`: %s",
           folder, strerror(errno));
      return SNN_IO;
    }
  }
}
