/*===- Lif.h - A neuron model as generated code would be ------------------===*\
|*                                                                            *|
|* A leaky integrate-and-fire neuron in the form of snn/abi.h, in f64, with a *|
|* port that adds to V, an input of the population and one by neuron:         *|
|*   tau V' = -V + I_ext + I,  V >= V_th: V = 0, held for t_ref               *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef SNN_TESTS_UNIT_RUNTIME_ENGINE_LIF_H
#define SNN_TESTS_UNIT_RUNTIME_ENGINE_LIF_H

#include "snn/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { LIF_V, LIF_SUM, LIF_I, LIF_COUNTDOWN, LIF_V_TH, LIF_TWICE, LIF_FIELDS };
enum { LIF_TAU, LIF_T_REF, LIF_THRESHOLD, LIF_PARAMETERS };

/* Weights are multiples of LIF_GRID. */
#define LIF_GRID 0x1p-10

snn_population lifPopulation(const char *path, uint64_t size,
                             const snn_parameter *parameters,
                             const snn_initial *initials,
                             uint32_t num_initials);

/* The same with a sum of 32 bits. */
snn_population narrowLifPopulation(const char *path, uint64_t size);
void narrowLifDeliver(void *const *fields, const void *constants,
                      const uint32_t *targets, const void *weights,
                      int64_t weight, int64_t payload, uint64_t count);

/* tau = 10 ms, t_ref = 2 ms, V_th = 15 mV for each neuron */
extern const snn_parameter lifParameters[LIF_PARAMETERS];

/* Adds to the port sum. */
void lifDeliver(void *const *fields, const void *constants,
                const uint32_t *targets, const void *weights, int64_t weight,
                int64_t payload, uint64_t count);

/* The same with weights of 64 bits. */
void lifDeliver64(void *const *fields, const void *constants,
                  const uint32_t *targets, const void *weights, int64_t weight,
                  int64_t payload, uint64_t count);

/* The same population with the step split, and a port whose handler moves V
   towards 10 mV: V += w (10 - V), in which the order of spikes matters. */
snn_population splitLifPopulation(const char *path, uint64_t size);
void splitLifDeliver(void *const *fields, const void *constants,
                     const uint32_t *targets, const void *weights,
                     int64_t weight, int64_t payload, uint64_t count);

#ifdef __cplusplus
}
#endif

#endif /* SNN_TESTS_UNIT_RUNTIME_ENGINE_LIF_H */
