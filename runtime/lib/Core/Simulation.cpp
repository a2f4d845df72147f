//===- Simulation.cpp - An instance of a model and its steps --------------===//
//
// Making the network in memory, setting it back, and what it has to tell. The
// steps are in Step.cpp.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Simulation.h"

#include "runtime/lib/Core/FloatMode.h"
#include "runtime/lib/Core/Memory.h"
#include "runtime/lib/Core/RestSearch.h"

using namespace snn::runtime;

/// Bytes between the states of two threads.
static constexpr uint64_t BetweenThreads = 8192;

// Of all threads: about 8 MB of text.
static constexpr uint64_t MostTraceEvents = 65536;

bool Simulation::create(const snn_model &given, const snn_options &options) {
  double began = secondsNow();
  if (!plan(given, options) || !allocate(options.memory_limit) ||
      !initialize(/*network=*/true))
    return false;
  if (!plasticity.createHistories(populations))
    return outOfMemory(error, "the states of the last steps");
  for (uint32_t p = 0; p < definition.num_populations; ++p) {
    uint64_t longest = projections.longestLookBack(p);
    uint64_t other = plasticity.longestLookBack(p);
    if (!histories[p].create(longest > other ? longest : other, threads))
      return outOfMemory(error, "the spikes under way");
  }
  buildSeconds = secondsNow() - began;
  return true;
}

bool Simulation::plan(const snn_model &given, const snn_options &options) {
  definition = given;
  timeLimit = options.time_limit;
  memoryLimit = options.memory_limit;
  threads = options.threads ? options.threads
                            : usefulThreads(definition, availableCores());
  bool records = !(options.flags & SNN_RECORD_NOTHING);
  const uint32_t count = definition.num_populations;
  if (!populations.create(count) || !histories.create(count) ||
      !workers.create(threads) || !partition.create(definition, threads) ||
      !stimuli.create(definition) || !sources.create(definition, threads) ||
      !conditions.create(definition, threads) ||
      !drives.create(definition, threads, arena) ||
      !recording.create(definition, partition, threads, records) ||
      !synapseRecording.create(definition, threads, records))
    return outOfMemory(error, "the network");
  for (uint32_t p = 0; p < count; ++p)
    if (!populations[p].plan(definition.populations[p], partition, p, threads,
                             arena))
      return outOfMemory(error, "the network");
  // Sums side by side: delivery counts them all from the first. What a thread
  // updates is far from what others do: processors fetch ahead beyond the end
  // of an array, and would take each other's lines away.
  for (uint32_t thread = 0; thread < threads; ++thread) {
    for (Population &population : populations)
      population.planFields(thread, /*sums=*/false, arena);
    for (Population &population : populations)
      population.planFields(thread, /*sums=*/true, arena);
    arena.plan(BetweenThreads);
  }
  for (uint32_t thread = 0; thread < threads; ++thread)
    if (!workers[thread].create(definition, partition, thread))
      return outOfMemory(error, "the network");
  if (!plasticity.create(definition, threads, options.flags, error) ||
      !couplings.create(definition, threads, error) ||
      !planSynapses(records, /*sparing=*/false))
    return false;
  if (uint64_t stored = need.total; !fitsBudget())
    if (!planSynapses(records, /*sparing=*/true) ||
        // Long delays keep more rows under way than there are.
        (need.total >= stored && !planSynapses(records, /*sparing=*/false)))
      return false;
  return createWatches(options.flags);
}

void Simulation::wakeAll() {
  for (Worker &worker : workers)
    for (RestingBlocks &resting : worker.resting)
      resting.wakeAll();
}

/// Where `sparing`, rows are generated that could be stored.
bool Simulation::planSynapses(bool records, bool sparing) {
  largest = {};
  return projections.create(definition, threads, sparing, error) &&
         estimateMemory(definition, projections, plasticity, couplings, threads,
                        arena.size(), records, need, largest, error);
}

