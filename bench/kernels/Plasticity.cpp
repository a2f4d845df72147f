//===- Plasticity.cpp - What a spike costs where synapses change ----------===//
//
// Pair STDP between 10,000 sources and 10,000 neurons with 800 synapses each,
// on one thread and on two: 8 million synapses, so rows and lists are as cold
// as in a network of that size. First only sources fire, then only targets,
// then both; beside it the same network with weights that stay, and one in
// which no spike of a target waits for the source. Kernels are as the compiler
// makes them.
//
//===----------------------------------------------------------------------===//
#include "snn/runtime.h"

#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace {

constexpr uint64_t Neurons = 10000, InDegree = 800;
constexpr double Grid = 0x1p-10, Step = 0.1;
// Spikes in a step: a network at 100 Hz.
constexpr double RatePerMs = 0.1;

enum { V, Sum, Fields };

snn_value number(double a) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {SNN_CONSTANT, 0,         a,        0,       -infinity,
          infinity,     -infinity, infinity, nullptr, 0};
}

//===- Kernels ------------------------------------------------------------===//

/// Fires where it was kicked in this step.
uint32_t updateTarget(void *const *fields, const void *, const void *,
                      uint64_t begin, uint64_t end, uint16_t *spikes) {
  auto *v = static_cast<float *>(fields[V]);
  auto *sum = static_cast<int32_t *>(fields[Sum]);
  for (uint64_t block = begin; block < end; block += SNN_LANES) {
    uint32_t mask = 0;
    for (uint64_t i = block; i < block + SNN_LANES; ++i) {
      v[i] = v[i] * 0.99f + static_cast<float>(sum[i]) * 0x1p-10f;
      mask |= static_cast<uint32_t>(sum[i] >= 1 << 24) << (i - block);
      sum[i] = 0;
    }
    spikes[(block - begin) / SNN_LANES] = static_cast<uint16_t>(mask);
  }
  return 0;
}

uint32_t updateTrace(void *const *fields, const void *, const void *,
                     uint64_t begin, uint64_t end, uint16_t *) {
  auto *x = static_cast<float *>(fields[0]);
  for (uint64_t i = begin; i < end; ++i)
    x[i] *= 0.995f;
  return 0;
}

void follow(void *const *fields, const void *, const uint32_t *neurons,
            uint64_t count) {
  auto *x = static_cast<float *>(fields[0]);
  for (uint64_t i = 0; i < count; ++i)
    x[neurons[i]] += 1;
}

void deliver(void *const *fields, const void *, const uint32_t *targets,
             const void *weights, int64_t weight, int64_t, uint64_t count) {
  auto *sum = static_cast<int32_t *>(fields[Sum]);
  auto *each = static_cast<const int32_t *>(weights);
  for (uint64_t i = 0; i < count; ++i)
    sum[targets[i]] += each ? each[i] : static_cast<int32_t>(weight);
}

/// Half-even, by adding and taking away 1.5 * 2^23.
inline int32_t wholeUnits(float amount) {
  float shifted = amount * static_cast<float>(1 / Grid) + 12582912.0f;
  return static_cast<int32_t>(shifted - 12582912.0f);
}

uint32_t send(const snn_synapses *synapses, const void *, uint64_t begin,
              uint64_t end) {
  auto *w = static_cast<const float *>(synapses->states[0]);
  auto *sum = static_cast<int32_t *>(synapses->fields[Sum]);
  for (uint64_t i = begin; i < end; ++i)
    sum[synapses->targets[i]] += wholeUnits(w[i]);
  return 0;
}

uint32_t onPre(const snn_synapses *synapses, const void *, uint64_t begin,
               uint64_t end) {
  auto *w = static_cast<float *>(synapses->states[0]);
  auto *y = static_cast<const float *>(synapses->post[0]);
  auto *sum = static_cast<int32_t *>(synapses->fields[Sum]);
  const uint32_t *targets = synapses->targets;
  bool fault = false;
  for (uint64_t i = begin; i < end; ++i) {
    uint32_t target = targets[i];
    float weight = w[i] - 1e-4f * y[target];
    weight = weight < 0 ? 0 : weight;
    fault |= weight - weight != 0;
    w[i] = weight;
    sum[target] += wholeUnits(weight);
  }
  return fault;
}

