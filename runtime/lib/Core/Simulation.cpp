//===- Simulation.cpp - An instance of a model and its steps --------------===//
//
// Making the network in memory, setting it back, and what it has to tell. The
// steps are in Step.cpp.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Simulation.h"

#include "runtime/lib/Core/FloatMode.h"

#include <sys/resource.h>

using namespace snn::runtime;

bool Simulation::create(const snn_model &given, const snn_options &options) {
  double began = secondsNow();
  definition = given;
  timeLimit = options.time_limit;
  if (!plan(options) || !initialize(/*parameters=*/true))
    return false;
  buildSeconds = secondsNow() - began;
  return true;
}

bool Simulation::plan(const snn_options &options) {
  const uint32_t count = definition.num_populations;
  uint32_t threads = options.threads;
  if (!threads)
    threads = usefulThreads(definition, availableCores());
  if (!team.start(threads) && threads > 1)
    return fail(error, SNN_RESOURCE, "E0704", "no thread could be started");
  threads = team.size();

  if (!populations.create(count) || !histories.create(count) ||
      !workers.create(threads) || !partition.create(definition, threads) ||
      !stimuli.create(definition) ||
      !recording.create(definition, partition, threads,
                        !(options.flags & SNN_RECORD_NOTHING)))
    return outOfMemory(error, "the network");
  for (uint32_t p = 0; p < count; ++p)
    if (!populations[p].plan(definition.populations[p], arena) ||
        !histories[p].create(1, threads))
      return outOfMemory(error, "the network");
  for (uint32_t thread = 0; thread < threads; ++thread) {
    Worker &worker = workers[thread];
    worker.thread = thread;
    if (!worker.ranges.resize(count) || !worker.inputOffsets.resize(count) ||
        !worker.spikes.resize(count) || !worker.spikesOfWarmup.resize(count))
      return outOfMemory(error, "the network");
    uint64_t bytes = 0;
    for (uint32_t p = 0; p < count; ++p) {
      worker.ranges[p] = partition.padded(p, thread);
      worker.inputOffsets[p] = bytes;
      bytes += (definition.populations[p].num_inputs * 8 + 63) / 64 * 64;
    }
    if (!worker.inputBytes.resize(bytes))
      return outOfMemory(error, "the network");
  }
  if (!arena.allocate())
    return outOfMemory(error, "the states of the neurons");
  for (Population &population : populations)
    population.bind(arena);
  return true;
}

/// First values of everything, each by the thread that owns it, so that its
/// memory is near.
bool Simulation::initialize(bool parameters) {
  FloatMode mode;
  for (Population &population : populations)
    population.initConstants(definition.step);
  struct Context {
    Simulation *self;
    bool parameters;
  } context{this, parameters};
  team.run(
      [](void *opaque, uint32_t thread) {
        auto [self, parameters] = *static_cast<Context *>(opaque);
        Worker &worker = self->workers[thread];
        worker.error = {};
        for (uint32_t p = 0; p < self->definition.num_populations; ++p) {
          const Population &population = self->populations[p];
          Range range = worker.ranges[p];
          if (parameters &&
              !population.drawParameters(self->definition.seeds.network, range,
                                         worker.error))
            return;
          if (!population.initNeurons(self->definition.seeds.initial,
                                      self->definition.step, range,
                                      worker.error))
            return;
          if (!self->stimuli.fieldsVary(p))
            self->stimuli.fieldInputs(population, p, 0, range);
        }
      },
      &context);
  for (Worker &worker : workers)
    if (worker.error.status) {
      error = worker.error;
      return false;
    }
  return true;
}

bool Simulation::reset() {
  if (!initialize(/*parameters=*/false))
    return false;
  for (SpikeHistory &history : histories)
    history.clear();
  recording.clear();
  for (Worker &worker : workers) {
    worker.hash = worker.synapticEvents = 0;
    worker.outOfMemory = false;
    worker.badPopulation = SNN_NONE;
    for (uint32_t p = 0; p < definition.num_populations; ++p)
      worker.spikes[p] = worker.spikesOfWarmup[p] = 0;
    worker.updateSeconds = worker.deliverSeconds = worker.stimulusSeconds = 0;
    worker.timedSteps = 0;
  }
  now = 0;
  nextChange = 0;
  wallBefore = 0;
  lastStatus = 0;
  error = {};
  return true;
}

bool Simulation::setParameter(uint32_t population, uint32_t parameter,
                              double value) {
  FloatMode mode;
  const Population &changed = populations[population];
  changed.parameters()[parameter] = value;
  changed.initConstants(definition.step);
  return changed.updateDerived(definition.step, error);
}

void Simulation::observe(uint32_t index) {
  const snn_population &population = definition.populations[index];
  if (!population.observe)
    return;
  FloatMode mode;
  // The inputs of the last step are the same in every worker.
  population.observe(populations[index].fields(),
                     populations[index].constants(), workers[0].inputs(index),
                     0, populations[index].padded());
}

uint64_t Simulation::spikeHash() const {
  uint64_t sum = 0;
  for (const Worker &worker : workers)
    sum += worker.hash;
  return sum;
}

uint64_t Simulation::numSpikes(uint32_t population, bool afterWarmup) const {
  uint64_t sum = 0;
  for (const Worker &worker : workers) {
    sum += worker.spikes[population];
    if (afterWarmup)
      sum -= now > definition.warmup_steps ? worker.spikesOfWarmup[population]
                                           : worker.spikes[population];
  }
  return sum;
}

double Simulation::meanRate(uint32_t population) const {
  if (now <= definition.warmup_steps)
    return 0;
  double seconds = static_cast<double>(now - definition.warmup_steps) *
                   definition.step * 1e-3;
  return static_cast<double>(numSpikes(population, /*afterWarmup=*/true)) /
         (static_cast<double>(definition.populations[population].size) *
          seconds);
}

void Simulation::stats(snn_stats &out) const {
  out = {};
  for (uint32_t p = 0; p < definition.num_populations; ++p) {
    if (definition.populations[p].kind == SNN_NEURONS)
      out.neurons += definition.populations[p].size;
    out.spikes += numSpikes(p, /*afterWarmup=*/false);
  }
  out.steps = now;
  out.neuron_updates = out.neurons * now;
  for (const Worker &worker : workers)
    out.synaptic_events += worker.synapticEvents;
  out.threads = team.size();
  out.bio_time_s = static_cast<double>(now) * definition.step * 1e-3;
  out.wall_s = wallBefore;
  out.build_s = buildSeconds;
  const Worker &first = workers[0];
  if (first.timedSteps) {
    double scale =
        static_cast<double>(now) / static_cast<double>(first.timedSteps);
    out.update_s = first.updateSeconds * scale;
    out.deliver_s = first.deliverSeconds * scale;
    out.stimulus_s = first.stimulusSeconds * scale;
  }
  rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) == 0)
    out.peak_rss_bytes = static_cast<uint64_t>(usage.ru_maxrss) * 1024;
  out.predicted_bytes = predictedBytes;
}
