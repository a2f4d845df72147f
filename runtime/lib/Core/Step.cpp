//===- Step.cpp - One step of a network -----------------------------------===//
//
// The phases of step n, for the neurons of one thread: couplings, by the states
// of t_n; followers to t_n+1;
// stimuli of t_n; where a handler needs the state at t_n+1, integration; what
// arrives at t_n+1, and drives; update, which tests thresholds and resets; the
// spikes stamped n + 1, and what they do to synapses and followers; samples of
// t_n+1. Driven neurons are updated in small tiles, so that what a
// drive has written is still in the nearest cache; the others in long ones.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/FloatMode.h"
#include "runtime/lib/Core/Memory.h"
#include "runtime/lib/Core/Simulation.h"
#include "runtime/lib/Random/Hash.h"

#include <cmath>

using namespace snn::runtime;

static constexpr uint64_t DrivenTile = 1024;
static constexpr uint64_t LongTile = 4096;

// Limits and progress are looked at in one step of these.
static constexpr uint64_t WatchedEvery = 16;

static bool isSource(const snn_population &population) {
  return population.kind == SNN_POISSON_SOURCE ||
         population.kind == SNN_TRAIN_SOURCE ||
         population.kind == SNN_CONDITION_SOURCE;
}

static Range takeFirst(Range &left, uint64_t most) {
  uint64_t size = left.size() < most ? left.size() : most;
  Range first = {left.begin, left.begin + size};
  left.begin = first.end;
  return first;
}

int32_t Simulation::run(uint64_t steps) {
  FloatMode mode;
  error = {};
  lastStatus = 0;
  if (steps == UINT64_MAX)
    target = stepsPlanned() > now ? stepsPlanned() : now;
  else if (__builtin_add_overflow(now, steps, &target) || target > UINT32_MAX) {
    fail(error, SNN_RESOURCE, "E0705", "a run has at most 4,294,967,295 steps");
    return lastStatus = SNN_RESOURCE;
  }
  runBegan = lastShown = secondsNow();
  stopRequest.store(0);
  running = now < target;
  wakeAll();
  if (!applyChanges())
    return lastStatus = error.status;
  plasticity.publishModulators(populations);
  team.run(
      [](void *self, uint32_t thread) {
        static_cast<Simulation *>(self)->workSteps(thread);
      },
      this);
  if (!lastStatus)
    stopForFailures();
  wallBefore += secondsNow() - runBegan;
  return lastStatus;
}

void Simulation::workSteps(uint32_t thread) {
  Worker &worker = workers[thread];
  for (uint32_t p = 0; p < definition.num_populations; ++p)
    stimuli.uniformInputs(p, now, worker.inputs(p));
  if (now == 0 && running)
    emitAtStart(worker);
  couplings.publish(populations, thread, now);
  team.barrier();
  if (now == 0 && running) {
    plasticity.begin(thread);
    if (plasticity.hasImmediate())
      plasticity.serveImmediate(worker, 0, surroundings());
    sampleSynapses(worker, 0);
  }
  worker.watch.beginRun();
  while (running) {
    worker.watch.beginStep(now);
    doStep(worker);
    team.barrier([this] { endStep(); });
    worker.watch.split(Phase::Wait);
  }
  // Who reads synapses between runs finds them as they are.
  plasticity.settle(worker, SNN_NONE, now, surroundings());
}

/// Spikes of sources at t = 0, before the first step.
void Simulation::emitAtStart(Worker &worker) {
  for (uint32_t p = 0; p < definition.num_populations; ++p)
    if (isSource(definition.populations[p]))
      emitSource(worker, p, 0);
  plasticity.followers().begin(worker.thread);
  plasticity.followers().keepUnfollowed(worker.thread);
  follow(worker, 0, /*later=*/false);
  plasticity.followers().publish(worker.thread, 0);
}

