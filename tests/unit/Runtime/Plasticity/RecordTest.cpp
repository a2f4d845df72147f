//===- RecordTest.cpp - Synapses that are read, reset and predicted -------===//
//
// Samples are in one order for any number of threads; a reset gives back the
// network as it was made; memory is what was predicted.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Plasticity/PlasticModel.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace snn::runtime::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool Sanitized = true; // as GCC says it
#elif defined(__has_feature)
constexpr bool Sanitized =
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool Sanitized = false;
#endif

struct Recorded : PlasticModel {
  uint32_t source, target, plastic;

  Recorded() {
    duration = 500;
    warmup = 70;
    source = addPoisson("P", 50, [](double) { return 0.2; });
    uint32_t kicks = addPoisson("K", 90, [](double) { return 0.05; });
    target = addNeurons("E", 90);
    kick(kicks, target);
    plastic = connectPair("P->E.syn#0", source, target, SNN_TOTAL, SNN_F32);
    projections[plastic].count = 3000; // with multapses
    projections[plastic].source = {source, 0, 1, 24, 2};
    projections[plastic].weight = value(SNN_UNIFORM, 0, 1);
    projections[plastic].axonal_delay = value(SNN_UNIFORM, 0.1, 1);
    synapseRecords.push_back({plastic, 0, 100, 0});
  }
};

} // namespace

TEST(SynapseRecords, SamplesHaveOneOrderForAnyNumberOfThreads) {
  Recorded model;
  snn_model compiled = model.get();
  std::vector<double> first;
  for (uint32_t threads : {1, 2, 3, 8}) {
    Instance instance = create(compiled, options(threads));
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    snn_synapse_trace size = snn_synapse_trace_size(instance.get(), 0);
    ASSERT_EQ(size.samples, 5u);
    ASSERT_EQ(size.synapses, 3000u);
    std::vector<double> values(5 * 3000), times(5);
    ASSERT_EQ(
        snn_read_synapse_trace(instance.get(), 0, values.data(), times.data()),
        SNN_OK);
    // The first after the warm-up, and no last one beyond the period.
    EXPECT_EQ(times, (std::vector<double>{10, 20, 30, 40, 50}));
    if (first.empty())
      first = values;
    EXPECT_EQ(values, first) << threads;
  }
  // Each sample is what the synapses were.
  Instance instance = create(compiled, options(2));
  uint64_t sample = 0;
  for (uint64_t steps : {100, 100, 100, 100, 100}) {
    ASSERT_EQ(snn_run(instance.get(), steps), SNN_OK);
    EXPECT_EQ(weightsOf(instance, model.plastic),
              std::vector<double>(first.begin() + 3000 * sample,
                                  first.begin() + 3000 * (sample + 1)));
    ++sample;
  }
  EXPECT_FALSE(
      std::equal(first.begin(), first.begin() + 3000, first.begin() + 3000));
}

TEST(SynapseRecords, FirstSampleCanBeTheNetworkAsItWasMade) {
  Recorded model;
  model.warmup = 0;
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  std::vector<double> made = weightsOf(instance, model.plastic);
  ASSERT_EQ(snn_run(instance.get(), 120), SNN_OK);
  ASSERT_EQ(snn_synapse_trace_size(instance.get(), 0).samples, 2u);
  std::vector<double> values(2 * 3000), times(2);
  snn_read_synapse_trace(instance.get(), 0, values.data(), times.data());
  EXPECT_EQ(times, (std::vector<double>{0, 10}));
  EXPECT_TRUE(std::equal(made.begin(), made.end(), values.begin()));
}

TEST(SynapseRecords, SynapsesAreThoseOfTheNetwork) {
  Recorded model;
  snn_model compiled = model.get();
  std::vector<Edge> edges = edgesOf(compiled, model.plastic);
  Instance instance = create(compiled, options(3));
  std::vector<double> weights(edges.size());
  std::vector<uint32_t> sources(edges.size()), targets(edges.size());
  ASSERT_EQ(snn_read_synapses(instance.get(), model.plastic, 0, weights.data(),
                              sources.data(), targets.data()),
            SNN_OK);
  for (size_t i = 0; i < edges.size(); ++i) {
    EXPECT_EQ(sources[i], edges[i].source);
    EXPECT_EQ(targets[i], edges[i].target);
    EXPECT_EQ(weights[i] / 1000, edges[i].weight);
  }
  EXPECT_EQ(snn_num_synapses(instance.get(), 0), 0u) << "its weights stay";
  EXPECT_EQ(snn_read_synapses(instance.get(), 0, 0, nullptr, nullptr, nullptr),
            SNN_USAGE);
}

