/*===- snn/network.h - The edges of a compiled model ----------------------===*\
|*                                                                            *|
|* A network is a function of its description and the seed. Whoever needs its *|
|* edges without running it (explanations, mapping to hardware, the reference *|
|* interpreter) gets them here, one by one. The header is C11.                *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef SNN_NETWORK_H
#define SNN_NETWORK_H

#include "snn/runtime.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Neurons of the two populations; the weight as it is delivered, in the
   internal unit; the total delay in steps. Nonzero stops. */
typedef int32_t (*snn_edge_fn)(void *context, uint32_t source, uint32_t target,
                               double weight, uint32_t delay);

/* Calls `edge` for every edge, always in the same order, which is the rule's
   own. `step` is in ms, `seed` the network seed. Returns 0, what `edge`
   returned, or what the process should exit with, with the reason in `error`,
   which may be null. */
int32_t snn_enumerate_edges(const snn_projection *projection, double step,
                            uint64_t seed, snn_edge_fn edge, void *context,
                            snn_error *error);

/* How many edges a projection will have: exactly, but for the rule of a
   probability, where it is the mean. Takes no time. */
int32_t snn_count_edges(const snn_projection *projection, double step,
                        uint64_t seed, double *expected, snn_error *error);

/* A neuron of the population that a drive is for, the step that ends where its
   events act (0: the first one), and how many they are. Nonzero stops. */
typedef int32_t (*snn_drive_fn)(void *context, uint32_t neuron, uint64_t step,
                                uint32_t count);

/* Calls `event` for the events of a drive in the first `steps` steps, step by
   step, in the order of the neurons, where there are any. `seed` is the
   stimulus seed. Returns like snn_enumerate_edges. */
int32_t snn_enumerate_drive(const snn_model *model, uint32_t drive,
                            uint64_t seed, uint64_t steps, snn_drive_fn event,
                            void *context, snn_error *error);

/* A neuron, and what one event of the drive adds there. Nonzero stops. */
typedef int32_t (*snn_weight_fn)(void *context, uint32_t neuron, double weight);

/* Calls `weight` for each neuron of the drive's slice. */
int32_t snn_enumerate_drive_weights(const snn_model *model, uint32_t drive,
                                    uint64_t seed, snn_weight_fn weight,
                                    void *context, snn_error *error);

#ifdef __cplusplus
}
#endif

#endif /* SNN_NETWORK_H */
