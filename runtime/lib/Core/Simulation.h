//===- Simulation.h - An instance of a model and its steps ------*- C++ -*-===//
//
// The network in memory, the threads that run it, and the loop over steps.
// Step n leads from t_n to t_n+1; spikes of it are stamped n + 1. Each thread
// does all phases of a step for its own neurons; then all meet at the barrier,
// where the last to come does what concerns the whole network (endStep).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_SIMULATION_H
#define SNN_RUNTIME_CORE_SIMULATION_H

#include "runtime/lib/Core/Arena.h"
#include "runtime/lib/Core/Memory.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/Conditions.h"
#include "runtime/lib/Delivery/Couplings.h"
#include "runtime/lib/Delivery/Sources.h"
#include "runtime/lib/Delivery/SpikeHistory.h"
#include "runtime/lib/Delivery/Stimuli.h"
#include "runtime/lib/Plasticity/Plasticity.h"
#include "runtime/lib/Record/Recorder.h"
#include "runtime/lib/Record/SynapseRecorder.h"
#include "runtime/lib/Threads/Team.h"

#include <atomic>

namespace snn::runtime {

class Simulation {
public:
  /// `given` has been checked; its seeds and duration are the run's.
  bool create(const snn_model &given, const snn_options &options);
  /// The first half of it, which takes next to no memory.
  bool plan(const snn_model &given, const snn_options &options);
  const snn_memory &memory() const { return need; }

  int32_t run(uint64_t steps);
  bool reset();
  /// Brings the observers of a population up to date.
  void observe(uint32_t population);
  bool setParameter(uint32_t population, uint32_t parameter, double value);

  const snn_model &model() const { return definition; }
  const Population &population(uint32_t index) const {
    return populations[index];
  }
  const Recorder &recorder() const { return recording; }
  const SynapseRecorder &synapseRecorder() const { return synapseRecording; }
  const Plasticity &plastic() const { return plasticity; }
  uint64_t step() const { return now; }
  uint64_t stepsPlanned() const {
    return definition.warmup_steps + definition.duration_steps;
  }
  /// Synapses of a plastic projection; 0 of others.
  uint64_t numSynapses(uint32_t projection) const;
  uint64_t spikeHash() const;
  /// Spikes of a population since t = 0, or since the warm-up.
  uint64_t numSpikes(uint32_t population, bool afterWarmup) const;
  /// Hz over the time after the warm-up; 0 before it ends.
  double meanRate(uint32_t population) const;
  void stats(snn_stats &out) const;
  /// Costs of the last runs, by thread.
  uint32_t numThreads() const { return threads; }
  const Stopwatch &watch(uint32_t thread) const {
    return workers[thread].watch;
  }
  /// What is delivered together: static projections, then plastic ones.
  uint32_t numDeliveries() const {
    return projections.numItems() + plasticity.numItems();
  }
  Projections::Item delivery(uint32_t item) const {
    uint32_t first = projections.numItems();
    return item < first ? projections.item(item)
                        : plasticity.item(item - first);
  }

  Error error = {};
  std::atomic<int32_t> stopRequest{0};
  snn_progress_fn progress = nullptr;
  void *progressContext = nullptr;
  /// How the last run ended: 0 or an exit code.
  int32_t lastStatus = 0;

private:
  bool createWatches(uint32_t flags);
  bool planSynapses(bool records, bool sparing);
  bool fitsBudget() const;
  bool allocate(uint64_t memoryLimit);
  bool createRests();
  void wakeAll();
  bool findRests(uint32_t population, Worker &worker, Error &failure);
  bool initialize(bool network);
  bool initializeShare(Worker &worker, bool network);
  void workSteps(uint32_t thread);
  void emitAtStart(Worker &worker);
  void doStep(Worker &worker);
  void advanceFollowers(Worker &worker);
  void follow(Worker &worker, uint64_t stamp, bool later);
  void changeSynapses(Worker &worker, uint64_t stamp);
  Plasticity::Surroundings surroundings() {
    return {populations, histories, team, projections.numItems()};
  }
  void updatePopulation(Worker &worker, uint32_t index);
  void emitSpikes(Worker &worker, uint32_t index, const uint16_t *masks,
                  Range tile);
  void logSpikes(Worker &worker, uint32_t index, uint64_t stamp);
  void emitSource(Worker &worker, uint32_t index, uint64_t stamp);
  void findNonFinite(Worker &worker, uint32_t index, Range range);
  void sample(Worker &worker, uint64_t stamp);
  void sampleSynapses(Worker &worker, uint64_t stamp);
  void endStep();
  bool applyChanges();
  void endTraces();
  bool stopForFailures();
  void watchClock();

  snn_model definition = {}; // the model, with the run's seeds and duration
  Arena arena;
  Partition partition;
  Team team;
  ObjectArray<Population> populations;
  ObjectArray<SpikeHistory> histories;
  ObjectArray<Worker> workers;
  Stimuli stimuli;
  Drives drives;
  Sources sources;
  Conditions conditions;
  Projections projections;
  Plasticity plasticity;
  Couplings couplings;
  Recorder recording;
  SynapseRecorder synapseRecording;

  uint64_t now = 0;    // step to be done next
  uint64_t target = 0; // where this run ends
  uint32_t nextChange = 0;
  bool running = false;
  double timeLimit = 0;
  double runBegan = 0, lastShown = 0;
  double wallBefore = 0; // of earlier runs
  double buildSeconds = 0;
  uint32_t threads = 1;
  snn_memory need = {};
  LargestProjections largest;
  uint64_t memoryLimit = 0; // 0: what the machine has
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_SIMULATION_H