TEST(SynapseRecords, ResetGivesBackTheNetworkAsItWasMade) {
  Recorded model;
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  std::vector<double> made = weightsOf(instance, model.plastic);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  std::vector<double> after = weightsOf(instance, model.plastic);
  uint64_t hash = snn_spike_hash(instance.get());
  ASSERT_EQ(snn_reset(instance.get()), SNN_OK);
  EXPECT_EQ(weightsOf(instance, model.plastic), made);
  EXPECT_EQ(snn_synapse_trace_size(instance.get(), 0).samples, 0u);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(weightsOf(instance, model.plastic), after);
  EXPECT_EQ(snn_spike_hash(instance.get()), hash);
}

TEST(SynapseRecords, FileIsReadByNumpy) {
  std::string python;
  for (const char *candidate : {"python3", "/usr/bin/python3"})
    if (python.empty() &&
        std::system((std::string(candidate) + " -c 'import numpy' 2>/dev/null")
                        .c_str()) == 0)
      python = candidate;
  if (python.empty())
    GTEST_SKIP() << "no Python with numpy on this machine";
  Recorded model;
  model.synapseRecords.push_back({model.plastic, 0, 250, 0});
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(3));
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  namespace fs = std::filesystem;
  std::string name = (fs::temp_directory_path() / "snn-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  ASSERT_EQ(snn_write_results(instance.get(), name.c_str()), SNN_OK);
  std::vector<double> values(5 * 3000);
  snn_read_synapse_trace(instance.get(), 0, values.data(), nullptr);
  double sum = 0, weighted = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    sum += values[i];
    weighted += values[i] * static_cast<double>(i % 97);
  }
  std::ofstream(name + "/check.py") <<
      R"(import sys, json, numpy as np
w = np.load(sys.argv[1] + "/weights.npz")
assert sorted(w.files) == sorted("P->E.syn#0/" + x for x in [
    "source", "target", "w", "w/t", "w#2", "w#2/t"]), w.files
v = w["P->E.syn#0/w"]
assert v.shape == (5, 3000) and v.dtype == np.float32, v.shape
assert list(w["P->E.syn#0/w/t"]) == [10, 20, 30, 40, 50]
assert w["P->E.syn#0/w#2"].shape == (2, 3000)
assert (w["P->E.syn#0/w#2"][1] == v[4]).all()
s, t = w["P->E.syn#0/source"], w["P->E.syn#0/target"]
assert set(s) <= set(range(1, 49, 2)) and t.max() < 90
pairs = list(zip(s, t))
assert pairs == sorted(pairs) and len(set(pairs)) < len(pairs)
total, weighted = float.fromhex(sys.argv[2]), float.fromhex(sys.argv[3])
flat = v.astype(np.float64).ravel()
assert abs(flat.sum() - total) < 1e-6 * total, (flat.sum(), total)
assert abs((flat * (np.arange(flat.size) % 97)).sum() - weighted) < 1e-6 * weighted
r = json.load(open(sys.argv[1] + "/manifest.json"))
assert r["synapse_records"][0] == {"projection": "P->E.syn#0", "rule": "Pair",
    "state": "w", "unit": "uV", "every_ms": 10.0}, r["synapse_records"]
assert "trace3" not in r["populations"] and r["populations"]["E"] == 90
)";
  char numbers[80];
  snprintf(numbers, sizeof numbers, " %a %a", sum, weighted);
  EXPECT_EQ(std::system(
                (python + " " + name + "/check.py " + name + numbers).c_str()),
            0);
  fs::remove_all(name);
}

TEST(SynapseRecords, PredictionMatchesWhatIsTaken) {
  PlasticModel model;
  model.duration = 20;
  uint32_t source = model.addPoisson("P", 20000, [](double) { return 0.01; });
  uint32_t target = model.addNeurons("E", 20000);
  uint32_t p =
      model.connectPair("P->E.syn#0", source, target, SNN_INDEGREE, SNN_F32);
  model.projections[p].count = 200;
  model.projections[p].axonal_delay = constant(1.5);
  model.synapseRecords.push_back({p, 0, 10, 0});
  snn_model compiled = model.get();
  snn_options given = options(2);
  snn_memory memory;
  ASSERT_EQ(snn_estimate_memory(&compiled, &given, &memory, nullptr), SNN_OK);
  EXPECT_EQ(memory.expected_synapses, 4000000u);
  EXPECT_EQ(memory.recording, 3u * 4000000 * 4); // at 0, 1 and 2 ms
  Instance instance = create(compiled, given);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  snn_stats stats;
  snn_get_stats(instance.get(), &stats);
  // Weight, target, place in the list of the target; 1/16 for its source; and
  // rows, which are short here.
  EXPECT_LT(static_cast<double>(stats.synapse_bytes), 12.2 * 4000000);
  if (Sanitized)
    return; // their shadow memory counts as the process's
  auto peak = static_cast<double>(stats.peak_rss_bytes);
  EXPECT_NEAR(static_cast<double>(memory.total), peak, 0.15 * peak);
}
