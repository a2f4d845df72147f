/*===- snn/abi.h - What generated code and the engine know of each other --===*\
|*                                                                            *|
|* A compiled model is one constant `snn_model`: tables of plain structs, and *|
|* kernels as function pointers. The engine owns memory, threads, random      *|
|* numbers, connectivity and files; the kernels own the equations. The header *|
|* is C11. Units are the internal ones: ms, mV, pA and what follows from them *|
|* (nS, pF, 1/ms); times are whole steps unless a name says otherwise.        *|
|*                                                                            *|
|* A population's memory is a list of fields: arrays of one element a neuron, *|
|* 64-byte aligned, padded to a multiple of SNN_LANES neurons. Kernels get    *|
|* the table of their base pointers; all of them lie in one arena.            *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef SNN_ABI_H
#define SNN_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SNN_ABI_VERSION 8u

/* Neurons of one kernel iteration; ranges given to kernels are multiples. */
#define SNN_LANES 16u

/* An index that names nothing. */
#define SNN_NONE UINT32_MAX

/* --- Values: given, or drawn by a keyed counter ---------------------------*/

enum snn_value_kind {
  SNN_CONSTANT,    /* a */
  SNN_UNIFORM,     /* [a, b) */
  SNN_NORMAL,      /* mean a, standard deviation b */
  SNN_LOGNORMAL,   /* of the logarithm: mean a, standard deviation b */
  SNN_GAMMA,       /* shape a, scale b */
  SNN_EXPONENTIAL, /* mean a */
  SNN_BINOMIAL,    /* a trials of probability b */
  SNN_POISSON,     /* mean a */
  SNN_CATEGORICAL, /* data: count values, then count cumulated probabilities */
  SNN_DATA,        /* data: one value for each index */
  SNN_OF_PLACE     /* of connections: a function in snn_geometry, known to lie
                      in [a, b] */
};

/* A draw outside [redraw_low, redraw_high] is repeated, then clipped to
   [clip_low, clip_high]; infinite bounds do nothing. */
typedef struct snn_value {
  uint32_t kind;
  uint32_t reserved;
  double a, b;
  double redraw_low, redraw_high;
  double clip_low, clip_high;
  const double *data;
  uint64_t count;
} snn_value;

/* --- Populations ----------------------------------------------------------*/

enum snn_element { SNN_F32, SNN_F64, SNN_I32, SNN_I64 };

enum snn_role {
  SNN_STATE,     /* a state of the equations; can be recorded and drawn */
  SNN_PARAMETER, /* f64; a parameter that differs between the neurons */
  SNN_DERIVED,   /* a constant derived from such parameters, by init */
  SNN_SUM,       /* integer sum of a port, in units of its grid */
  SNN_INPUT,     /* sum of the stimuli of an input, differing by neuron */
  SNN_COUNTDOWN, /* i32: steps of refractoriness left */
  SNN_OBSERVER,  /* recomputed for recording only */
  SNN_COUPLED,   /* what couplings add up to, in the population's precision */
  SNN_REST       /* where a state of the neuron rests: an snn_rest */
};

typedef struct snn_field {
  const char *name; /* "V", "exc.I" */
  const char *unit; /* of results, "mV" */
  uint32_t element; /* snn_element */
  uint32_t role;    /* snn_role */
  double scale;     /* internal unit -> unit of results; 1 where equal */
} snn_field;

/* A parameter: value.kind == SNN_CONSTANT is one number for all neurons and
   lies in the table `parameters` that init gets; else it has a field. */
typedef struct snn_parameter {
  const char *name;
  const char *unit;
  snn_value value;
  uint32_t field; /* SNN_NONE if uniform */
  uint32_t reserved;
} snn_parameter;

/* An initial state that is drawn or given, replacing what init wrote. */
typedef struct snn_initial {
  uint32_t field;
  uint32_t reserved;
  snn_value value;
} snn_initial;

/* Where a state rests without input, which the engine finds before the first
   step and after a change of a parameter, by the kernels themselves. update
   sets neurons to it of which each state is within `tolerance` of it, nothing
   has arrived, and which do not fire and are not refractory. */
