/*===- snn/runtime.h - Running a compiled model from any program ----------===*\
|*                                                                            *|
|* An instance is one network of a compiled model in memory: created, run,    *|
|* read, written, destroyed. A process may hold many, of one model or of      *|
|* several; each is used by one thread at a time. The header is C11.          *|
|*                                                                            *|
|* Functions that can fail return 0, or what the process should exit with     *|
|* (snn_status), and leave the reason in snn_last_error. Nothing here exits,  *|
|* and only snn_main and snn_run_shown write to the terminal. The floating-   *|
|* point mode of the calling thread is left as it was found.                  *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef SNN_RUNTIME_H
#define SNN_RUNTIME_H

#include "snn/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SNN_RUNTIME_VERSION 1u

/* Exit codes of the command line. */
enum snn_status {
  SNN_OK = 0,
  SNN_MODEL = 1,     /* a value in the model that cannot be */
  SNN_USAGE = 2,     /* an argument that cannot be */
  SNN_NUMERICAL = 4, /* a state is not a finite number */
  SNN_RESOURCE = 5,  /* memory or time beyond its limit */
  SNN_INTERNAL = 70,
  SNN_IO = 74,
  SNN_SIGINT = 130, /* stopped by a signal; what was recorded is whole */
  SNN_SIGTERM = 143
};

typedef struct snn_error {
  int32_t status;   /* snn_status */
  uint32_t line;    /* of the model, 0 if none */
  const char *file; /* of the model, or null */
  char code[8];     /* "E0701" */
  char message[512];
  char note[512]; /* may be empty, as may help */
  char help[256];
} snn_error;

/* --- Creating an instance -------------------------------------------------*/

enum snn_option_flags {
  SNN_OWN_SEEDS = 1,      /* options.seeds replace the model's */
  SNN_RECORD_NOTHING = 2, /* hash and statistics only */
  SNN_PROFILE = 4, /* every step is timed, by population and projection */
  SNN_TRACE = 8,   /* what threads do after the warm-up is kept, for a while */
  /* Which spikes of targets wait for the source, of those that may; by default
     where that is faster. Changes no result. */
  SNN_AT_ONCE = 16, /* none waits */
  SNN_WAIT = 32     /* all wait */
};

typedef struct snn_options {
  uint32_t version; /* SNN_RUNTIME_VERSION */
  uint32_t threads; /* 0: as many as cores may be used, fewer for small
                       models; changes no result */
  uint32_t flags;   /* snn_option_flags */
  uint32_t reserved;
  snn_seeds seeds;
  double duration;       /* ms after the warm-up; negative: the model's */
  uint64_t memory_limit; /* bytes; 0: 90 % of what is available */
  double time_limit;     /* seconds of wall time for all runs; 0: none */
} snn_options;

/* The values above that mean "as the model says". */
void snn_default_options(snn_options *options);

typedef struct snn_instance snn_instance;

/* Null on failure, with the reason in `error`, which may be null. The model
   must outlive the instance. options may be null. */
snn_instance *snn_create(const snn_model *model, const snn_options *options,
                         snn_error *error);
void snn_destroy(snn_instance *instance);

/* Bytes that snn_create will take for the network and its states, and that a
   run of the planned length will take for what it records. Allocates next to
   nothing. */
typedef struct snn_memory {
  uint64_t states, synapses, recording, other, total;
  uint64_t expected_synapses;
} snn_memory;
int32_t snn_estimate_memory(const snn_model *model, const snn_options *options,
                            snn_memory *memory, snn_error *error);

/* The model with the seeds and the duration of this instance. */
const snn_model *snn_instance_model(const snn_instance *instance);

const snn_error *snn_last_error(const snn_instance *instance);

/* --- Running --------------------------------------------------------------*/

/* Runs `steps` steps, or to the end of the planned duration if UINT64_MAX. */
int32_t snn_run(snn_instance *instance, uint64_t steps);

/* The same to the end, with a progress line on a terminal (unless quiet), and
   with SIGINT and SIGTERM stopping the run at the next step; one that
   comes 0.25 s later or more ends the process at once. */
int32_t snn_run_shown(snn_instance *instance, int32_t quiet);

/* Steps done, and planned with the warm-up. */
uint64_t snn_steps_done(const snn_instance *instance);
uint64_t snn_steps_planned(const snn_instance *instance);

/* Stops a run at the next step, which then returns `status`. May be called
   from a signal handler or from another thread. */
void snn_request_stop(snn_instance *instance, int32_t status);

typedef struct snn_progress {
  uint64_t steps, planned;
  uint64_t spikes;
  double time; /* ms of model time */
  double wall; /* s since the run began */
} snn_progress;

/* Called during runs about ten times a second, by any thread of the run. */
typedef void (*snn_progress_fn)(void *context, const snn_progress *progress);
void snn_set_progress(snn_instance *instance, snn_progress_fn function,
                      void *context);

