//===- Memory.cpp - What a network will take, and what there is -----------===//
//
// The number of spikes of a run is not known beforehand; recorded ones are
// counted at 10 Hz a neuron.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Memory.h"

#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Delivery/Projections.h"
#include "runtime/lib/Record/Recorder.h"

#include <cinttypes>
#include <cstdio>
#include <unistd.h>

using namespace snn::runtime;

// A thread touches some pages of its stack and of its heap.
static constexpr uint64_t ThreadBytes = 64 << 10;

/// The number that a file of the system holds; 0 if it is none ("max").
static uint64_t readNumber(const char *path) {
  FILE *file = fopen(path, "re");
  if (!file)
    return 0;
  uint64_t number;
  bool found = fscanf(file, "%" SCNu64, &number) == 1;
  fclose(file);
  return found ? number : 0;
}

static uint64_t readMemAvailable() {
  FILE *file = fopen("/proc/meminfo", "re");
  if (!file)
    return 0;
  char line[128];
  uint64_t kibibytes = 0;
  while (fgets(line, sizeof line, file))
    if (sscanf(line, "MemAvailable: %" SCNu64, &kibibytes) == 1)
      break;
  fclose(file);
  return kibibytes * 1024;
}

uint64_t snn::runtime::availableMemory() {
  uint64_t least = readMemAvailable();
  auto consider = [&](const char *limitPath, const char *usedPath) {
    uint64_t limit = readNumber(limitPath), used = readNumber(usedPath);
    if (!limit)
      return;
    uint64_t rest = limit > used ? limit - used : 0;
    if (!least || rest < least)
      least = rest;
  };
  consider("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current");
  consider("/sys/fs/cgroup/memory/memory.limit_in_bytes",
           "/sys/fs/cgroup/memory/memory.usage_in_bytes");
  return least;
}

uint64_t snn::runtime::residentMemory() {
  FILE *file = fopen("/proc/self/statm", "re");
  if (!file)
    return 0;
  uint64_t total, resident = 0;
  if (fscanf(file, "%" SCNu64 " %" SCNu64, &total, &resident) != 2)
    resident = 0;
  fclose(file);
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

/// Bytes of what is recorded in the whole run. What arrays have in reserve is
/// not touched, so it does not count.
static double estimateRecording(const snn_model &model) {
  double bytes = 0;
  for (uint32_t r = 0; r < model.num_records; ++r) {
    const snn_record &record = model.records[r];
    const snn_population &population =
        model.populations[record.target.population];
    auto neurons = static_cast<double>(record.target.count);
    auto steps = static_cast<double>(model.duration_steps);
    bytes += record.field == SNN_NONE
                 ? neurons * steps * model.step * SupposedRate * 8
                 : neurons * static_cast<double>(numSamplesDue(model, record)) *
                       static_cast<double>(elementBytes(
                           population.fields[record.field].element));
  }
  return bytes;
}

bool snn::runtime::estimateMemory(const snn_model &model,
                                  const Projections &projections,
                                  uint32_t threads, uint64_t states,
                                  bool records, snn_memory &out, Error &error) {
  out = {};
  out.states = states;
  uint64_t temporary = 0;
  if (!projections.estimate(out, temporary, error))
    return false;
  double recording = records ? estimateRecording(model) : 0;
  out.recording =
      recording < 0x1p62 ? static_cast<uint64_t>(recording) : uint64_t{1} << 62;
  out.other = temporary + threads * ThreadBytes + residentMemory();
  if (__builtin_add_overflow(out.states, out.synapses, &out.total) ||
      __builtin_add_overflow(out.total, out.recording, &out.total) ||
      __builtin_add_overflow(out.total, out.other, &out.total))
    out.total = UINT64_MAX;
  return true;
}

bool snn::runtime::checkMemory(const snn_memory &memory, uint64_t limit,
                               uint64_t available, Error &error) {
  char need[32], budget[32], all[32], synapses[32], parts[3][32];
  bool isShare = limit == 0;
  if (isShare)
    limit = available / 10 * 9;
  if (!limit || memory.total <= limit)
    return true;
  auto bytes = [](uint64_t count, char *text) {
    return formatBytes(static_cast<double>(count), text);
  };
  bytes(memory.total, need);
  bytes(limit, budget);
  if (isShare)
    fail(error, SNN_RESOURCE, "E0701",
         "this network needs about %s, but the memory budget is %s (90 %% of "
         "%s)",
         need, budget, bytes(available, all));
  else
    fail(error, SNN_RESOURCE, "E0701",
         "this network needs about %s, but the memory budget is %s", need,
         budget);
  note(error, "%s synapses: %s; states: %s; recording: %s",
       formatCount(memory.expected_synapses, synapses),
       bytes(memory.synapses, parts[0]), bytes(memory.states, parts[1]),
       bytes(memory.recording, parts[2]));
  uint64_t gibibytes = (memory.total >> 30) + 1;
  return help(error, "raise the budget with `--mem-limit %" PRIu64 "G`",
              gibibytes);
}