typedef struct snn_rest {
  uint32_t state;    /* field */
  uint32_t field;    /* where it lies; SNN_NONE if it is uniform: then it is */
  uint32_t constant; /* an element of the table of constants */
  uint32_t reserved;
  double tolerance;
} snn_rest;

/* Uniform derived constants: parameters (f64) and step (ms) in, `constants`
   (elements of the population's precision, constants_size bytes) out. */
typedef void (*snn_init_constants_fn)(const double *parameters, double step,
                                      void *constants);

/* Derived fields and initial states of neurons [begin, end). */
typedef void (*snn_init_neurons_fn)(void *const *fields,
                                    const double *parameters, double step,
                                    const void *constants, uint64_t begin,
                                    uint64_t end);

/* One step of neurons [begin, end) (multiples of SNN_LANES): integrate, take
   and zero the port sums, test thresholds, reset. `inputs` holds the uniform
   inputs (elements of the population's precision). Bit i % 16 of
   spikes[(i - begin) / 16] says whether neuron i fired; bits of padding neurons
   are cleared by the engine. Returns nonzero if any state of the range is not
   finite. */
typedef uint32_t (*snn_update_fn)(void *const *fields, const void *constants,
                                  const void *inputs, uint64_t begin,
                                  uint64_t end, uint16_t *spikes);

/* The first half of a step where a population has a port whose handler does
   more than add: integrates [begin, end) to the end of the step. Handlers run
   next; update then takes the port sums, tests thresholds and resets. */
typedef void (*snn_integrate_fn)(void *const *fields, const void *constants,
                                 const void *inputs, uint64_t begin,
                                 uint64_t end);

/* Recomputes the observer fields of [begin, end); only called for recording.*/
typedef void (*snn_observe_fn)(void *const *fields, const void *constants,
                               const void *inputs, uint64_t begin,
                               uint64_t end);

/* What spikes of followed neurons do to those that follow them: `count` indices
   that ascend. A neuron of a source that fires several times in a step is
   listed as often. */
typedef void (*snn_follow_fn)(void *const *fields, const void *constants,
                              const uint32_t *neurons, uint64_t count);

/* What SNN_LANES followers are in the steps after their last spikes, by the
   same arithmetic as update. `start` holds their states: state s of lane l at
   start[s * SNN_LANES + l]; fields that are no states are read for the lanes
   from the beginning of their arrays. out[(s * stride + n) * SNN_LANES + l] is
   the state n steps later, for n < count; stride >= count. */
typedef void (*snn_replay_fn)(void *const *fields, const void *constants,
                              const void *start, void *out, uint64_t stride,
                              uint64_t count);

enum snn_population_kind {
  SNN_NEURONS,
  SNN_POISSON_SOURCE,   /* each member an independent train of rate(t) */
  SNN_TRAIN_SOURCE,     /* members fire at the steps given */
  SNN_CONDITION_SOURCE, /* one member, which fires as a condition on spikes of
                           others says */
  SNN_FOLLOWERS /* states that follow another population's neurons one to
                   one: traces. They are advanced first in a step, and
                   never fire */
};

/* Neurons first, first + stride, ... of a population; count of them. */
typedef struct snn_slice {
  uint32_t population;
  uint32_t reserved;
  uint64_t first, count, stride;
} snn_slice;

/* Met in a step in which one of `spikes` fires, if one of `before` fired in the
   `window` steps before it, and not in the same step; always where `window` is
   0. The member fires `delay` less one step later (ms, rounded half-even, drawn
   anew each time, at least 2 steps), as often as was met for that step. */
typedef struct snn_condition {
  snn_slice spikes, before;
  uint64_t window;
  uint64_t longest; /* steps of the longest delay */
  snn_value delay;
} snn_condition;

/* f(t): t in ms, result in internal units (a rate in 1/ms). */
typedef double (*snn_time_fn)(double t);

