//===- SweepStats.h - What a sweep cost -------------------------*- C++ -*-===//
//
// `--stats` of several runs: their sums, and each by itself.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_SWEEPSTATS_H
#define SNN_COMPILER_DRIVER_SWEEPSTATS_H

#include "compiler/Driver/Console.h"
#include "compiler/Results/Folder.h"

namespace snn::driver {

/// From the stats.json of each run's folder to one file with the same keys.
std::optional<Failure> writeSweepStats(const std::string &folder,
                                       const results::SweepIndex &index,
                                       const std::string &path);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_SWEEPSTATS_H