uint32_t onPost(const snn_synapses *synapses, uint64_t, const uint32_t *listed,
                const void *const *pre, uint64_t count) {
  auto *w = static_cast<float *>(synapses->states[0]);
  auto *x = static_cast<const float *>(pre[0]);
  bool fault = false;
  for (uint64_t i = 0; i < count; ++i) {
    float weight = w[listed[i]] + 1e-4f * x[i];
    weight = weight > 1 ? 1 : weight;
    fault |= weight - weight != 0;
    w[listed[i]] = weight;
  }
  return fault;
}

uint32_t onMissed(const snn_synapses *synapses, const void *const *pre,
                  const uint32_t *listed, const uint16_t *steps,
                  uint64_t count) {
  auto *w = static_cast<float *>(synapses->states[0]);
  auto *x = static_cast<const float *>(pre[0]);
  bool fault = false;
  for (uint64_t i = 0; i < count; ++i) {
    float weight = w[listed[i]] + 1e-4f * x[uint64_t{steps[i]} * SNN_LANES];
    weight = weight > 1 ? 1 : weight;
    fault |= weight - weight != 0;
    w[listed[i]] = weight;
  }
  return fault;
}

void replay(void *const *, const void *, const void *start, void *out, uint64_t,
            uint64_t count) {
  float x[SNN_LANES];
  memcpy(x, start, sizeof(x));
  for (uint64_t n = 0; n < count; ++n) {
    memcpy(static_cast<float *>(out) + n * SNN_LANES, x, sizeof(x));
    for (float &each : x)
      each *= 0.995f;
  }
}

//===- The network --------------------------------------------------------===//

constexpr snn_field TargetFields[] = {{"V", "1", SNN_F32, SNN_STATE, 1},
                                      {"in", "1", SNN_I32, SNN_SUM, 1}};
constexpr snn_field TraceFields[] = {{"x", "1", SNN_F32, SNN_STATE, 1}};
constexpr snn_field Weight[] = {{"w", "1", SNN_F32, SNN_STATE, 1}};

enum class Form { Static, Frozen, AtOnce, Plastic };

/// Which of the two fires.
struct Network {
  Network(Form form, bool sources, bool targets, bool delaysDiffer) {
    snn_population source = {};
    source.size = Neurons;
    source.kind = SNN_POISSON_SOURCE;
    source.path = "P";
    auto fires = [](double) { return RatePerMs; };
    auto rests = [](double) { return 0.0; };
    source.rate = sources ? +fires : +rests;
    populations[0] = source;
    source.path = "K";
    source.rate = targets ? +fires : +rests;
    populations[1] = source;
    snn_population &target = populations[2];
    target.path = "E";
    target.size = Neurons;
    target.num_fields = Fields;
    target.fields = TargetFields;
    target.update = updateTarget;
    for (uint32_t follower : {3, 4}) {
      snn_population &trace = populations[follower];
      trace.path = follower == 3 ? "x" : "y";
      trace.size = Neurons;
      trace.kind = SNN_FOLLOWERS;
      trace.num_fields = 1;
      trace.fields = TraceFields;
      trace.update = updateTrace;
      trace.followed = follower == 3 ? 0 : 2;
      trace.follow = follow;
      trace.replay = replay;
    }
    snn_projection &kick = projections[0];
    kick.path = "K->E";
    kick.source = {1, 0, 0, Neurons, 1};
    kick.target = {2, 0, 0, Neurons, 1};
    kick.rule = SNN_ONE_TO_ONE;
    kick.weight = number(0x1p14);
    kick.grid = Grid;
    kick.sum_field = Sum;
    kick.weight_element = SNN_I32;
    kick.axonal_delay = number(Step);
    kick.dendritic_delay = number(0);
    kick.deliver = deliver;
    snn_projection &learnt = projections[1] = kick;
    learnt.path = "P->E";
    learnt.source.population = 0;
    learnt.rule = SNN_INDEGREE;
    learnt.flags = SNN_AUTAPSES | SNN_MULTAPSES;
    learnt.count = InDegree;
    learnt.weight = number(0.5);
    learnt.weight.kind = SNN_UNIFORM;
    learnt.weight.a = 0.4;
    learnt.weight.b = 0.6;
    learnt.axonal_delay = number(1.5);
    if (delaysDiffer) {
      learnt.axonal_delay.kind = SNN_UNIFORM;
      learnt.axonal_delay.a = 0.1;
      learnt.axonal_delay.b = 3;
    }
    rule.rule = "Pair";
    rule.num_states = 1;
    rule.states = Weight;
    rule.pre = 3;
    rule.post = 4;
    rule.on_pre = onPre;
    rule.send = send;
    rule.on_post = onPost;
    rule.on_missed = onMissed;
    rule.largest = 1;
    if (form != Form::Static) {
      learnt.plasticity = &rule;
      learnt.weight_element = SNN_F32;
    }
    freeze.kind = SNN_FREEZE;
    freeze.parameter = SNN_NONE;
    model.abi_version = SNN_ABI_VERSION;
    model.name = "plasticity";
    model.model_hash = model.compiler_version = model.flags = "";
    model.step = Step;
    model.duration_steps = UINT32_MAX;
    model.num_populations = 5;
    model.populations = populations;
    model.num_projections = 2;
    model.projections = projections;
    model.num_changes = form == Form::Frozen;
    model.changes = &freeze;
  }

