//===- TestModel.h - Models put together in a test --------------*- C++ -*-===//
//
// Keeps the tables of an snn_model in vectors, and runs it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_RUNTIME_ENGINE_TESTMODEL_H
#define SNN_TESTS_UNIT_RUNTIME_ENGINE_TESTMODEL_H

#include "snn/runtime.h"
#include "tests/unit/Runtime/Engine/Lif.h"

#include <gtest/gtest.h>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace snn::runtime::test {

inline snn_value value(uint32_t kind, double a, double b = 0) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {kind, 0, a, b, -infinity, infinity, -infinity, infinity, nullptr, 0};
}
inline snn_value constant(double a) { return value(SNN_CONSTANT, a); }

inline double twentyMillivolt(double) { return 20; }

struct TestModel {
  std::vector<snn_population> populations;
  std::vector<snn_projection> projections;
  std::vector<snn_drive> drives;
  std::vector<snn_stimulus> stimuli;
  std::vector<snn_record> records;
  std::vector<snn_change> changes;
  std::vector<snn_synapse_record> synapseRecords;
  double step = 0.1;
  uint64_t warmup = 0, duration = 1000;
  snn_seeds seeds = {1, 2, 3};

  snn_slice whole(uint32_t population) const {
    return {population, 0, 0, populations[population].size, 1};
  }

  void inject(uint32_t population, snn_time_fn f, bool isConstant = true) {
    stimuli.push_back(
        {"step->I_ext#0", whole(population), 0, SNN_NONE, f, isConstant, 0});
  }
  void recordSpikes(uint32_t population) {
    records.push_back({whole(population), SNN_NONE, 0, 1, 0});
  }

  /// Valid while this object lives and does not change.
  snn_model get() const {
    static const char *const files[] = {"lif.snn"};
    snn_model model = {};
    model.abi_version = SNN_ABI_VERSION;
    model.num_files = 1;
    model.files = files;
    model.name = "test";
    model.model_hash = "00";
    model.compiler_version = "0";
    model.flags = "{\"fp\": \"strict\"}";
    model.step = step;
    model.warmup_steps = warmup;
    model.duration_steps = duration;
    model.seeds = seeds;
    model.num_populations = static_cast<uint32_t>(populations.size());
    model.num_projections = static_cast<uint32_t>(projections.size());
    model.num_drives = static_cast<uint32_t>(drives.size());
    model.num_stimuli = static_cast<uint32_t>(stimuli.size());
    model.num_records = static_cast<uint32_t>(records.size());
    model.num_changes = static_cast<uint32_t>(changes.size());
    model.populations = populations.data();
    model.projections = projections.data();
    model.drives = drives.data();
    model.stimuli = stimuli.data();
    model.records = records.data();
    model.changes = changes.data();
    model.num_synapse_records = synapseRecords.size();
    model.synapse_records = synapseRecords.data();
    return model;
  }
};

inline snn_options options(uint32_t threads = 1, uint32_t flags = 0) {
  snn_options made;
  snn_default_options(&made);
  made.threads = threads;
  made.flags = flags;
  return made;
}

struct Destroy {
  void operator()(snn_instance *instance) const { snn_destroy(instance); }
};
using Instance = std::unique_ptr<snn_instance, Destroy>;

inline Instance create(const snn_model &model, const snn_options &given) {
  snn_error error;
  Instance instance(snn_create(&model, &given, &error));
  EXPECT_TRUE(instance) << error.message;
  return instance;
}

struct Spike {
  double time;
  uint32_t id;
  bool operator==(const Spike &) const = default;
};

inline std::vector<Spike> spikesOf(const Instance &instance,
                                   uint32_t population) {
  uint64_t count =
      snn_read_spikes(instance.get(), population, nullptr, nullptr);
  std::vector<double> times(count);
  std::vector<uint32_t> ids(count);
  snn_read_spikes(instance.get(), population, times.data(), ids.data());
  std::vector<Spike> spikes(count);
  for (uint64_t i = 0; i < count; ++i)
    spikes[i] = {times[i], ids[i]};
  return spikes;
}

} // namespace snn::runtime::test

#endif // SNN_TESTS_UNIT_RUNTIME_ENGINE_TESTMODEL_H