typedef struct snn_population {
  const char *path; /* "E", "V1[3,4].L23E" */
  uint64_t size;
  uint32_t kind;
  uint32_t element; /* SNN_F32 or SNN_F64 of states and constants */
  uint32_t num_fields;
  uint32_t num_parameters;
  uint32_t num_initials;
  uint32_t num_inputs; /* uniform inputs */
  const snn_field *fields;
  const snn_parameter *parameters;
  const snn_initial *initials;
  uint64_t constants_size; /* bytes */
  snn_init_constants_fn init_constants;
  snn_init_neurons_fn init_neurons;
  snn_update_fn update;
  snn_observe_fn observe; /* may be null */
  uint32_t model_file;    /* index into files, and line: where the model */
  uint32_t model_line;    /* is written, for run-time messages */
  snn_time_fn rate;       /* SNN_POISSON_SOURCE */
  uint64_t num_train_spikes;
  const uint64_t *train_steps; /* SNN_TRAIN_SOURCE: ascending, one pair a */
  const uint32_t *train_ids;   /* spike; step 0 is before the first step */
  snn_integrate_fn integrate;  /* null: update does the whole step */
  uint32_t followed;           /* SNN_FOLLOWERS: a population of equal size */
  uint32_t follow_delay;       /* steps from its spikes to `follow` */
  snn_follow_fn follow;
  snn_replay_fn replay; /* of SNN_FOLLOWERS that nothing but time and spikes
                           changes; else null */
  const snn_condition *condition; /* SNN_CONDITION_SOURCE */
  uint32_t num_rests;             /* of all states, or none */
  uint32_t reserved;
  const snn_rest *rests;
} snn_population;

/* --- Projections ----------------------------------------------------------*/

enum snn_rule {
  SNN_ONE_TO_ONE,
  SNN_ALL_TO_ALL,
  SNN_PROBABILITY, /* number */
  SNN_INDEGREE,    /* count */
  SNN_OUTDEGREE,   /* count */
  SNN_TOTAL,       /* count */
  SNN_LIST,        /* list_sources, list_targets: count of them */
  SNN_PLACE,       /* each pair with the probability that geometry has for it */
  SNN_CONVOLUTION  /* convolution */
};

enum snn_rule_flags { SNN_AUTAPSES = 1, SNN_MULTAPSES = 2 };

/* What is kept of the synapses. None is visible in a result. Rows that cannot
   be made one by one are stored anyway: of rules that draw none, of handlers
   that do more than add, with values that are data. */
enum snn_storage {
  SNN_STORED,     /* as rows of targets, and weights where they differ; or as a
                     matrix of bits or weights, where that takes no more */
  SNN_PROCEDURAL, /* how many there are; a spike's row is generated */
  SNN_EITHER,     /* stored where the budget of memory allows, else generated */
  SNN_ROWS,       /* stored, never as a matrix */
  SNN_TOEPLITZ    /* of a convolution: its kernel, once; as rows where delays
                     differ, or the port does more than add in 32 bits */
};

/* Where the neurons of a population lie: extent[0] x extent[1] x extent[2] of
   them, the last index running fastest, at origin + index * spacing (um). */
typedef struct snn_lattice {
  double origin[3], spacing[3];
  uint64_t extent[3];
} snn_lattice;

/* A function of where a target lies, seen from the source: its distance and the
   three parts of it, um. `context` is that of the geometry. */
typedef double (*snn_place_fn)(const void *context, double distance, double x,
                               double y, double z);

/* What of a projection depends on places. Displacements are taken modulo the
   period where it is not zero: the shortest one counts. */
typedef struct snn_geometry {
  snn_lattice source, target; /* of the whole populations */
  double period[3];
  snn_place_fn probability; /* SNN_PLACE, else null */
  snn_place_fn weight;      /* SNN_OF_PLACE, else null; likewise */
  snn_place_fn axonal_delay, dendritic_delay;
  const void *context;
} snn_geometry;