/// Whether the need is within the budget, or nothing can be spared.
bool Simulation::fitsBudget() const {
  bool isChoice = false;
  for (uint32_t p = 0; p < definition.num_projections; ++p)
    isChoice |= definition.projections[p].storage == SNN_EITHER;
  uint64_t budget = memoryLimit ? memoryLimit : availableMemory() / 10 * 9;
  return !isChoice || !budget || need.total <= budget;
}

bool Simulation::createWatches(uint32_t flags) {
  uint64_t events = flags & SNN_TRACE ? MostTraceEvents / threads : 0;
  for (Worker &worker : workers)
    if (!worker.watch.create(definition.num_populations, numDeliveries(),
                             flags & SNN_PROFILE, events,
                             definition.warmup_steps))
      return outOfMemory(error, "the profile");
  return true;
}

bool Simulation::allocate(uint64_t limit) {
  if (!checkMemory(need, largest, limit, limit ? 0 : availableMemory(), error))
    return false;
  if (!team.start(threads))
    return fail(error, SNN_RESOURCE, "E0731",
                "only %u of %u threads could be started", team.size(), threads);
  if (!arena.allocate())
    return outOfMemory(error, "the states of the neurons");
  for (Population &population : populations)
    population.bind(arena);
  drives.bind(arena);
  return couplings.allocate(error) && createRests();
}

/// Populations that nothing but arriving spikes can bring out of a rest.
bool Simulation::createRests() {
  Buffer<uint8_t> learns; // by population
  bool fits = learns.resize(definition.num_populations);
  for (uint32_t i = 0; fits && i < definition.num_projections; ++i)
    learns[definition.projections[i].target.population] |=
        definition.projections[i].plasticity != nullptr;
  for (uint32_t p = 0; fits && p < definition.num_populations; ++p) {
    const snn_population &population = definition.populations[p];
    if (population.kind != SNN_NEURONS || population.integrate || learns[p] ||
        couplings.acts(p) || drives.drive(p) || stimuli.uniformVary(p) ||
        stimuli.fieldsVary(p))
      continue;
    for (Worker &worker : workers)
      fits &= worker.resting[p].create(population, worker.ranges[p]);
  }
  return fits || outOfMemory(error, "the states of the neurons");
}

/// Those of the thread, or, where all rest alike, of the population. Inputs of
/// such neurons do not change.
bool Simulation::findRests(uint32_t index, Worker &worker, Error &failure) {
  const snn_population &population = definition.populations[index];
  RestSearch search(populations[index]);
  stimuli.uniformInputs(index, now, worker.inputs(index));
  return restsAreUniform(population)
             ? search.findUniform(worker.inputs(index), definition.step,
                                  failure)
             : search.findOwn(worker.thread, worker.inputs(index),
                              definition.step, failure);
}

/// First values of everything, each by the thread that owns it, so that its
/// memory is near. The network itself is made once.
bool Simulation::initialize(bool network) {
  FloatMode mode;
  for (uint32_t p = 0; p < definition.num_populations; ++p) {
    populations[p].initConstants(definition.step);
    if (restsAreUniform(definition.populations[p]) &&
        !findRests(p, workers[0], error))
      return false;
  }
  struct Context {
    Simulation *self;
    bool network;
  } context{this, network};
  team.run(
      [](void *opaque, uint32_t thread) {
        auto [self, network] = *static_cast<Context *>(opaque);
        Worker &worker = self->workers[thread];
        worker.error = {};
        self->initializeShare(worker, network);
      },
      &context);
  for (Worker &worker : workers)
    if (worker.error.status) {
      error = worker.error;
      return false;
    }
  return true;
}

