//===- Profile.h - Where a run's time and memory went -----------*- C++ -*-===//
//
// What the stopwatches of all threads measured, as numbers a person asks for.
// Time of a population or projection is summed over threads: it is processor
// time, as long as threads have processors.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PROFILE_PROFILE_H
#define SNN_RUNTIME_PROFILE_PROFILE_H

#include "runtime/lib/Core/Simulation.h"
#include "runtime/lib/Record/Json.h"

namespace snn::runtime {

class Profile {
public:
  explicit Profile(const Simulation &simulation) : simulation(simulation) {}

  static const char *nameOf(Phase phase);
  static constexpr Phase Phases[] = {Phase::Stimulus, Phase::Delivery,
                                     Phase::Update, Phase::Emission,
                                     Phase::Wait};

  /// Of one thread.
  double seconds(uint32_t thread, Phase phase) const {
    return simulation.watch(thread).seconds(phase, simulation.step());
  }
  /// What reading the clocks took of a thread, in the mean.
  double clockSeconds() const;
  /// Whether cycles were counted.
  bool hasCycles() const;

  struct OfPopulation {
    const char *path;
    uint64_t neurons, spikes, updates;
    double stimulus, update, emission; // s, summed over threads
    double nanosecondsEach;            // NaN without updates, as the next
    double cyclesEach;                 // NaN where none were counted
  };
  OfPopulation population(uint32_t index) const;

  struct OfDelivery {
    Projections::Item item;
    uint64_t events, segments;
    double deliver; // s, summed over threads
    double nanosecondsEach, cyclesEach;
  };
  OfDelivery delivery(uint32_t index) const;

  void write(JsonWriter &json) const;
  /// As tables, on standard error.
  void print() const;

private:
  double sum(Phase phase, uint32_t item) const;

  const Simulation &simulation;
};

/// The trace of a run, as JSON in a file.
bool writeTrace(const Simulation &simulation, const char *path, Error &error);

} // namespace snn::runtime

#endif // SNN_RUNTIME_PROFILE_PROFILE_H
