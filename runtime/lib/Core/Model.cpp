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
  bool checkFollowers(const snn_population &population);
  bool checkCondition(const snn_population &population);
  bool checkProjection(const snn_projection &projection);
  bool checkPlasticity(const snn_projection &projection);
  bool checkCoupling(const snn_projection &projection);
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
  if (population.kind == SNN_FOLLOWERS) {
    if (!checkFollowers(population))
      return false;
  } else if (population.kind == SNN_CONDITION_SOURCE) {
    if (!checkCondition(population))
      return false;
  } else if (population.kind == SNN_NEURONS ? !population.update
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
  for (uint32_t i = 0; i < population.num_rests; ++i) {
    const snn_rest &rest = population.rests[i];
    uint64_t constants =
        population.constants_size / (population.element == SNN_F32 ? 4 : 8);
    if (population.kind != SNN_NEURONS || rest.state >= population.num_fields ||
        population.fields[rest.state].role != SNN_STATE ||
        !(rest.tolerance > 0) ||
        (rest.field == SNN_NONE
             ? rest.constant >= constants
             : rest.field >= population.num_fields ||
                   population.fields[rest.field].role != SNN_REST))
      return broken("a rest", path);
  }
  for (uint64_t i = 0; i < population.num_train_spikes; ++i)
    if (population.train_ids[i] >= population.size ||
        (i && population.train_steps[i] < population.train_steps[i - 1]))
      return broken("the spike trains", path);
  return true;
}

bool Checker::checkCondition(const snn_population &population) {
  const snn_condition *condition = population.condition;
  if (!condition || population.size != 1 || condition->longest < 2 ||
      condition->delay.kind == SNN_DATA ||
      condition->delay.kind == SNN_OF_PLACE)
    return broken("the condition", population.path);
  return checkSlice(condition->spikes, population.path) &&
         (!condition->window || checkSlice(condition->before, population.path));
}

bool Checker::checkFollowers(const snn_population &population) {
  if (!population.update || !population.follow)
    return broken("the kind", population.path);
  if (population.followed >= model.num_populations ||
      model.populations[population.followed].kind == SNN_FOLLOWERS ||
      model.populations[population.followed].size != population.size)
    return broken("whom it follows", population.path);
  for (uint32_t f = 0; f < population.num_fields; ++f) {
    const snn_field &field = population.fields[f];
    if (field.role == SNN_SUM ||
        (field.role == SNN_STATE && field.element != population.element))
      return broken("a field", population.path);
  }
  return true;
}

bool Checker::checkProjection(const snn_projection &projection) {
  const char *path = projection.path;
  if (!checkSlice(projection.source, path) ||
      !checkSlice(projection.target, path))
    return false;
  if (model.populations[projection.source.population].kind == SNN_FOLLOWERS ||
      model.populations[projection.target.population].kind == SNN_FOLLOWERS)
    return broken("a slice", path);
  if ((projection.sum_field != SNN_NONE || projection.plasticity) &&
      !checkField(projection.target, projection.sum_field, SNN_SUM, path))
    return false;
  return projection.coupling     ? checkCoupling(projection)
         : projection.plasticity ? checkPlasticity(projection)
         : projection.deliver    ? true
                                 : broken("the delivery", path);
}

bool Checker::checkCoupling(const snn_projection &projection) {
  const snn_coupling &coupling = *projection.coupling;
  const snn_population &source =
      model.populations[projection.source.population];
  const snn_population &target =
      model.populations[projection.target.population];
  if (!coupling.couple || projection.plasticity ||
      projection.weight_element != target.element)
    return broken("the coupling", projection.path);
  for (uint32_t r = 0; r < coupling.num_reads; ++r)
    if (source.kind != SNN_NEURONS || coupling.reads[r] >= source.num_fields ||
        source.fields[coupling.reads[r]].role != SNN_STATE)
      return broken("what it reads", projection.path);
  for (uint32_t s = 0; s < coupling.num_sums; ++s)
    if (target.kind != SNN_NEURONS || coupling.sums[s] >= target.num_fields ||
        target.fields[coupling.sums[s]].role != SNN_COUPLED ||
        target.fields[coupling.sums[s]].element != target.element)
      return broken("a sum", projection.path);
  return true;
}