/* A kernel that moves over channels of maps. Neuron (c, y, x) of a slice has
   index (c height + y) width + x. Entry (o, i, v, u) of the kernel, whose
   number is ((o inputs + i) kernel[0] + v) kernel[1] + u, joins channel i of a
   group of `inputs` source channels to target channel o of the same group of
   target channels: source (y, x) to target (Y, X) where y = Y stride[0] -
   padding[0] + v dilation[0], and likewise x. An entry has one weight and one
   delay; one whose weight is given as 0 has no synapses, unless weights change.
 */
typedef struct snn_convolution {
  uint64_t source[3], target[3]; /* channels, height, width */
  uint64_t kernel[2], stride[2], padding[2], dilation[2];
  uint64_t groups; /* parts of the channels, in order */
} snn_convolution;

/* Delivers `count` synapses that are due now. Targets are indices in the
   target population. A port whose handler only adds gets grid integers: each
   from `weights` (i32 or i64 by weight_element), or all equal to `weight` where
   weights is null. Other handlers always get `weights`, of weight_element, and
   run in order. `payload` is the spike's multiplicity. */
typedef void (*snn_deliver_fn)(void *const *fields, const void *constants,
                               const uint32_t *targets, const void *weights,
                               int64_t weight, int64_t payload, uint64_t count);

/* --- Plasticity -----------------------------------------------------------*/

/* What handlers see: arrays by synapse, by target neuron, and of modulators. */
typedef struct snn_synapses {
  void *const *states;     /* by synapse: the weight, then the rule's states */
  const uint32_t *targets; /* by synapse: neuron of the target population */
  uint32_t *last;          /* by synapse: `step` of its last event, kept by the
                              handlers; 0 at the start; null unless
                              snn_plasticity.lazy */
  void *const *fields;     /* of the target population; its port's sum is that
                              of the step in which a delivery is due */
  void *const *post;       /* of the followers `post`; null if there are none */
  const void *modulators;  /* their values, of the rule's element */
  const void *constants;   /* of the rule */
  uint64_t step;           /* n + 1: events are those of its time */
} snn_synapses;

/* Synapses [begin, end) share a source; `pre` holds the states of its follower
   (its fields of role SNN_STATE, in their order) one behind the other. Nonzero
   if a state is not finite, or what is sent does not fit the sum. */
typedef uint32_t (*snn_row_fn)(const snn_synapses *synapses, const void *pre,
                               uint64_t begin, uint64_t end);

/* The `count` synapses listed share the target neuron; pre[s][i] is state s of
   the follower of the source of synapse listed[i]. */
typedef uint32_t (*snn_list_fn)(const snn_synapses *synapses, uint64_t target,
                                const uint32_t *listed, const void *const *pre,
                                uint64_t count);

/* Spikes of targets that synapses have missed: the synapse listed[i], as
   on_post would have changed it in step synapses->step + steps[i], for i <
   count in this order. State s of the follower of the source, which all share,
   was then pre[s][steps[i] * SNN_LANES]. */
typedef uint32_t (*snn_missed_fn)(const snn_synapses *synapses,
                                  const void *const *pre,
                                  const uint32_t *listed, const uint16_t *steps,
                                  uint64_t count);

/* A field of a population of one member, as it was at the step's beginning. */
typedef struct snn_modulator {
  uint32_t population, field;
} snn_modulator;

/* What a change sees nothing of, and what it needs. */
enum snn_periodic_flags {
  SNN_ANY_SOURCE = 1,   /* nothing of sources: many rows may be changed
                           together; `pre` may be null */
  SNN_ANY_TARGET = 2,   /* nothing of targets and their followers */
  SNN_SUMS_OUTGOING = 4 /* the sums over the synapses of sources */
};

/* What is done at whole periods, in steps. */
typedef struct snn_periodic {
  uint64_t period;
  snn_row_fn change;
  uint32_t flags; /* snn_periodic_flags */
} snn_periodic;

/* A field of the target's follower that holds the sum of a state over the
   synapses onto the target, whenever a period begins: in the order of rows. */
typedef struct snn_incoming {
  uint32_t state, field;
} snn_incoming;

