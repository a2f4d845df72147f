/*===- Lif.c - A neuron model as generated code would be ------------------===*\
|*                                                                            *|
|* In C, so that the headers of the runtime are compiled as C as well.        *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#include "tests/unit/Runtime/Engine/Lif.h"

#include "snn/math.h"
#include "snn/runtime.h"

#include <math.h>

typedef struct {
  double decay, gain, refractorySteps;
} Constants;

static const snn_field fields[LIF_FIELDS] = {
    {"V", "mV", SNN_F64, SNN_STATE, 1},
    {"syn", "mV", SNN_I64, SNN_SUM, 1},
    {"I", "mV", SNN_F64, SNN_INPUT, 1},
    {"refractory", "1", SNN_I32, SNN_COUNTDOWN, 1},
    {"V_th", "mV", SNN_F64, SNN_PARAMETER, 1},
    {"twice", "uV", SNN_F64, SNN_OBSERVER, 1000},
};

static const snn_field narrowFields[LIF_FIELDS] = {
    {"V", "mV", SNN_F64, SNN_STATE, 1},
    {"syn", "mV", SNN_I32, SNN_SUM, 1},
    {"I", "mV", SNN_F64, SNN_INPUT, 1},
    {"refractory", "1", SNN_I32, SNN_COUNTDOWN, 1},
    {"V_th", "mV", SNN_F64, SNN_PARAMETER, 1},
    {"twice", "uV", SNN_F64, SNN_OBSERVER, 1000},
};

#define CONSTANT(x)                                                            \
  {SNN_CONSTANT, 0, x, 0, -HUGE_VAL, HUGE_VAL, -HUGE_VAL, HUGE_VAL, 0, 0}

const snn_parameter lifParameters[LIF_PARAMETERS] = {
    {"tau", "ms", CONSTANT(10), SNN_NONE, 0},
    {"t_ref", "ms", CONSTANT(2), SNN_NONE, 0},
    {"V_th", "mV", CONSTANT(15), LIF_V_TH, 0},
};

static void initConstants(const double *parameters, double step, void *out) {
  Constants *c = out;
  c->decay = snn_exp(-step / parameters[LIF_TAU]);
  c->gain = -snn_expm1(-step / parameters[LIF_TAU]);
  c->refractorySteps = (double)(int64_t)(parameters[LIF_T_REF] / step + 0.5);
}

static void initNeurons(void *const *table, const double *parameters,
                        double step, const void *constants, uint64_t begin,
                        uint64_t end) {
  double *V = table[LIF_V];
  for (uint64_t i = begin; i < end; ++i)
    V[i] = 0;
}

static double integrated(const Constants *c, double V, double input) {
  return V * c->decay + input * c->gain;
}

static int isFinite(double x) { return x - x == 0; }

static int64_t take(void *sums, int narrow, uint64_t i) {
  int64_t sum = narrow ? ((int32_t *)sums)[i] : ((int64_t *)sums)[i];
  if (narrow)
    ((int32_t *)sums)[i] = 0;
  else
    ((int64_t *)sums)[i] = 0;
  return sum;
}

static uint32_t updateSums(void *const *table, const void *constants,
                           const void *inputs, uint64_t begin, uint64_t end,
                           uint16_t *spikes, int narrow) {
  const Constants *c = constants;
  double *V = table[LIF_V];
  const double *I = table[LIF_I];
  int32_t *countdown = table[LIF_COUNTDOWN];
  const double *threshold = table[LIF_V_TH];
  double common = *(const double *)inputs;
  uint32_t bad = 0;
  for (uint64_t block = begin; block < end; block += SNN_LANES) {
    uint32_t mask = 0;
    for (uint64_t i = block; i < block + SNN_LANES; ++i) {
      double arrived = (double)take(table[LIF_SUM], narrow, i) * LIF_GRID;
      if (countdown[i]) {
        --countdown[i];
        continue;
      }
      V[i] = integrated(c, V[i], common + I[i]) + arrived;
      if (V[i] >= threshold[i]) {
        V[i] = 0;
        countdown[i] = (int32_t)c->refractorySteps;
        mask |= 1u << (i - block);
      }
      bad |= !isFinite(V[i]);
    }
    spikes[(block - begin) / SNN_LANES] = (uint16_t)mask;
  }
  return bad;
}

static uint32_t update(void *const *table, const void *constants,
                       const void *inputs, uint64_t begin, uint64_t end,
                       uint16_t *spikes) {
  return updateSums(table, constants, inputs, begin, end, spikes, 0);
}

static uint32_t updateNarrow(void *const *table, const void *constants,
                             const void *inputs, uint64_t begin, uint64_t end,
                             uint16_t *spikes) {
  return updateSums(table, constants, inputs, begin, end, spikes, 1);
}

static void observe(void *const *table, const void *constants,
                    const void *inputs, uint64_t begin, uint64_t end) {
  const double *V = table[LIF_V];
  double *twice = table[LIF_TWICE];
  for (uint64_t i = begin; i < end; ++i)
    twice[i] = 2 * V[i];
}

snn_population lifPopulation(const char *path, uint64_t size,
                             const snn_parameter *parameters,
                             const snn_initial *initials,
                             uint32_t num_initials) {
  snn_population population = {0};
  population.path = path;
  population.size = size;
  population.kind = SNN_NEURONS;
  population.element = SNN_F64;
  population.num_fields = LIF_FIELDS;
  population.num_parameters = LIF_PARAMETERS;
  population.num_initials = num_initials;
  population.num_inputs = 1;
  population.fields = fields;
  population.parameters = parameters;
  population.initials = initials;
  population.constants_size = sizeof(Constants);
  population.init_constants = initConstants;
  population.init_neurons = initNeurons;
  population.update = update;
  population.observe = observe;
  population.model_file = 0;
  population.model_line = 7;
  return population;
}

void lifDeliver(void *const *table, const void *constants,
                const uint32_t *targets, const void *weights, int64_t weight,
                int64_t payload, uint64_t count) {
  int64_t *sum = table[LIF_SUM];
  const int32_t *each = weights;
  for (uint64_t i = 0; i < count; ++i)
    sum[targets[i]] += (each ? each[i] : weight) * payload;
}

void lifDeliver64(void *const *table, const void *constants,
                  const uint32_t *targets, const void *weights, int64_t weight,
                  int64_t payload, uint64_t count) {
  int64_t *sum = table[LIF_SUM];
  const int64_t *each = weights;
  for (uint64_t i = 0; i < count; ++i)
    sum[targets[i]] += (each ? each[i] : weight) * payload;
}

snn_population narrowLifPopulation(const char *path, uint64_t size) {
  snn_population population = lifPopulation(path, size, lifParameters, 0, 0);
  population.fields = narrowFields;
  population.update = updateNarrow;
  return population;
}

void narrowLifDeliver(void *const *table, const void *constants,
                      const uint32_t *targets, const void *weights,
                      int64_t weight, int64_t payload, uint64_t count) {
  int32_t *sum = table[LIF_SUM];
  const int32_t *each = weights;
  for (uint64_t i = 0; i < count; ++i)
    sum[targets[i]] += (int32_t)((each ? each[i] : weight) * payload);
}

static void splitIntegrate(void *const *table, const void *constants,
                           const void *inputs, uint64_t begin, uint64_t end) {
  double *V = table[LIF_V];
  const double *I = table[LIF_I];
  const int32_t *countdown = table[LIF_COUNTDOWN];
  for (uint64_t i = begin; i < end; ++i)
    if (!countdown[i])
      V[i] = integrated(constants, V[i], *(const double *)inputs + I[i]);
}

static uint32_t splitUpdate(void *const *table, const void *constants,
                            const void *inputs, uint64_t begin, uint64_t end,
                            uint16_t *spikes) {
  const Constants *c = constants;
  double *V = table[LIF_V];
  int32_t *countdown = table[LIF_COUNTDOWN];
  const double *threshold = table[LIF_V_TH];
  int64_t *sum = table[LIF_SUM];
  for (uint64_t block = begin; block < end; block += SNN_LANES) {
    uint32_t mask = 0;
    for (uint64_t i = block; i < block + SNN_LANES; ++i) {
      double arrived = (double)sum[i] * 0x1p-10;
      sum[i] = 0;
      if (countdown[i]) {
        --countdown[i];
        continue;
      }
      V[i] += arrived;
      if (V[i] >= threshold[i]) {
        V[i] = 0;
        countdown[i] = (int32_t)c->refractorySteps;
        mask |= 1u << (i - block);
      }
    }
    spikes[(block - begin) / SNN_LANES] = (uint16_t)mask;
  }
  return 0;
}

snn_population splitLifPopulation(const char *path, uint64_t size) {
  snn_population population = lifPopulation(path, size, lifParameters, 0, 0);
  population.integrate = splitIntegrate;
  population.update = splitUpdate;
  return population;
}

void splitLifDeliver(void *const *table, const void *constants,
                     const uint32_t *targets, const void *weights,
                     int64_t weight, int64_t payload, uint64_t count) {
  double *V = table[LIF_V];
  const int32_t *countdown = table[LIF_COUNTDOWN];
  const double *each = weights;
  for (uint64_t i = 0; i < count; ++i)
    if (!countdown[targets[i]])
      V[targets[i]] += each[i] * (10 - V[targets[i]]);
}