void Simulation::doStep(Worker &worker) {
  Stopwatch &watch = worker.watch;
  if (!couplings.empty()) {
    couplings.couple(populations, worker.thread, now);
    watch.lap(Phase::Delivery);
  }
  advanceFollowers(worker);
  for (uint32_t p = 0; p < definition.num_populations; ++p) {
    const snn_population &population = definition.populations[p];
    if (population.kind != SNN_NEURONS)
      continue;
    if (stimuli.uniformVary(p))
      stimuli.uniformInputs(p, now, worker.inputs(p));
    Range range = worker.ranges[p];
    if (!population.integrate || range.empty())
      continue;
    if (stimuli.fieldsVary(p))
      stimuli.fieldInputs(populations[p], p, worker.thread, now, range);
    watch.lap(Phase::Stimulus, p);
    population.integrate(populations[p].fields(worker.thread),
                         populations[p].constants(), worker.inputs(p),
                         range.begin, range.end);
    watch.lap(Phase::Update, p);
  }
  drives.beginStep(worker.thread, now, worker.badRate);
  if (worker.badRate.path) {
    // The others wait there; it ends the run.
    plasticity.meetInVain(worker, now + 1, surroundings(), false);
    if (plasticity.hasImmediate()) {
      team.barrier();
      plasticity.meetInVain(worker, now + 1, surroundings(), true);
    }
    return;
  }
  watch.lap(Phase::Stimulus);

  // Rules read the neuron as the step has integrated it: before other handlers.
  if (!plasticity.empty())
    plasticity.arrive(worker, now + 1, surroundings());
  projections.deliver(worker, now, histories, populations);
  if (!plasticity.empty())
    plasticity.returnLater(worker, now + 1, surroundings());
  follow(worker, now + 1, /*later=*/true);
  watch.lap(Phase::Delivery);

  for (uint32_t p = 0; p < definition.num_populations; ++p)
    if (!worker.ranges[p].empty() &&
        definition.populations[p].kind != SNN_FOLLOWERS)
      updatePopulation(worker, p);
  changeSynapses(worker, now + 1);
  couplings.publish(populations, worker.thread, now + 1);
  projections.fetchNext(worker, now, histories);
  watch.split(Phase::Delivery);
  sample(worker, now + 1);
  sampleSynapses(worker, now + 1);
  watch.split(Phase::Emission);
  watch.lap(Phase::Update);
}

/// States that follow neurons, to the end of the step.
void Simulation::advanceFollowers(Worker &worker) {
  alignas(64) uint16_t ignored[LongTile / SNN_LANES];
  for (uint32_t p = 0; p < definition.num_populations; ++p) {
    const snn_population &population = definition.populations[p];
    if (population.kind != SNN_FOLLOWERS)
      continue;
    if (stimuli.uniformVary(p))
      stimuli.uniformInputs(p, now, worker.inputs(p));
    Range range = worker.ranges[p];
    for (uint64_t begin = range.begin; begin < range.end; begin += LongTile) {
      uint64_t left = range.end - begin;
      Range tile = {begin, begin + (left < LongTile ? left : LongTile)};
      if (population.update(populations[p].fields(worker.thread),
                            populations[p].constants(), worker.inputs(p),
                            tile.begin, tile.end, ignored))
        findNonFinite(worker, p, tile);
    }
    worker.watch.lap(Phase::Update, p);
  }
  plasticity.followers().keepUnfollowed(worker.thread);
}

void Simulation::follow(Worker &worker, uint64_t stamp, bool later) {
  if (!plasticity.followers().follow(worker.thread, stamp, later, histories))
    worker.outOfMemory = true;
}

/// What the spikes just emitted do to synapses, and then to followers.
void Simulation::changeSynapses(Worker &worker, uint64_t stamp) {
  Stopwatch &watch = worker.watch;
  if (!plasticity.empty()) {
    watch.lap(Phase::Update);
    plasticity.returnAtOnce(worker, stamp, surroundings());
    watch.lap(Phase::Delivery);
  }
  follow(worker, stamp, /*later=*/false);
  plasticity.followers().publish(worker.thread, stamp);
  watch.split(Phase::Emission);
  if (plasticity.empty())
    return;
  plasticity.tick(worker, stamp, surroundings());
  if (plasticity.hasImmediate()) {
    team.barrier();
    watch.split(Phase::Wait);
    plasticity.serveImmediate(worker, stamp, surroundings());
  }
  watch.lap(Phase::Delivery);
}

