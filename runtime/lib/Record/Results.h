//===- Results.h - The files of a run ---------------------------*- C++ -*-===//
//
// manifest.json says what was run and how it ended; spikes.npz holds <pop>/t
// (float64, ms) and <pop>/id (uint32) of each population whose spikes are
// recorded; traces.npz holds, for each recorded state, <pop>/<field> (float64,
// samples x neurons), <pop>/<field>/t (ms) and <pop>/<field>/ids (uint32). A
// second record of the same state is <pop>/<field>#2, and so on. weights.npz,
// where states of synapses are recorded, holds <proj>/<state> (samples x
// synapses, in the rule's precision), <proj>/<state>/t (ms), <proj>/source and
// <proj>/target (uint32).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RECORD_RESULTS_H
#define SNN_RUNTIME_RECORD_RESULTS_H

#include "runtime/lib/Core/Simulation.h"

namespace snn::runtime {

/// All files of a results folder, or none.
bool writeResults(const Simulation &simulation, const char *folder,
                  Error &error);

class OutputFile;

/// weights.npz; false without memory.
bool writeWeights(const Simulation &simulation, OutputFile &file);

/// The statistics of a run, as JSON.
bool writeStats(const Simulation &simulation, const char *path,
                double compileSeconds, Error &error);

/// "0123456789abcdef", in `text` of 17 bytes at least.
const char *formatHash(uint64_t hash, char *text);

} // namespace snn::runtime

#endif // SNN_RUNTIME_RECORD_RESULTS_H
