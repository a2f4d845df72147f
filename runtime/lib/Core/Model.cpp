//===- Model.cpp - Whether a compiled model can be run --------------------===//
//
// What is wrong here is wrong with the program that made the model, not with
// what its user wrote; except for lengths, which options can change.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Model.h"

#include <cmath>

using namespace snn::runtime;

namespace {

/// Checks parts of a model; after a failure, the error is set.
class Checker {
public:
  Checker(const snn_model &model, Error &error) : model(model), error(error) {}

  bool check();

private:
  bool broken(const char *what, const char *path) {
    return fail(error, SNN_INTERNAL, "E0790",
                "the compiled model is broken: %s of `%s`", what, path);
  }
  bool checkPopulation(const snn_population &population);
  bool checkSlice(const snn_slice &slice, const char *path);
  bool checkField(const snn_slice &slice, uint32_t field, uint32_t role,
                  const char *path);

  const snn_model &model;
  Error &error;
};

} // namespace

bool Checker::checkPopulation(const snn_population &population) {
  const char *path = population.path;
  if (!population.size || population.size > UINT32_MAX)
    return broken("the size", path);
  if (population.kind == SNN_NEURONS ? !population.update
      : population.kind == SNN_POISSON_SOURCE
          ? !population.rate
          : population.kind != SNN_TRAIN_SOURCE)
    return broken("the kind", path);
  for (uint32_t i = 0; i < population.num_parameters; ++i) {
    const snn_parameter &parameter = population.parameters[i];
    if (parameter.field == SNN_NONE ? parameter.value.kind != SNN_CONSTANT
                                    : parameter.field >= population.num_fields)
      return broken("a parameter", path);
  }
  for (uint32_t i = 0; i < population.num_initials; ++i)
    if (population.initials[i].field >= population.num_fields)
      return broken("an initial state", path);
  for (uint64_t i = 0; i < population.num_train_spikes; ++i)
    if (population.train_ids[i] >= population.size ||
        (i && population.train_steps[i] < population.train_steps[i - 1]))
      return broken("the spike trains", path);
  return true;
}

bool Checker::checkSlice(const snn_slice &slice, const char *path) {
  if (slice.population >= model.num_populations || !slice.stride ||
      !slice.count)
    return broken("a slice", path);
  uint64_t span, last;
  if (__builtin_mul_overflow(slice.count - 1, slice.stride, &span) ||
      __builtin_add_overflow(slice.first, span, &last) ||
      last >= model.populations[slice.population].size)
    return broken("a slice", path);
  return true;
}

bool Checker::checkField(const snn_slice &slice, uint32_t field, uint32_t role,
                         const char *path) {
  if (!checkSlice(slice, path))
    return false;
  const snn_population &population = model.populations[slice.population];
  if (field >= population.num_fields || population.fields[field].role != role)
    return broken("a target", path);
  if (role == SNN_SUM && population.fields[field].element != SNN_I32 &&
      population.fields[field].element != SNN_I64)
    return broken("a sum", path);
  return true;
}