void Simulation::updatePopulation(Worker &worker, uint32_t index) {
  const snn_population &population = definition.populations[index];
  if (isSource(population))
    return emitSource(worker, index, now + 1);
  Range range = worker.ranges[index];
  histories[index].list(now + 1, worker.thread).clear();

  bool stimulates = stimuli.fieldsVary(index) && !population.integrate;
  bool driven = stimulates || drives.drive(index);
  uint64_t length = driven ? DrivenTile : LongTile;
  void *const *fields = populations[index].fields(worker.thread);
  Stopwatch &watch = worker.watch;
  alignas(64) uint16_t masks[LongTile / SNN_LANES];
  RestingBlocks &resting = worker.resting[index];
  if (resting.exist() && resting.allRest() && worker.reached[index].empty())
    return resting.passStep();
  for (Range left = range; !left.empty();) {
    Range tile = resting.exist()
                     ? resting.next(left, length, fields, worker.reached[index])
                     : takeFirst(left, length);
    if (tile.empty())
      break;
    if (driven)
      watch.lap(Phase::Update);
    if (stimulates)
      stimuli.fieldInputs(populations[index], index, worker.thread, now, tile);
    if (driven) {
      drives.add(populations[index], index, worker.thread, now, tile);
      watch.lap(Phase::Stimulus, index);
    }
    if (population.update(fields, populations[index].constants(),
                          worker.inputs(index), tile.begin, tile.end, masks))
      findNonFinite(worker, index, tile);
    if (tile.end > population.size) // padding never fires
      masks[tile.size() / SNN_LANES - 1] &=
          static_cast<uint16_t>((1u << population.size % SNN_LANES) - 1);
    if (resting.exist())
      resting.finish(fields, masks);
    watch.split(Phase::Update, index);
    emitSpikes(worker, index, masks, tile);
    watch.split(Phase::Emission, index);
  }
  logSpikes(worker, index, now + 1);
  watch.split(Phase::Emission, index);
}

void Simulation::emitSpikes(Worker &worker, uint32_t index,
                            const uint16_t *masks, Range tile) {
  Buffer<uint32_t> &list = histories[index].list(now + 1, worker.thread);
  // Most blocks are silent: four of them are one comparison.
  constexpr uint64_t group = sizeof(uint64_t) / sizeof(*masks);
  uint64_t blocks = tile.size() / SNN_LANES;
  for (uint64_t block = 0; block < blocks; ++block) {
    while (block + group <= blocks) {
      uint64_t four;
      __builtin_memcpy(&four, masks + block, sizeof(four));
      if (four) [[unlikely]]
        break;
      block += group;
    }
    uint32_t mask = block < blocks ? masks[block] : 0;
    if (!mask)
      continue;
    if (!list.reserveMore(SNN_LANES)) {
      worker.outOfMemory = true;
      return;
    }
    uint32_t first = static_cast<uint32_t>(tile.begin + block * SNN_LANES);
    uint64_t size = list.size();
    for (; mask; mask &= mask - 1)
      list.data()[size++] = first + static_cast<uint32_t>(__builtin_ctz(mask));
    list.setSize(size);
  }
}

void Simulation::emitSource(Worker &worker, uint32_t index, uint64_t stamp) {
  Buffer<uint32_t> &list = histories[index].list(stamp, worker.thread);
  list.clear();
  if (definition.populations[index].kind == SNN_CONDITION_SOURCE) {
    if (worker.ranges[index].begin == 0 && !worker.ranges[index].empty() &&
        !conditions.emit(index, stamp, histories, list, worker.badRate))
      worker.outOfMemory = true;
  } else if (!sources.emit(index, worker.thread, stamp, worker.ranges[index],
                           list, worker.badRate)) {
    worker.outOfMemory = true;
  }
  worker.watch.split(Phase::Update, index);
  logSpikes(worker, index, stamp);
  worker.watch.split(Phase::Emission, index);
}

