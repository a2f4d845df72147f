//===- Execution.cpp - Running compiled models ------------------*- C++ -*-===//
//
// Stimuli of generated code are functions of time without a context. Swept
// ones become one of a few functions of ours that return a number; runs follow
// one another, so the numbers can be shared.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Execution.h"

#include "compiler/Driver/Arguments.h"
#include "lang/Basic/Units.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

using namespace snn;
using namespace snn::driver;
using results::NeuronSet;

namespace {

constexpr size_t maxSweptStimuli = 8;
std::array<double, maxSweptStimuli> sweptValues;

template <size_t Index>
double sweptValue(double) {
  return sweptValues[Index];
}

template <size_t... Indices>
constexpr std::array<snn_time_fn, sizeof...(Indices)>
sweptFunctionsOf(std::index_sequence<Indices...>) {
  return {sweptValue<Indices>...};
}
constexpr auto sweptFunctions =
    sweptFunctionsOf(std::make_index_sequence<maxSweptStimuli>());

NeuronSet neuronsOf(const snn_slice &slice) {
  return {slice.first, slice.count, slice.stride ? slice.stride : 1};
}

} // namespace

Variant::Variant(const snn_model &model)
    : descriptor(model),
      populations(model.populations, model.populations + model.num_populations),
      parameters(model.num_populations),
      stimuli(model.stimuli, model.stimuli + model.num_stimuli) {
  descriptor.populations = populations.data();
  descriptor.stimuli = stimuli.data();
}

bool Variant::setParameter(const std::string &path, const std::string &name,
                           double value) {
  for (size_t p = 0; p < populations.size(); ++p) {
    snn_population &population = populations[p];
    if (path != population.path)
      continue;
    if (parameters[p].empty())
      parameters[p].assign(population.parameters,
                           population.parameters + population.num_parameters);
    for (snn_parameter &parameter : parameters[p])
      if (name == parameter.name && parameter.field == SNN_NONE &&
          parameter.value.kind == SNN_CONSTANT) {
        parameter.value.a = value;
        population.parameters = parameters[p].data();
        return true;
      }
  }
  return false;
}

bool Variant::setStimulus(const std::string &path, double value) {
  for (snn_stimulus &stimulus : stimuli) {
    if (path != stimulus.path)
      continue;
    size_t index = 0;
    auto known =
        std::find(sweptFunctions.begin(), sweptFunctions.end(), stimulus.value);
    if (known != sweptFunctions.end()) {
      index = static_cast<size_t>(known - sweptFunctions.begin());
    } else {
      for (const snn_stimulus &other : stimuli)
        index += std::find(sweptFunctions.begin(), sweptFunctions.end(),
                           other.value) != sweptFunctions.end();
      if (index == maxSweptStimuli)
        return false;
      stimulus.value = sweptFunctions[index];
      stimulus.constant = 1;
    }
    sweptValues[index] = value;
    return true;
  }
  return false;
}

Expected<snn_options>
snn::driver::engineOptions(const LimitOptions &limits,
                           const lang::checked::Seeds &seeds, double duration) {
  snn_options options;
  snn_default_options(&options);
  options.threads = limits.threads;
  options.flags = SNN_OWN_SEEDS;
  options.seeds = {seeds.network, seeds.initial, seeds.stimulus};
  options.duration = duration;
  if (!limits.memory.empty()) {
    Expected<uint64_t> bytes = parseBytes("--mem-limit", limits.memory);
    if (!bytes)
      return bytes.failure();
    options.memory_limit = *bytes;
  }
  if (!limits.time.empty()) {
    Expected<double> seconds = parseWallTime("--time-limit", limits.time);
    if (!seconds)
      return seconds.failure();
    options.time_limit = *seconds;
  }
  return options;
}

Failure snn::driver::failureOf(const snn_error &error) {
  Failure failure;
  failure.code = static_cast<ExitCode>(error.status);
  failure.id = error.code;
  if (error.file)
    failure.message +=
        std::string(error.file) + ":" + std::to_string(error.line) + ": ";
  failure.message += error.message;
  failure.note = error.note;
  failure.help = error.help;
  return failure;
}

