//===- ChipRun.h - Runs an image on the emulator ----------------*- C++ -*-===//
//
// From the events that the image carries to a folder of results, in the names
// of the model.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_CHIPRUN_H
#define SNN_COMPILER_DRIVER_CHIPRUN_H

#include "compiler/Driver/Console.h"
#include "compiler/Results/Recording.h"
#include "runtime/emulator/Image.h"

#include <optional>
#include <string>

namespace snn::driver {

/// `output` is the folder; results/<experiment>-<n> if it is empty. `stats` is
/// the file for what the run cost, if any. The folder that was written.
Expected<std::string> runImage(const emulator::Image &image,
                               const std::string &output,
                               const std::string &stats,
                               const Console &console);

/// Runs it for what it shows alone.
Expected<results::Recording> recordImage(const emulator::Image &image,
                                         const Console &console);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_CHIPRUN_H