/// Hashes, counts and records the spikes of a stamp.
void Simulation::logSpikes(Worker &worker, uint32_t index, uint64_t stamp) {
  const Buffer<uint32_t> &list = histories[index].list(stamp, worker.thread);
  if (list.empty())
    return;
  worker.spikes[index] += list.size();
  uint64_t path = populations[index].pathHash();
  for (uint32_t id : list)
    worker.hash += mix64(path, id, stamp);
  if (recording.recordsSpikes(index) &&
      !recording.addSpikes(worker.thread, index, stamp, list.data(),
                           list.size()))
    worker.outOfMemory = true;
}

void Simulation::findNonFinite(Worker &worker, uint32_t index, Range range) {
  const snn_population &population = definition.populations[index];
  if (worker.badPopulation != SNN_NONE)
    return;
  uint64_t end = range.end < population.size ? range.end : population.size;
  for (uint64_t neuron = range.begin; neuron < end; ++neuron)
    for (uint32_t f = 0; f < population.num_fields; ++f) {
      const snn_field &field = population.fields[f];
      if (field.role != SNN_STATE ||
          std::isfinite(readElement(populations[index].fields(worker.thread)[f],
                                    field.element, neuron)))
        continue;
      worker.badPopulation = index;
      worker.badNeuron = neuron;
      worker.badField = f;
      return;
    }
}

void Simulation::sample(Worker &worker, uint64_t stamp) {
  for (uint32_t p = 0; p < definition.num_populations; ++p) {
    const snn_population &population = definition.populations[p];
    Range range = worker.ranges[p];
    if (population.observe && !range.empty() && recording.observes(p, stamp))
      population.observe(populations[p].fields(worker.thread),
                         populations[p].constants(), worker.inputs(p),
                         range.begin, range.end);
  }
  for (uint32_t r = 0; r < definition.num_records; ++r) {
    const snn_record &record = definition.records[r];
    if (recording.isDue(r, stamp) &&
        !recording.addSamples(worker.thread, r,
                              populations[record.target.population]))
      worker.outOfMemory = true;
  }
}

/// States of the thread's synapses.
void Simulation::sampleSynapses(Worker &worker, uint64_t stamp) {
  for (uint32_t r = 0; r < definition.num_synapse_records; ++r)
    if (synapseRecording.isDue(r, stamp)) {
      plasticity.settle(worker, definition.synapse_records[r].projection, stamp,
                        surroundings());
      if (!synapseRecording.addSample(worker.thread, r, plasticity))
        worker.outOfMemory = true;
    }
}

/// Serial, between two steps.
void Simulation::endStep() {
  ++now;
  if (now == definition.warmup_steps)
    for (Worker &worker : workers)
      for (uint32_t p = 0; p < definition.num_populations; ++p)
        worker.spikesOfWarmup[p] = worker.spikes[p];
  if (int32_t status = stopRequest.load(std::memory_order_relaxed)) {
    lastStatus = status;
    running = false;
  }
  if (!stopForFailures() && running && now % WatchedEvery == 0) {
    watchClock();
    endTraces();
  }
  if (now == target)
    running = false;
  if (running && !applyChanges()) {
    lastStatus = error.status;
    running = false;
  }
  plasticity.publishModulators(populations);
}

/// What one thread has no room for, none need keep.
void Simulation::endTraces() {
  bool full = false;
  for (const Worker &worker : workers)
    full |= worker.watch.traceEnd() <= now;
  for (Worker &worker : workers)
    if (full)
      worker.watch.endTrace();
}