bool Simulation::initializeShare(Worker &worker, bool network) {
  for (uint32_t p = 0; p < definition.num_populations; ++p) {
    const Population &population = populations[p];
    Range range = worker.ranges[p];
    if ((network && !population.drawParameters(definition.seeds.network,
                                               worker.thread, worker.error)) ||
        !population.initNeurons(definition.seeds.initial, definition.step,
                                worker.thread, worker.error))
      return false;
    if (!stimuli.fieldsVary(p))
      stimuli.fieldInputs(population, p, worker.thread, 0, range);
    if (hasRests(definition.populations[p]) &&
        !restsAreUniform(definition.populations[p]) &&
        !findRests(p, worker, worker.error))
      return false;
  }
  if (!network)
    return plasticity.reset(worker.thread, worker.error);
  SumBounds bounds;
  return bounds.create(definition, populations, worker.thread, worker.error) &&
         drives.drawWeights(partition, worker.thread, worker.error) &&
         drives.addBounds(populations, worker.thread, bounds, worker.error) &&
         projections.build(populations, arena, worker.thread, bounds,
                           worker.error) &&
         plasticity.build(populations, worker.thread, bounds, worker.error) &&
         couplings.build(populations, worker.thread, worker.error) &&
         bounds.check(definition, populations, worker.thread, worker.error);
}

bool Simulation::reset() {
  if (!initialize(/*network=*/false))
    return false;
  for (SpikeHistory &history : histories)
    history.clear();
  conditions.clear();
  projections.clear();
  plasticity.clear();
  recording.clear();
  synapseRecording.clear();
  for (Worker &worker : workers) {
    worker.hash = worker.synapticEvents = worker.segments = 0;
    worker.outOfMemory = false;
    worker.badPopulation = SNN_NONE;
    worker.badRate = {};
    worker.badProjection = SNN_NONE;
    for (uint32_t p = 0; p < definition.num_populations; ++p)
      worker.spikes[p] = worker.spikesOfWarmup[p] = 0;
    for (RestingBlocks &resting : worker.resting)
      resting.clear();
    worker.watch.clear();
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
  if (!changed.updateDerived(definition.step, error))
    return false;
  if (!hasRests(definition.populations[population]))
    return true;
  for (Worker &worker : workers) {
    if (!findRests(population, worker, error))
      return false;
    if (restsAreUniform(definition.populations[population]))
      break;
  }
  return true;
}

void Simulation::observe(uint32_t index) {
  const snn_population &population = definition.populations[index];
  if (!population.observe)
    return;
  FloatMode mode;
  for (Worker &worker : workers)
    if (!worker.ranges[index].empty())
      population.observe(populations[index].fields(worker.thread),
                         populations[index].constants(), worker.inputs(index),
                         worker.ranges[index].begin, worker.ranges[index].end);
}

uint64_t Simulation::numSynapses(uint32_t projection) const {
  uint64_t sum = 0;
  if (projection < definition.num_projections &&
      definition.projections[projection].plasticity)
    for (uint32_t thread = 0; thread < threads; ++thread)
      sum += plasticity.rows(projection, thread).size();
  return sum;
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
  for (const Worker &worker : workers) {
    out.synaptic_events += worker.synapticEvents;
    for (const RestingBlocks &resting : worker.resting)
      out.updates_at_rest += resting.numPassed();
  }
  out.synapses = projections.numSynapses() + plasticity.numSynapses() +
                 couplings.numSynapses();
  out.synapse_bytes = projections.bytes() + plasticity.bytes();
  out.threads = threads;
  out.bio_time_s = static_cast<double>(now) * definition.step * 1e-3;
  out.wall_s = wallBefore;
  out.build_s = buildSeconds;
  const Stopwatch &first = workers[0].watch;
  out.update_s =
      first.seconds(Phase::Update, now) + first.seconds(Phase::Emission, now);
  out.deliver_s = first.seconds(Phase::Delivery, now);
  out.stimulus_s = first.seconds(Phase::Stimulus, now);
  out.peak_rss_bytes = peakMemory();
  out.predicted_bytes = need.total;
}
