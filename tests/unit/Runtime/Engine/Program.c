/*===- Program.c - What `snn build` would link ----------------------------===*\
|*                                                                            *|
|* A compiled model and the archive of the runtime: its main, its options,    *|
|* and by a C linker, as no part of the C++ library is needed.                *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#include "snn/runtime.h"
#include "tests/unit/Runtime/Engine/Lif.h"

static double current(double t) { return 20; }

static const snn_stimulus stimuli[] = {
    {"step->E.I_ext#0", {0, 0, 0, 100, 1}, 0, SNN_NONE, current, 1, 0}};
static const snn_record records[] = {{{0, 0, 0, 100, 1}, SNN_NONE, 0, 1, 0},
                                     {{0, 0, 0, 1, 1}, LIF_V, 0, 10, 10}};
static snn_population populations[1];
static const char *const files[] = {"lif.snn"};

const snn_model snn_compiled_model = {
    .abi_version = SNN_ABI_VERSION,
    .num_files = 1,
    .name = "lif",
    .model_hash = "00",
    .compiler_version = "0.1.0",
    .flags = "{\"fp\":\"strict\"}",
    .step = 0.1,
    .duration_steps = 1000,
    .seeds = {1, 1, 1},
    .num_populations = 1,
    .num_stimuli = 1,
    .num_records = 2,
    .populations = populations,
    .stimuli = stimuli,
    .records = records,
    .files = files,
};

/* A compiled model is constant; here its tables are filled in by a function. */
__attribute__((constructor)) static void fill(void) {
  populations[0] = lifPopulation("E", 100, lifParameters, 0, 0);
}
