//===- Profile.cpp - Where a run's time and memory went -------------------===//
//
// Sums over threads, and the part of the statistics that holds them.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Profile/Profile.h"

#include <cmath>

using namespace snn::runtime;

const char *Profile::nameOf(Phase phase) {
  static const char *const names[] = {"stimulus", "deliver", "update",
                                      "emission", "wait"};
  return names[static_cast<uint32_t>(phase)];
}

double Profile::clockSeconds() const {
  double total = 0;
  for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread)
    total += simulation.watch(thread).clockSeconds();
  return total / simulation.numThreads();
}

bool Profile::hasCycles() const {
  for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread)
    if (!simulation.watch(thread).countedSteps())
      return false;
  return true;
}

double Profile::sum(Phase phase, uint32_t item) const {
  double total = 0;
  for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread)
    total += simulation.watch(thread).seconds(phase, item, simulation.step());
  return total;
}

Profile::OfPopulation Profile::population(uint32_t index) const {
  const snn_population &population = simulation.model().populations[index];
  bool isNeurons = population.kind == SNN_NEURONS;
  OfPopulation row = {};
  row.path = population.path;
  row.neurons = population.size;
  row.spikes = simulation.numSpikes(index, /*afterWarmup=*/false);
  row.updates = isNeurons ? population.size * simulation.step() : 0;
  row.stimulus = sum(Phase::Stimulus, index);
  row.update = sum(Phase::Update, index);
  row.emission = sum(Phase::Emission, index);
  row.nanosecondsEach =
      row.updates ? 1e9 * row.update / static_cast<double>(row.updates) : NAN;
  row.cyclesEach = NAN;
  if (isNeurons && hasCycles()) {
    uint64_t cycles = 0;
    for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread)
      cycles += simulation.watch(thread).cycles(Phase::Update, index);
    row.cyclesEach = static_cast<double>(cycles) /
                     (static_cast<double>(simulation.watch(0).countedSteps()) *
                      static_cast<double>(population.size));
  }
  return row;
}

Profile::OfDelivery Profile::delivery(uint32_t index) const {
  OfDelivery row = {};
  row.item = simulation.delivery(index);
  uint64_t cycles = 0, countedEvents = 0;
  for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread) {
    const Stopwatch &watch = simulation.watch(thread);
    row.events += watch.work(index).events;
    row.segments += watch.work(index).segments;
    countedEvents += watch.work(index).countedEvents;
    cycles += watch.cycles(Phase::Delivery, index);
  }
  row.deliver = sum(Phase::Delivery, index);
  row.nanosecondsEach =
      row.events ? 1e9 * row.deliver / static_cast<double>(row.events) : NAN;
  row.cyclesEach = countedEvents ? static_cast<double>(cycles) /
                                       static_cast<double>(countedEvents)
                                 : NAN;
  return row;
}

void Profile::write(JsonWriter &json) const {
  const snn_model &model = simulation.model();
  json.beginObject("profile");
  json.value("clock_s", clockSeconds());
  json.beginArray("threads");
  for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread) {
    json.beginObject();
    for (Phase phase : Phases) {
      char key[16];
      snprintf(key, sizeof key, "%s_s", nameOf(phase));
      json.value(key, seconds(thread, phase));
    }
    json.endObject();
  }
  json.endArray();
  json.beginArray("populations");
  for (uint32_t p = 0; p < model.num_populations; ++p) {
    OfPopulation row = population(p);
    json.beginObject();
    json.value("path", row.path);
    json.value("neurons", row.neurons);
    json.value("spikes", row.spikes);
    json.value("updates", row.updates);
    json.value("stimulus_s", row.stimulus);
    json.value("update_s", row.update);
    json.value("emission_s", row.emission);
    json.value("ns_per_update", row.nanosecondsEach);
    json.value("cycles_per_update", row.cyclesEach);
    json.endObject();
  }
  json.endArray();
  json.beginArray("deliveries");
  for (uint32_t i = 0; i < simulation.numDeliveries(); ++i) {
    OfDelivery row = delivery(i);
    json.beginObject();
    json.beginArray("projections");
    for (uint64_t p = 0; p < row.item.count; ++p)
      json.value(nullptr, model.projections[row.item.projections[p]].path);
    json.endArray();
    json.value("storage", row.item.storage);
    json.value("synapses", row.item.synapses);
    json.value("bytes", row.item.bytes);
    json.value("events", row.events);
    json.value("segments", row.segments);
    json.value("deliver_s", row.deliver);
    json.value("ns_per_event", row.nanosecondsEach);
    json.value("cycles_per_event", row.cyclesEach);
    json.endObject();
  }
  json.endArray();
  json.endObject();
}