/* A new value of a uniform parameter, in internal units, from the next step
   on; constants derived from it are computed anew. */
int32_t snn_set_parameter(snn_instance *instance, uint32_t population,
                          uint32_t parameter, double value);
int32_t snn_get_parameter(const snn_instance *instance, uint32_t population,
                          uint32_t parameter, double *value);

/* Back to t = 0 with the same network: states as at creation (constants
   from parameters as they are now), no spike under way, recordings empty. */
int32_t snn_reset(snn_instance *instance);

/* --- Reading --------------------------------------------------------------*/

/* A population or field by name; SNN_NONE if there is none. */
uint32_t snn_find_population(const snn_model *model, const char *path);
uint32_t snn_find_field(const snn_model *model, uint32_t population,
                        const char *name);

/* Values of neurons [first, first + count) in the unit of results. */
int32_t snn_read_field(snn_instance *instance, uint32_t population,
                       uint32_t field, uint64_t first, uint64_t count,
                       double *values);

/* Recorded spikes by time and then index; `times` (ms) or `ids` may be null.
   The first call gives the count when both are. */
uint64_t snn_read_spikes(const snn_instance *instance, uint32_t population,
                         double *times, uint32_t *ids);

/* What record number `record` of the model holds (0 samples for spikes). */
typedef struct snn_trace {
  uint64_t samples, neurons;
} snn_trace;
snn_trace snn_trace_size(const snn_instance *instance, uint32_t record);

/* Samples by time and then neuron, in the unit of results; times in ms. */
void snn_read_trace(const snn_instance *instance, uint32_t record,
                    double *values, double *times);

/* States of the synapses of plastic projections, by source, then target, then
   as snn_enumerate_edges has them. */

/* Synapses of a plastic projection; 0 of one whose weights stay. */
uint64_t snn_num_synapses(const snn_instance *instance, uint32_t projection);

/* A state as it is now, in the unit of results, and the neurons that each
   synapse joins; any array may be null. */
int32_t snn_read_synapses(snn_instance *instance, uint32_t projection,
                          uint32_t state, double *values, uint32_t *sources,
                          uint32_t *targets);

/* What synapse record number `record` of the model holds. */
typedef struct snn_synapse_trace {
  uint64_t samples, synapses;
} snn_synapse_trace;
snn_synapse_trace snn_synapse_trace_size(const snn_instance *instance,
                                         uint32_t record);

/* Samples by time and then synapse, in the unit of results; times in ms.
   Either may be null. */
int32_t snn_read_synapse_trace(snn_instance *instance, uint32_t record,
                               double *values, double *times);

/* Sum mod 2^64 over all spikes from t = 0, recorded or not; order, threads,
   files and storage do not enter. */
uint64_t snn_spike_hash(const snn_instance *instance);

typedef struct snn_stats {
  uint64_t neurons, synapses, steps, spikes, synaptic_events;
  uint64_t neuron_updates;  /* neurons x steps */
  uint64_t updates_at_rest; /* of them passed over: nothing would have changed;
                               padding neurons are among them */
  uint64_t synapse_bytes, peak_rss_bytes, predicted_bytes;
  uint32_t threads;
  uint32_t reserved;
  double bio_time_s, wall_s, build_s;
  double update_s, deliver_s, stimulus_s; /* of one thread, sampled */
} snn_stats;
void snn_get_stats(const snn_instance *instance, snn_stats *stats);

/* Mean rate of a population over the time after the warm-up, in Hz. */
double snn_mean_rate(const snn_instance *instance, uint32_t population);

/* --- Files ----------------------------------------------------------------*/

/* The statistics as JSON (keys in docs/reference/results.md). compile_s is the
   caller's to know. */
int32_t snn_write_stats(snn_instance *instance, const char *path,
                        double compile_s);

/* With SNN_PROFILE, where time and memory went, as tables on standard error;
   snn_write_stats writes the same. */
void snn_print_profile(const snn_instance *instance);

/* With SNN_TRACE, the phases of each thread as trace events in JSON, which
   Perfetto and chrome://tracing show. */
int32_t snn_write_trace(snn_instance *instance, const char *path);

/* manifest.json, spikes.npz and traces.npz in `folder`, which is made if it is
   missing; weights.npz where states of synapses are recorded. Each file appears
   whole or not at all. Layout: docs/reference/results.md. */
int32_t snn_write_results(snn_instance *instance, const char *folder);

/* Makes results/<name>-<n> with the least n that is free. `size` bytes of
   `folder` receive its name. */
int32_t snn_new_results_folder(snn_instance *instance, char *folder,
                               uint64_t size);

/* "error[E0701]: ..." with its note and help, on standard error. */
void snn_print_error(const snn_error *error, int32_t color);

/* The `main` of executables: options of the command line, one run, results. */
int snn_main(const snn_model *model, int argc, char **argv);

#ifdef __cplusplus
}
#endif

#endif /* SNN_RUNTIME_H */