/* A state that is, in each synapse, the sum of another over all synapses of its
   source, whenever a period begins whose change needs it. Its order is not
   seen: what is added are whole multiples of 2^-60 of the power of two above
   the largest. */
typedef struct snn_outgoing {
  uint32_t state, into;
} snn_outgoing;

/* How the synapses of a projection change. Of the states of a source's
   follower, `on_pre` gets those just before the spike that arrives, the others
   those that the synapse sees now: with all spikes that have arrived. Of the
   target's follower all get what is there: `on_pre` before this step's spikes.
   Handlers of a step run in the order on_pre, on_post, periodic; the latter, in
   their order, once followers have taken the step's spikes. They change their
   synapses and the sum, nothing else: so the order among synapses cannot be
   seen. Of several spikes of one source in a step, each finds what those before
   it left. */
typedef struct snn_plasticity {
  const char *rule; /* its name, for messages and results */
  uint32_t element; /* SNN_F32 or SNN_F64 of weights, states, constants */
  uint32_t lazy;    /* handlers need the step of a synapse's last event */
  uint32_t num_states;
  uint32_t num_modulators;
  const snn_field *states; /* [0] is the weight, drawn as the projection says */
  const snn_value *initials; /* of states [1, num_states) */
  const snn_modulator *modulators;
  uint32_t pre, post; /* populations of kind SNN_FOLLOWERS, SNN_NONE: none */
  uint32_t backprop;  /* steps from a spike of the target to on_post */
  uint32_t num_periodic;
  uint32_t num_incoming;
  uint32_t num_outgoing;
  uint32_t rewire; /* the state by which a period's change says, by what is not
                      zero, that a synapse gets another source; 0: none does */
  const snn_periodic *periodic;
  const snn_incoming *incoming;
  const snn_outgoing *outgoing;
  uint64_t constants_size;
  const void *constants;
  snn_row_fn on_pre;       /* changes states, and sends */
  snn_row_fn send;         /* sends alone, while plasticity is frozen */
  snn_list_fn on_post;     /* may be null */
  double largest;          /* size of the largest value sent; infinite: unknown,
                              and the port's sum has 64 bits */
  snn_missed_fn on_missed; /* on_post may wait until a synapse is looked at;
                              null: it may not */
} snn_plasticity;

/* --- Couplings ------------------------------------------------------------*/

/* Adds, for neurons [begin, end) of the target population, what the synapses
   of each contribute to its fields `sums`: rows[i - begin] .. rows[i - begin +
   1] of neuron i. Of synapse k, sources[k] is the neuron that it comes from,
   whose states are reads[r][sources[k]]. These and the weights are elements of
   the target's precision. */
typedef void (*snn_couple_fn)(void *const *fields, const void *constants,
                              const void *const *reads, const uint64_t *rows,
                              const uint32_t *sources, const void *weights,
                              uint64_t begin, uint64_t end);

/* A projection that carries no spikes, but acts in every step by the states
   that both ends have at its beginning. Sums begin at zero; contributions are
   added in the order of projections, in each by source, then in the order of
   its rows. */
typedef struct snn_coupling {
  uint32_t num_reads, num_sums;
  const uint32_t *reads; /* fields of the source population: states */
  const uint32_t *sums;  /* fields of the target population: SNN_COUPLED */
  snn_couple_fn couple;
} snn_coupling;

typedef struct snn_projection {
  const char *path; /* "E->I.syn#0": key of its random numbers */
  snn_slice source, target;
  uint32_t rule;
  uint32_t flags; /* snn_rule_flags */
  double number;
  uint64_t count;
  const uint32_t *list_sources, *list_targets; /* indices in the slices */
  snn_value weight;                            /* internal unit of the port */
  double grid;               /* weights are rounded to multiples of it */
  uint32_t sum_field;        /* of the target population; SNN_NONE: handler */
  uint32_t weight_element;   /* SNN_I32 or SNN_I64, or SNN_F32/F64: handler */
  snn_value axonal_delay;    /* ms */
  snn_value dendritic_delay; /* ms */
  uint32_t storage;          /* snn_storage */
  uint32_t reserved;
  snn_deliver_fn deliver;
  const snn_plasticity *plasticity; /* null: weights stay; else weight_element
                                       is the rule's, and the port only adds */
  const snn_geometry *geometry;     /* null where nothing depends on places */
  const snn_coupling *coupling;     /* null: spikes; else weight_element is the
                                       target's, and the delay one step */
  const snn_convolution *convolution; /* SNN_CONVOLUTION, else null */
} snn_projection;

