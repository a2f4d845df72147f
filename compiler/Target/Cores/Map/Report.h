//===- Report.h - What a mapping came to ------------------------*- C++ -*-===//
//
// Counted from the image: what each core holds, and, with the spikes of the
// experiment, what it does and what goes over the mesh. The emulator counts the
// same events as they happen.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_REPORT_H
#define SNN_COMPILER_TARGET_CORES_MAP_REPORT_H

#include "lang/Chips/Chips.h"
#include "runtime/emulator/Counters.h"
#include "runtime/emulator/Image.h"

#include <optional>
#include <string>
#include <vector>

namespace snn::target::cores {

/// What one core holds, and does in the whole experiment.
struct CoreLoad {
  uint32_t x = 0, y = 0; // of its router
  uint64_t neurons = 0, axons = 0, routes = 0, synapses = 0;
  double spikes = 0, operations = 0, messages = 0; // messages that leave it
};

/// Spikes that went over a link, from one router to its neighbour.
struct LinkLoad {
  uint32_t x = 0, y = 0, toX = 0, toY = 0;
  double spikes = 0;
};

/// Of the fullest core, and what a core has; negative if that is not public.
struct Use {
  std::string resource;
  uint64_t most = 0, total = 0;
  int64_t capacity = -1;
};

struct MappingReport {
  // From the mapper.
  uint32_t coresBound = 0;
  /// What each resource by itself demands, of those that may bind.
  std::vector<std::pair<std::string, uint32_t>> boundsByResource;
  uint64_t copies = 0, replicas = 0, relays = 0;
  double messagesBound = 0; // per spike
  // From the image.
  uint32_t columns = 0, rows = 0;
  std::vector<CoreLoad> cores;
  std::vector<LinkLoad> links; // that are used
  std::vector<Use> uses;
  /// In the experiment, with the spikes of this machine; messages are those
  /// between cores.
  double spikes = 0, operations = 0, messages = 0, hopsX = 0, hopsY = 0;
  emulator::Energy energy;
  /// Seconds of a tick on the busiest core, on the way of a message and at the
  /// barrier; nothing if the chip's times are not known.
  std::optional<double> tickTime;

  double perSpike(double count) const {
    return spikes > 0 ? count / spikes : 0;
  }
};

/// Fills in what comes from the image. `spikes` are those of the image's
/// neurons, then those of its input lines, in all ticks.
void measure(const emulator::Image &image, const lang::checked::Chip &chip,
             const std::vector<double> &spikes, uint32_t ticks,
             MappingReport &report);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_REPORT_H