bool Checker::check() {
  if (model.abi_version != SNN_ABI_VERSION)
    return fail(error, SNN_INTERNAL, "E0791",
                "the compiled model speaks version %u of the run-time "
                "interface, this library version %u",
                model.abi_version, SNN_ABI_VERSION);
  if (!(model.step > 0) || !std::isfinite(model.step))
    return broken("the step", model.name);
  for (uint32_t i = 0; i < model.num_populations; ++i)
    if (!checkPopulation(model.populations[i]))
      return false;
  for (uint32_t i = 0; i < model.num_projections; ++i) {
    const snn_projection &projection = model.projections[i];
    if (!checkSlice(projection.source, projection.path) ||
        !checkSlice(projection.target, projection.path))
      return false;
    if (projection.sum_field != SNN_NONE &&
        !checkField(projection.target, projection.sum_field, SNN_SUM,
                    projection.path))
      return false;
    if (!projection.deliver)
      return broken("the delivery", projection.path);
  }
  for (uint32_t i = 0; i < model.num_drives; ++i) {
    const snn_drive &drive = model.drives[i];
    if (!checkField(drive.target, drive.sum_field, SNN_SUM, drive.path))
      return false;
  }
  for (uint32_t i = 0; i < model.num_stimuli; ++i) {
    const snn_stimulus &stimulus = model.stimuli[i];
    if (stimulus.field != SNN_NONE) {
      if (!checkField(stimulus.target, stimulus.field, SNN_INPUT,
                      stimulus.path))
        return false;
    } else if (!checkSlice(stimulus.target, stimulus.path)) {
      return false;
    } else if (stimulus.noise ||
               stimulus.input >=
                   model.populations[stimulus.target.population].num_inputs) {
      return broken("the input", stimulus.path);
    }
  }
  for (uint32_t i = 0; i < model.num_records; ++i) {
    const snn_record &record = model.records[i];
    if (!checkSlice(record.target, "record"))
      return false;
    if (record.field != SNN_NONE &&
        (!record.every ||
         record.field >=
             model.populations[record.target.population].num_fields))
      return broken("a field", "record");
  }
  for (uint32_t i = 0; i < model.num_changes; ++i) {
    const snn_change &change = model.changes[i];
    bool all = change.kind == SNN_RESET_STATE && change.population == SNN_NONE;
    if (!all && change.population >= model.num_populations)
      return broken("the population", "change");
    if (change.kind == SNN_SET_PARAMETER &&
        (change.parameter >=
             model.populations[change.population].num_parameters ||
         model.populations[change.population]
                 .parameters[change.parameter]
                 .field != SNN_NONE))
      return broken("the parameter", "change");
  }
  return true;
}

bool snn::runtime::checkModel(const snn_model &model, Error &error) {
  if (!Checker(model, error).check())
    return false;
  uint64_t neurons = 0;
  for (uint32_t i = 0; i < model.num_populations; ++i)
    neurons += model.populations[i].size;
  char count[32];
  if (neurons > UINT32_MAX)
    return fail(error, SNN_RESOURCE, "E0703",
                "a model has at most 4,294,967,295 neurons, this one %s",
                formatCount(neurons, count));
  return true;
}

bool snn::runtime::applyOptions(const snn_model &model,
                                const snn_options &options, snn_model &out,
                                Error &error) {
  out = model;
  if (options.version != SNN_RUNTIME_VERSION)
    return fail(error, SNN_INTERNAL, "E0791",
                "the program speaks version %u of the library's interface, "
                "the library version %u",
                options.version, SNN_RUNTIME_VERSION);
  if (options.flags & SNN_OWN_SEEDS)
    out.seeds = options.seeds;
  if (options.duration >= 0) {
    double steps = options.duration / model.step;
    double whole = steps < 0x1p52
                       ? static_cast<double>(static_cast<uint64_t>(steps + 0.5))
                       : steps;
    double difference = steps - whole;
    if (difference > 1e-6 || difference < -1e-6)
      return fail(error, SNN_USAGE, "E0402",
                  "a duration of %.10g ms is not a multiple of the step of "
                  "%.10g ms",
                  options.duration, model.step),
             help(error, "%.10g ms and %.10g ms are",
                  static_cast<double>(static_cast<uint64_t>(steps)) *
                      model.step,
                  static_cast<double>(static_cast<uint64_t>(steps) + 1) *
                      model.step);
    // Compared as numbers first: what is not one, or too large, is no count.
    out.duration_steps =
        whole < 0x1p63 ? static_cast<uint64_t>(whole) : UINT64_MAX;
  }
  uint64_t total;
  if (__builtin_add_overflow(out.warmup_steps, out.duration_steps, &total) ||
      total > UINT32_MAX)
    return fail(error, SNN_RESOURCE, "E0705",
                "a run has at most 4,294,967,295 steps"),
           help(error, "with a step of %.10g ms that is %.4g s", model.step,
                4294967295.0 * model.step * 1e-3);
  return true;
}