/* --- Drives and stimuli ---------------------------------------------------*/

/* Poisson input, independent for every target neuron, without delay:
   count * weight is added to the sum field at each step. */
typedef struct snn_drive {
  const char *path;
  snn_slice target;
  snn_time_fn rate;  /* 1/ms at the end of the step */
  uint32_t constant; /* the rate does not change with t */
  uint32_t sum_field;
  snn_value weight; /* drawn once for each neuron if not constant */
  double grid;
} snn_drive;

/* Adds value(t), or noise of that standard deviation, to an input. t is the
   beginning of the step. Exactly one of input and field is used: a uniform
   input of the whole population, or an SNN_INPUT field. */
typedef struct snn_stimulus {
  const char *path;
  snn_slice target;
  uint32_t input;
  uint32_t field;
  snn_time_fn value;
  uint32_t constant;
  uint32_t noise; /* a standard normal number a neuron and step, times value */
} snn_stimulus;

/* --- The run --------------------------------------------------------------*/

/* Steps count from t = 0, the beginning of the warm-up: a sample of step n
   shows the state at t_n. Nothing is recorded before the warm-up ends. */
typedef struct snn_record {
  snn_slice target;
  uint32_t field; /* SNN_NONE: spikes */
  uint32_t reserved;
  uint64_t every; /* steps between samples */
  uint64_t first; /* step of the first sample */
} snn_record;

/* A state of all synapses of a plastic projection, by source, then target, then
   as snn_enumerate_edges has them. */
typedef struct snn_synapse_record {
  uint32_t projection, state;
  uint64_t every, first; /* as in snn_record */
} snn_synapse_record;

enum snn_change_kind {
  SNN_SET_PARAMETER,
  SNN_RESET_STATE,
  SNN_FREEZE, /* plasticity of projection `parameter` (SNN_NONE: all): its
                 states stay, what on_pre sends is still sent */
  SNN_RESUME
};

/* At the beginning of a step: a new value of a uniform parameter, or states
   back to their initial values (population SNN_NONE: all). */
typedef struct snn_change {
  uint64_t step;
  uint32_t kind;
  uint32_t population;
  uint32_t parameter;
  uint32_t reserved;
  double value;
} snn_change;

typedef struct snn_seeds {
  uint64_t network, initial, stimulus;
} snn_seeds;

typedef struct snn_model {
  uint32_t abi_version;
  uint32_t num_files;
  const char *name;       /* of the experiment */
  const char *model_hash; /* of the checked program, hexadecimal */
  const char *compiler_version;
  const char *flags;       /* what the build fixed, for the manifest: a JSON
                              object, such as {"fp":"strict","O":2} */
  double step;             /* ms */
  uint64_t warmup_steps;   /* simulated, not recorded */
  uint64_t duration_steps; /* after the warm-up */
  snn_seeds seeds;
  uint32_t num_populations, num_projections, num_drives, num_stimuli;
  uint32_t num_records, num_changes;
  const snn_population *populations;
  const snn_projection *projections;
  const snn_drive *drives;
  const snn_stimulus *stimuli;
  const snn_record *records;
  const snn_change *changes; /* ascending in step */
  const char *const *files;  /* source files, for messages */
  uint64_t num_synapse_records;
  const snn_synapse_record *synapse_records;
} snn_model;

/* What a compiled model exports. */
extern const snn_model snn_compiled_model;

#ifdef __cplusplus
}
#endif

#endif /* SNN_ABI_H */