bool Checker::checkPlasticity(const snn_projection &projection) {
  const snn_plasticity &rule = *projection.plasticity;
  const char *path = projection.path;
  if ((rule.element != SNN_F32 && rule.element != SNN_F64) ||
      projection.weight_element != rule.element || !rule.num_states)
    return broken("the weight", path);
  for (uint32_t s = 0; s < rule.num_states; ++s)
    if (rule.states[s].element != rule.element)
      return broken("a state", path);
  if (!rule.on_pre || !rule.send)
    return broken("a handler", path);
  if (rule.rewire && (rule.rewire >= rule.num_states ||
                      projection.axonal_delay.kind != SNN_CONSTANT ||
                      projection.dendritic_delay.kind != SNN_CONSTANT))
    return broken("what moves its synapses", path);
  for (uint32_t i = 0; i < rule.num_periodic; ++i)
    if (!rule.periodic[i].change || !rule.periodic[i].period)
      return broken("a period", path);
  for (uint32_t i = 0; i < rule.num_incoming; ++i)
    if (rule.post >= model.num_populations ||
        rule.incoming[i].state >= rule.num_states ||
        rule.incoming[i].field >= model.populations[rule.post].num_fields)
      return broken("a sum over synapses", path);
  for (uint32_t i = 0; i < rule.num_outgoing; ++i)
    if (rule.outgoing[i].state >= rule.num_states ||
        rule.outgoing[i].into >= rule.num_states ||
        rule.outgoing[i].into == rule.outgoing[i].state)
      return broken("a sum over synapses", path);
  auto follows = [&](uint32_t follower, uint32_t population) {
    return follower == SNN_NONE ||
           (follower < model.num_populations &&
            model.populations[follower].kind == SNN_FOLLOWERS &&
            model.populations[follower].element == rule.element &&
            model.populations[follower].followed == population);
  };
  // What a synapse sees of its source is what was at the time of emission.
  if (!follows(rule.pre, projection.source.population) ||
      (rule.pre != SNN_NONE && model.populations[rule.pre].follow_delay))
    return broken("the follower of the source", path);
  if (!follows(rule.post, projection.target.population))
    return broken("the follower of the target", path);
  for (uint32_t m = 0; m < rule.num_modulators; ++m) {
    const snn_modulator &modulator = rule.modulators[m];
    if (modulator.population >= model.num_populations ||
        model.populations[modulator.population].size != 1 ||
        modulator.field >= model.populations[modulator.population].num_fields)
      return broken("a modulator", path);
  }
  // The proof that sums of 32 bits hold needs a bound of what is sent.
  const snn_field &sum = model.populations[projection.target.population]
                             .fields[projection.sum_field];
  if (!(rule.largest >= 0) || !(projection.grid > 0) ||
      (!std::isfinite(rule.largest) && sum.element != SNN_I64))
    return broken("the bound of what is sent", path);
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
  for (uint32_t i = 0; i < model.num_projections; ++i)
    if (!checkProjection(model.projections[i]))
      return false;
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
    if (record.field == SNN_NONE
            ? model.populations[record.target.population].kind == SNN_FOLLOWERS
            : (!record.every ||
               record.field >=
                   model.populations[record.target.population].num_fields))
      return broken("a field", "record");
  }
  for (uint64_t i = 0; i < model.num_synapse_records; ++i) {
    const snn_synapse_record &record = model.synapse_records[i];
    if (!record.every || record.projection >= model.num_projections ||
        !model.projections[record.projection].plasticity ||
        record.state >=
            model.projections[record.projection].plasticity->num_states)
      return broken("a state", "record");
  }
  for (uint32_t i = 0; i < model.num_changes; ++i) {
    const snn_change &change = model.changes[i];
    if (change.kind == SNN_FREEZE || change.kind == SNN_RESUME) {
      if (change.parameter != SNN_NONE &&
          (change.parameter >= model.num_projections ||
           !model.projections[change.parameter].plasticity))
        return broken("the projection", "change");
      continue;
    }
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