  snn_population populations[5] = {};
  snn_projection projections[2] = {};
  snn_plasticity rule = {};
  snn_change freeze = {};
  snn_model model = {};
};

/// Time of each synapse that a spike reaches or comes back to.
void run(benchmark::State &state, Form form, bool sources, bool targets,
         bool delaysDiffer) {
  Network network(form, sources, targets, delaysDiffer);
  snn_options options;
  snn_default_options(&options);
  options.threads = static_cast<uint32_t>(state.range(0));
  options.flags |= form == Form::AtOnce ? SNN_AT_ONCE : 0;
  snn_error error = {};
  snn_instance *instance = snn_create(&network.model, &options, &error);
  if (!instance) {
    std::fprintf(stderr, "error: %s\n", error.message);
    std::exit(1);
  }
  // As many as make the end of a run, where nothing waits any longer, cheap.
  constexpr uint64_t steps = 1000;
  snn_run(instance, steps);
  snn_stats before, after;
  snn_get_stats(instance, &before);
  for (auto _ : state)
    snn_run(instance, steps);
  snn_get_stats(instance, &after);
  // Those of K have one synapse each.
  double events = static_cast<double>(after.spikes - before.spikes) *
                  static_cast<double>(InDegree) /
                  static_cast<double>(sources || !targets ? 1 : 2);
  if (sources)
    events =
        static_cast<double>(after.synaptic_events - before.synaptic_events);
  using benchmark::Counter;
  state.counters["time/event"] =
      Counter(events, Counter::kIsRate | Counter::kInvert);
  state.counters["bytes/synapse"] = static_cast<double>(after.synapse_bytes) /
                                    static_cast<double>(after.synapses);
  snn_destroy(instance);
}

} // namespace

#define SNN_BENCHMARK(name, ...)                                               \
  BENCHMARK_CAPTURE(run, name, __VA_ARGS__)                                    \
      ->Name("plasticity/" #name "/threads")                                   \
      ->Arg(1)                                                                 \
      ->Arg(2)                                                                 \
      ->UseRealTime()

SNN_BENCHMARK(nothing, Form::Plastic, false, false, false);
SNN_BENCHMARK(static_pre, Form::Static, true, false, false);
SNN_BENCHMARK(frozen_pre, Form::Frozen, true, false, false);
SNN_BENCHMARK(pre, Form::Plastic, true, false, false);
SNN_BENCHMARK(post_at_once, Form::AtOnce, false, true, false);
SNN_BENCHMARK(static_both, Form::Static, true, true, false);
SNN_BENCHMARK(both_at_once, Form::AtOnce, true, true, false);
SNN_BENCHMARK(both, Form::Plastic, true, true, false);
SNN_BENCHMARK(static_pre_delays, Form::Static, true, false, true);
SNN_BENCHMARK(pre_delays, Form::Plastic, true, false, true);
SNN_BENCHMARK(post_delays, Form::Plastic, false, true, true);

BENCHMARK_MAIN();
