//===- Memory.cpp - What a network will take, and what there is -----------===//
//
// The number of spikes of a run is not known beforehand; recorded ones are
// counted at 5 Hz a neuron, which large networks, of cortex, do not exceed: in
// small ones they weigh little.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Memory.h"

#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Delivery/Couplings.h"
#include "runtime/lib/Record/Recorder.h"
#include "runtime/lib/Record/SynapseRecorder.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <sys/resource.h>
#include <unistd.h>

using namespace snn::runtime;

// Code, and buffers of files, that are touched once the run begins.
static constexpr uint64_t LaterPages = 128 << 10;

// A thread touches some pages of its stack and of its heap.
static constexpr uint64_t ThreadBytes = 128 << 10;

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

/// Bytes that a line of a file gives in KiB, such as "VmHWM:   4096 kB"; 0
/// without such a line.
static uint64_t readBytes(const char *path, const char *key) {
  FILE *file = fopen(path, "re");
  if (!file)
    return 0;
  char line[128];
  uint64_t kibibytes = 0;
  size_t length = strlen(key);
  while (fgets(line, sizeof line, file))
    if (!strncmp(line, key, length) &&
        sscanf(line + length, ": %" SCNu64, &kibibytes) == 1)
      break;
  fclose(file);
  return kibibytes * 1024;
}

uint64_t snn::runtime::availableMemory() {
  uint64_t least = readBytes("/proc/meminfo", "MemAvailable");
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

uint64_t snn::runtime::peakMemory() {
  // getrusage() also counts who started this process, up to then.
  if (uint64_t peak = readBytes("/proc/self/status", "VmHWM"))
    return peak;
  rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0
             ? static_cast<uint64_t>(usage.ru_maxrss) * 1024
             : 0;
}

/// Bytes of what is recorded in the whole run. What arrays have in reserve is
/// not touched, so it does not count.
static double estimateRecording(const snn_model &model,
                                const Plasticity &plasticity) {
  double bytes = 0;
  for (uint64_t r = 0; r < model.num_synapse_records; ++r) {
    const snn_synapse_record &record = model.synapse_records[r];
    bytes +=
        plasticity.expectedSynapses(record.projection) *
        static_cast<double>(SynapseRecorder::bytesOfSynapse(model, record));
  }
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

/// While the network is made, each 32-bit sum has a bound of 64 bits.
static uint64_t bytesOfBounds(const snn_model &model) {
  uint64_t bytes = 0;
  for (uint32_t p = 0; p < model.num_populations; ++p) {
    const snn_population &population = model.populations[p];
    for (uint32_t f = 0; f < population.num_fields; ++f)
      if (population.fields[f].role == SNN_SUM &&
          population.fields[f].element == SNN_I32)
        bytes += population.size * sizeof(uint64_t);
  }
  return bytes;
}

bool snn::runtime::estimateMemory(const snn_model &model,
                                  const Projections &projections,
                                  Plasticity &plasticity,
                                  const Couplings &couplings, uint32_t threads,
                                  uint64_t states, bool records,
                                  snn_memory &out, LargestProjections &largest,
                                  Error &error) {
  out = {};
  out.states = states;
  uint64_t temporary = 0;
  if (!projections.estimate(out, largest, temporary, error) ||
      !plasticity.estimate(out, largest, temporary, error))
    return false;
  couplings.estimate(out, largest, temporary);
  double recording = records ? estimateRecording(model, plasticity) : 0;
  out.recording =
      recording < 0x1p62 ? static_cast<uint64_t>(recording) : uint64_t{1} << 62;
  // What making the network takes is given back before anything is recorded.
  temporary += bytesOfBounds(model);
  temporary = temporary > out.recording ? temporary - out.recording : 0;
  out.other = temporary + threads * ThreadBytes + LaterPages + residentMemory();
  if (__builtin_add_overflow(out.states, out.synapses, &out.total) ||
      __builtin_add_overflow(out.total, out.recording, &out.total) ||
      __builtin_add_overflow(out.total, out.other, &out.total))
    out.total = UINT64_MAX;
  return true;
}

void LargestProjections::add(const char *path, uint64_t synapses,
                             uint64_t bytes) {
  ++count;
  Entry entry = {path, synapses, bytes};
  for (Entry &other : entries)
    if (!other.path || entry.bytes > other.bytes) {
      Entry smaller = other;
      other = entry;
      entry = smaller;
      if (!entry.path)
        return;
    }
}

void LargestProjections::format(char *text, uint64_t size) const {
  *text = 0;
  uint64_t length = 0;
  auto add = [&](const char *format, auto... values) {
    int more = length < size
                   ? snprintf(text + length, size - length, format, values...)
                   : 0;
    length += more > 0 ? static_cast<uint64_t>(more) : 0;
  };
  for (const Entry &entry : entries) {
    char bytes[32], synapses[32];
    if (entry.path)
      add("%s`%s` %s of %s synapses", &entry == entries ? "" : ", ", entry.path,
          formatBytes(static_cast<double>(entry.bytes), bytes),
          formatCount(entry.synapses, synapses));
  }
  if (count > Most)
    add(" and %" PRIu64 " smaller", count - Most);
}

/// What would make it fit, besides more memory.
static void adviseOn(const snn_memory &memory, uint64_t limit, Error &error) {
  uint64_t gibibytes = (memory.total >> 30) + 1;
  uint64_t rest = memory.total - memory.synapses;
  uint64_t unrecorded = memory.total - memory.recording;
  if (memory.recording && unrecorded <= limit)
    help(error,
         "record fewer neurons, less often or for a shorter time, or raise the "
         "budget with `--mem-limit %" PRIu64 "G`",
         gibibytes);
  else if (memory.synapses && rest < limit)
    help(error,
         "%.3g %% of the synapses would fit: scale the network down, or raise "
         "the budget with `--mem-limit %" PRIu64 "G`",
         100 * static_cast<double>(limit - rest) /
             static_cast<double>(memory.synapses),
         gibibytes);
  else
    help(error, "raise the budget with `--mem-limit %" PRIu64 "G`", gibibytes);
}

bool snn::runtime::checkMemory(const snn_memory &memory,
                               const LargestProjections &largest,
                               uint64_t limit, uint64_t available,
                               Error &error) {
  char need[32], budget[32], all[32], synapses[32], parts[4][32];
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
  char projections[384] = "";
  if (memory.synapses >= memory.total / 10) // else something else is too large
    largest.format(projections, sizeof projections);
  note(error, "%s synapses: %s; states: %s; recording: %s; other: %s%s%s",
       formatCount(memory.expected_synapses, synapses),
       bytes(memory.synapses, parts[0]), bytes(memory.states, parts[1]),
       bytes(memory.recording, parts[2]), bytes(memory.other, parts[3]),
       *projections ? "; the largest: " : "", projections);
  adviseOn(memory, limit, error);
  return false;
}
