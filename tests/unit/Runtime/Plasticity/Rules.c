/*===- Rules.c - Plasticity rules as generated code would be --------------===*\
|*                                                                            *|
|* The tables of the descriptors, and the kernels for both types of numbers.  *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#include "tests/unit/Runtime/Plasticity/Rules.h"

#include "tests/unit/Runtime/Engine/Lif.h"

#include <math.h>

#define REAL float
#define NAME(x) x##F32
#include "tests/unit/Runtime/Plasticity/Kernels.inc"
#undef REAL
#undef NAME
#define REAL double
#define NAME(x) x##F64
#include "tests/unit/Runtime/Plasticity/Kernels.inc"

/* Both forms of a kernel, to be taken by the element. */
#define OF(element, x) ((element) == SNN_F32 ? x##F32 : x##F64)

static const snn_field traceFields[2][1] = {
    {{"x", "1", SNN_F32, SNN_STATE, 1}}, {{"x", "1", SNN_F64, SNN_STATE, 1}}};

static const snn_field stpFields[2][2] = {
    {{"u", "1", SNN_F32, SNN_STATE, 1}, {"R", "1", SNN_F32, SNN_STATE, 1}},
    {{"u", "1", SNN_F64, SNN_STATE, 1}, {"R", "1", SNN_F64, SNN_STATE, 1}}};

static const snn_field synapseStates[2][2] = {
    {{"w", "uV", SNN_F32, SNN_STATE, 1000}, {"e", "1", SNN_F32, SNN_STATE, 1}},
    {{"w", "uV", SNN_F64, SNN_STATE, 1000}, {"e", "1", SNN_F64, SNN_STATE, 1}}};

static const snn_value zero = {SNN_CONSTANT, 0,         0,        0, -HUGE_VAL,
                               HUGE_VAL,     -HUGE_VAL, HUGE_VAL, 0, 0};

static snn_population followers(const char *path, uint32_t element,
                                uint32_t followed, uint64_t size) {
  snn_population population = {0};
  population.path = path;
  population.size = size;
  population.kind = SNN_FOLLOWERS;
  population.element = element;
  population.followed = followed;
  return population;
}

snn_population tracePopulation(const char *path, uint32_t element,
                               uint32_t followed, uint64_t size,
                               const snn_parameter *tau) {
  snn_population population = followers(path, element, followed, size);
  population.num_fields = 1;
  population.fields = traceFields[element == SNN_F64];
  population.num_parameters = 1;
  population.parameters = tau;
  population.constants_size = 8;
  population.init_constants = OF(element, traceConstants);
  population.update = OF(element, traceUpdate);
  population.replay = OF(element, traceReplay);
  population.follow = OF(element, traceFollow);
  return population;
}

snn_population stpPopulation(const char *path, uint32_t element,
                             uint32_t followed, uint64_t size) {
  snn_population population = followers(path, element, followed, size);
  population.num_fields = 2;
  population.fields = stpFields[element == SNN_F64];
  population.constants_size = 16;
  population.init_constants = OF(element, stpConstants);
  population.init_neurons = OF(element, stpInit);
  population.update = OF(element, stpUpdate);
  population.follow = OF(element, stpFollow);
  return population;
}

static snn_plasticity rule(const char *name, uint32_t element,
                           uint32_t num_states,
                           const RuleConstants *constants) {
  snn_plasticity made = {0};
  made.rule = name;
  made.element = element;
  made.num_states = num_states;
  made.states = synapseStates[element == SNN_F64];
  made.initials = &zero;
  made.pre = made.post = SNN_NONE;
  made.constants_size = sizeof(RuleConstants);
  made.constants = constants;
  made.send = OF(element, send);
  made.largest = constants->most;
  return made;
}

snn_plasticity pairRule(uint32_t element, const RuleConstants *constants) {
  snn_plasticity made = rule("Pair", element, 1, constants);
  made.on_pre = OF(element, pairOnPre);
  made.on_post = OF(element, pairOnPost);
  made.on_missed = OF(element, pairOnMissed);
  return made;
}

snn_plasticity stpRule(uint32_t element, const RuleConstants *constants) {
  snn_plasticity made = rule("TsodyksMarkram", element, 2, constants);
  made.on_pre = OF(element, stpOnPre);
  return made;
}

snn_plasticity rewardRule(uint32_t element, const RuleConstants *constants) {
  snn_plasticity made = rule("Reward", element, 2, constants);
  made.lazy = 1;
  made.on_pre = OF(element, rewardOnPre);
  made.on_post = OF(element, rewardOnPost);
  made.on_missed = OF(element, rewardOnMissed);
  return made;
}

snn_periodic rewardEvery(uint32_t element, uint64_t period) {
  snn_periodic made = {period, OF(element, rewardTick),
                       SNN_ANY_SOURCE | SNN_ANY_TARGET};
  return made;
}