bool Simulation::stopForFailures() {
  const Worker *bad = nullptr;
  uint32_t badProjection = SNN_NONE;
  for (const Worker &worker : workers) {
    if (worker.outOfMemory)
      outOfMemory(error, "the spikes and what is recorded of them");
    if (worker.badRate.path)
      fail(error, SNN_NUMERICAL, "R0402", "the %s of `%s` %s at t = %.10g ms",
           worker.badRate.quantity, worker.badRate.path, worker.badRate.what,
           static_cast<double>(now) * definition.step);
    badProjection = worker.badProjection < badProjection ? worker.badProjection
                                                         : badProjection;
    if (worker.badPopulation == SNN_NONE)
      continue;
    if (!bad || worker.badPopulation < bad->badPopulation ||
        (worker.badPopulation == bad->badPopulation &&
         worker.badNeuron < bad->badNeuron))
      bad = &worker;
  }
  if (badProjection != SNN_NONE) {
    const snn_projection &projection = definition.projections[badProjection];
    fail(
        error, SNN_NUMERICAL, "R0404",
        "`%s` made a synapse of `%s` not finite, or larger than the sum of its "
        "port holds, at t = %.10g ms",
        projection.plasticity->rule, projection.path,
        static_cast<double>(now) * definition.step);
    help(error,
         "bound the states of the rule, or take smaller rates of change");
  }
  if (bad) {
    const snn_population &population =
        definition.populations[bad->badPopulation];
    double value = readElement(
        populations[bad->badPopulation].fields(bad->thread)[bad->badField],
        population.fields[bad->badField].element, bad->badNeuron);
    fail(error, SNN_NUMERICAL, "R0401",
         "`%s` of %s[%llu] became %s at t = %.10g ms",
         population.fields[bad->badField].name, population.path,
         static_cast<unsigned long long>(bad->badNeuron),
         std::isnan(value) ? "not a number" : "infinite",
         static_cast<double>(now) * definition.step);
    help(error, "check the inputs and weights of %s, or take a smaller step",
         population.path);
    if (population.model_file < definition.num_files) {
      error.file = definition.files[population.model_file];
      error.line = population.model_line;
    }
  }
  if (!error.status)
    return false;
  lastStatus = error.status;
  running = false;
  return true;
}

bool Simulation::applyChanges() {
  if (nextChange < definition.num_changes &&
      definition.changes[nextChange].step <= now)
    wakeAll();
  for (; nextChange < definition.num_changes &&
         definition.changes[nextChange].step <= now;
       ++nextChange) {
    const snn_change &change = definition.changes[nextChange];
    if (change.kind == SNN_SET_PARAMETER) {
      if (!setParameter(change.population, change.parameter, change.value))
        return false;
      continue;
    }
    if (change.kind == SNN_FREEZE || change.kind == SNN_RESUME) {
      plasticity.freeze(change.parameter, change.kind == SNN_FREEZE, now);
      continue;
    }
    for (uint32_t p = 0; p < definition.num_populations; ++p)
      for (uint32_t thread = 0; thread < threads; ++thread)
        if ((change.population == SNN_NONE || change.population == p) &&
            !populations[p].initNeurons(definition.seeds.initial,
                                        definition.step, thread, error))
          return false;
    for (uint32_t thread = 0; thread < threads; ++thread)
      couplings.publish(populations, thread, now);
  }
  return true;
}

void Simulation::watchClock() {
  double time = secondsNow();
  if (timeLimit > 0 && wallBefore + time - runBegan > timeLimit) {
    fail(error, SNN_RESOURCE, "E0732",
         "the time limit of %.10g s was reached at t = %.10g ms", timeLimit,
         static_cast<double>(now) * definition.step);
    lastStatus = SNN_RESOURCE;
    running = false;
  }
  if (time - lastShown < 0.1)
    return;
  lastShown = time;
  char limit[32];
  if (memoryLimit && residentMemory() > memoryLimit) {
    fail(error, SNN_RESOURCE, "E0701",
         "the run has grown beyond the memory budget of %s at t = %.10g ms",
         formatBytes(static_cast<double>(memoryLimit), limit),
         static_cast<double>(now) * definition.step);
    lastStatus = SNN_RESOURCE;
    running = false;
  }
  if (!progress)
    return;
  snn_progress state = {};
  state.steps = now;
  state.planned = target;
  for (const Worker &worker : workers)
    for (uint64_t count : worker.spikes)
      state.spikes += count;
  state.time = static_cast<double>(now) * definition.step;
  state.wall = time - runBegan;
  progress(progressContext, &state);
}