Expected<Run> Run::create(const snn_model &model, const snn_options &options) {
  snn_error error{};
  snn_instance *instance = snn_create(&model, &options, &error);
  if (!instance)
    return failureOf(error);
  return Run(instance, model);
}

/// For programs: one object a line, about ten a second.
static void reportProgress(void *context, const snn_progress *progress) {
  nlohmann::ordered_json event;
  event["event"] = "progress";
  event["step"] = progress->steps;
  event["steps"] = progress->planned;
  event["time_ms"] = progress->time;
  event["spikes"] = progress->spikes;
  event["wall_s"] = progress->wall;
  static_cast<const Console *>(context)->message(event.dump() + "\n");
}

std::optional<Failure> Run::finish(const Console &console) {
  bool forPeople = console.options().format == MessageFormat::Human;
  if (console.options().format == MessageFormat::Json &&
      !console.options().quiet)
    snn_set_progress(handle.get(), reportProgress,
                     const_cast<Console *>(&console));
  bool quiet = console.options().quiet || !forPeople;
  int32_t status = snn_run_shown(handle.get(), quiet);
  if (status == SNN_OK)
    return std::nullopt;
  Failure failure = failureOf(*snn_last_error(handle.get()));
  failure.code = static_cast<ExitCode>(status);
  // A signal is no error of the engine.
  if (failure.message.empty()) {
    char text[64];
    std::snprintf(text, sizeof text, "interrupted at t = %.10g ms",
                  static_cast<double>(snn_steps_done(handle.get())) *
                      model->step);
    failure.message = text;
  }
  return failure;
}

results::Recording Run::recording() const {
  results::Recording run;
  run.model = model->name;
  run.step = model->step;
  run.window.begin = static_cast<double>(model->warmup_steps) * model->step;
  run.window.end =
      static_cast<double>(snn_steps_done(handle.get())) * model->step;
  std::vector<std::vector<NeuronSet>> sets(model->num_populations);
  for (uint32_t r = 0; r < model->num_records; ++r) {
    const snn_record &record = model->records[r];
    const snn_population &population =
        model->populations[record.target.population];
    if (record.field == SNN_NONE) {
      sets[record.target.population].push_back(neuronsOf(record.target));
      continue;
    }
    results::Trace trace;
    trace.population = population.path;
    trace.state = population.fields[record.field].name;
    trace.unit = population.fields[record.field].unit;
    if (trace.unit == "1")
      trace.unit.clear();
    trace.neurons = neuronsOf(record.target);
    snn_trace size = snn_trace_size(handle.get(), r);
    trace.times.resize(size.samples);
    trace.values.resize(size.samples * size.neurons);
    snn_read_trace(handle.get(), r, trace.values.data(), trace.times.data());
    run.traces.push_back(std::move(trace));
  }
  for (uint32_t r = 0; r < model->num_synapse_records; ++r) {
    const snn_synapse_record &record = model->synapse_records[r];
    const snn_projection &projection = model->projections[record.projection];
    const snn_field &state = projection.plasticity->states[record.state];
    results::SynapseTrace trace;
    trace.projection = projection.path;
    trace.state = state.name;
    trace.unit = state.unit;
    if (trace.unit == "1")
      trace.unit.clear();
    snn_synapse_trace size = snn_synapse_trace_size(handle.get(), r);
    trace.count = size.synapses;
    trace.times.resize(size.samples);
    trace.values.resize(size.samples * size.synapses);
    // What was recorded is there: the call cannot fail.
    (void)snn_read_synapse_trace(handle.get(), r, trace.values.data(),
                                 trace.times.data());
    run.synapses.push_back(std::move(trace));
  }
  for (uint32_t p = 0; p < model->num_populations; ++p) {
    if (sets[p].empty())
      continue;
    results::SpikeTrains trains;
    trains.population = model->populations[p].path;
    results::setRecorded(trains, sets[p]);
    uint64_t count = snn_read_spikes(handle.get(), p, nullptr, nullptr);
    trains.times.resize(count);
    trains.ids.resize(count);
    snn_read_spikes(handle.get(), p, trains.times.data(), trains.ids.data());
    run.spikes.push_back(std::move(trains));
  }
  return run;
}
