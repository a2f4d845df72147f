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
#include "runtime/emulator/Clock.h"

#include <optional>
#include <string>

namespace snn::driver {

struct ImageRunOptions {
  /// What the chip takes for each event; none are known by default.
  emulator::Times times = {};
  /// Of the emulator, which gives the same on any number; 0: as many as the
  /// machine has.
  unsigned threads = 0;
  /// The folder of the results; results/<experiment>-<n> if it is empty.
  std::string output;
  /// The file for what the run cost, if any.
  std::string stats;
};

/// The folder that was written.
Expected<std::string> runImage(const emulator::Image &image,
                               const ImageRunOptions &options,
                               const Console &console);

/// Runs it for what it shows alone.
Expected<results::Recording> recordImage(const emulator::Image &image,
                                         const Console &console);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_CHIPRUN_H
