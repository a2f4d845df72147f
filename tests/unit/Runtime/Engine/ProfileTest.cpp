//===- ProfileTest.cpp - What a profile and a trace say -------------------===//
//
// That numbers add up to what the run did, whatever the threads; that nothing
// changes what is computed; and that a trace is what its viewers take.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Profile/Stopwatch.h"
#include "tests/unit/Runtime/Engine/RandomNetwork.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <linux/perf_event.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unistd.h>

using namespace snn::runtime;
using namespace snn::runtime::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

class ProfileTest : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "snn-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { fs::remove_all(folder); }

  Instance run(const snn_model &model, uint32_t threads, uint32_t flags) {
    snn_options given = options(threads, flags);
    snn_error error;
    Instance instance(snn_create(&model, &given, &error));
    EXPECT_TRUE(instance) << error.message;
    EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    return instance;
  }
  Json read(const char *name) const {
    return Json::parse(std::ifstream(folder / name));
  }
  Json statsOf(const Instance &instance) {
    std::string path = folder / "stats.json";
    EXPECT_EQ(snn_write_stats(instance.get(), path.c_str(), 0), SNN_OK);
    return read("stats.json");
  }
  Json traceOf(const Instance &instance) {
    std::string path = folder / "trace.json";
    EXPECT_EQ(snn_write_trace(instance.get(), path.c_str()), SNN_OK);
    return read("trace.json");
  }

  fs::path folder;
};

void sleepFor(long microseconds) {
  timespec time = {0, microseconds * 1000};
  nanosleep(&time, nullptr);
}

uint64_t sumOf(const Json &rows, const char *key) {
  uint64_t sum = 0;
  for (const Json &row : rows)
    sum += row[key].get<uint64_t>();
  return sum;
}

/// Events of phases by thread, in the order of the file.
std::map<int, std::vector<Json>> eventsByThread(const Json &trace) {
  std::map<int, std::vector<Json>> events;
  for (const Json &event : trace["traceEvents"])
    if (event["ph"] == "X")
      events[event["tid"].get<int>()].push_back(event);
  return events;
}

} // namespace

TEST(Stopwatch, TimeGoesToWhatWasDone) {
  Stopwatch watch;
  ASSERT_TRUE(watch.create(/*populations=*/2, /*deliveries=*/1,
                           /*profiled=*/true, 0, 0));
  watch.beginRun();
  for (uint64_t step = 1; step <= 2; ++step) {
    watch.beginStep(step);
    sleepFor(2000);
    watch.split(Phase::Update, 1);
    sleepFor(1000);
    watch.lap(Phase::Stimulus);
    watch.count(0, 10, 2);
  }
  EXPECT_GE(watch.seconds(Phase::Update, 1, 2), 0.004);
  EXPECT_EQ(watch.seconds(Phase::Update, 0, 2), 0);
  EXPECT_GE(watch.seconds(Phase::Stimulus, 2), 0.002);
  EXPECT_EQ(watch.seconds(Phase::Update, 2),
            watch.seconds(Phase::Update, 1, 2));
  EXPECT_EQ(watch.work(0).events, 20u);
  EXPECT_EQ(watch.work(0).segments, 4u);
  EXPECT_EQ(watch.readings(), 4u);
  EXPECT_GT(watch.clockSeconds(), 0);
  EXPECT_LT(watch.clockSeconds(), 0.001);
  watch.clear();
  EXPECT_EQ(watch.readings(), 0u);
}

TEST(Stopwatch, RunThatNobodyProfilesIsTimedInOneStepOfSixteen) {
  Stopwatch watch;
  ASSERT_TRUE(watch.create(1, 1, /*profiled=*/false, 0, 0));
  watch.beginRun();
  for (uint64_t step = 0; step < 160; ++step) {
    watch.beginStep(step);
    if (step % 16 == 0)
      sleepFor(500);
    watch.split(Phase::Update, 0); // nobody asked
    watch.count(0, 1, 1);
    watch.lap(Phase::Update);
  }
  EXPECT_EQ(watch.readings(), 10u);
  EXPECT_EQ(watch.work(0).events, 0u);
  // Ten steps of half a millisecond stand for all.
  EXPECT_GE(watch.seconds(Phase::Update, 160), 0.08);
}

TEST(CycleCounter, CountsWhereTheSystemLetsIt) {
  CycleCounter counter;
  if (!counter.open({PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK})) {
    EXPECT_FALSE(counter.isOpen());
    GTEST_SKIP() << "this system lets nobody count";
  }
  uint64_t before = counter.read();
  volatile int turns = 0;
  while (turns < 1000000)
    turns = turns + 1;
  EXPECT_GT(counter.read(), before);
  EXPECT_FALSE(counter.open({UINT32_MAX, 0})) << "there is no such event";
  EXPECT_FALSE(counter.isOpen());
}

TEST_F(ProfileTest, AddsUpToWhatTheRunDid) {
  TestModel network = randomNetwork();
  snn_model model = network.get();
  uint64_t plain = snn_spike_hash(run(model, 2, 0).get());
  std::set<uint64_t> events;
  for (uint32_t threads : {1, 2, 3}) {
    Instance instance = run(model, threads, SNN_PROFILE);
    EXPECT_EQ(snn_spike_hash(instance.get()), plain);
    Json stats = statsOf(instance), profile = stats["profile"];
    ASSERT_EQ(profile["threads"].size(), threads);
    ASSERT_EQ(profile["populations"].size(), model.num_populations);
    EXPECT_EQ(sumOf(profile["populations"], "spikes"), stats["spikes"]);
    EXPECT_EQ(sumOf(profile["populations"], "updates"),
              stats["ops"]["neuron_updates"]);
    EXPECT_EQ(sumOf(profile["deliveries"], "synapses"), stats["synapses"]);
    EXPECT_NEAR(sumOf(profile["deliveries"], "bytes"),
                stats["bytes_per_synapse"].get<double>() *
                    stats["synapses"].get<double>(),
                0.5);
    size_t projections = 0;
    for (const Json &row : profile["deliveries"]) {
      projections += row["projections"].size();
      EXPECT_GE(row["events"], row["segments"]) << row;
      EXPECT_GT(row["segments"], 0) << row;
      EXPECT_GT(row["ns_per_event"], 0) << row;
    }
    EXPECT_EQ(projections, model.num_projections);
    EXPECT_EQ(sumOf(profile["deliveries"], "events"), stats["synaptic_events"]);
    events.insert(sumOf(profile["deliveries"], "events"));
    // A thread's phases, with what the clock took, are the loop, but for the
    // time until it has woken up.
    double most = 0;
    for (const Json &thread : profile["threads"]) {
      double sum = profile["clock_s"];
      for (const auto &[name, seconds] : thread.items())
        sum += seconds.get<double>();
      EXPECT_LT(sum, 1.1 * stats["wall_s"].get<double>());
      most = std::max(most, sum);
    }
    EXPECT_GT(most, 0.2 * stats["wall_s"].get<double>());
  }
  EXPECT_EQ(events.size(), 1u);
}

TEST_F(ProfileTest, SaysCyclesOnlyWhereTheyAreCounted) {
  TestModel network = randomNetwork();
  snn_model model = network.get();
  CycleCounter counter;
  bool counts = counter.open();
  Json profile = statsOf(run(model, 1, SNN_PROFILE))["profile"];
  for (const Json &row : profile["deliveries"])
    EXPECT_EQ(row["cycles_per_event"].is_null(), !counts);
  for (size_t p = 0; p < 3; ++p) // the fourth has no neurons
    EXPECT_EQ(profile["populations"][p]["cycles_per_update"].is_null(),
              !counts);
}

TEST_F(ProfileTest, TableNamesPhasesPopulationsAndProjections) {
  TestModel network = randomNetwork();
  snn_model model = network.get();
  Instance instance = run(model, 2, SNN_PROFILE);
  testing::internal::CaptureStderr();
  snn_print_profile(instance.get());
  std::string text = testing::internal::GetCapturedStderr();
  for (const char *part : {"stimulus", "deliver", "update", "emission", "wait",
                           "clock", "thread 1", "ns/update", "ns/event",
                           "E->S.syn#0", "rows of one word", "\n  S "})
    EXPECT_NE(text.find(part), std::string::npos) << part << text;
  // Columns stand below each other: every line of a table is as long.
  size_t begin = text.find("  population");
  size_t end = text.find("\n\n", begin);
  std::istringstream lines(text.substr(begin, end - begin));
  std::set<size_t> lengths;
  for (std::string line; std::getline(lines, line);)
    lengths.insert(line.size());
  EXPECT_EQ(lengths.size(), 1u) << text;

  testing::internal::CaptureStderr();
  snn_print_profile(run(model, 2, 0).get());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(ProfileTest, EventsOfAThreadDoNotOverlap) {
  TestModel network = randomNetwork();
  network.warmup = 500;
  network.duration = 500;
  snn_model model = network.get();
  for (uint32_t flags :
       {uint32_t{SNN_TRACE}, uint32_t{SNN_TRACE} | uint32_t{SNN_PROFILE}}) {
    Instance instance = run(model, 3, flags);
    Json trace = traceOf(instance);
    EXPECT_EQ(trace["otherData"]["first_step"], 500);
    EXPECT_EQ(trace["otherData"]["steps"], 500);
    EXPECT_EQ(trace["otherData"]["steps_left_out_before"], 500);
    EXPECT_EQ(trace["otherData"]["steps_left_out_after"], 0);
    auto threads = eventsByThread(trace);
    ASSERT_EQ(threads.size(), 3u);
    std::set<std::string> phases;
    for (auto &[thread, events] : threads) {
      EXPECT_GT(events.size(), 500u);
      double end = 0;
      uint64_t step = 0;
      for (const Json &event : events) {
        // To the nanosecond; sums of decimals are not exact.
        EXPECT_GE(event["ts"].get<double>(), end - 1e-4);
        EXPECT_GE(event["args"]["step"].get<uint64_t>(), step);
        end = event["ts"].get<double>() + event["dur"].get<double>();
        step = event["args"]["step"];
        phases.insert(event["cat"]);
      }
      EXPECT_EQ(step, 999u);
    }
    EXPECT_TRUE(phases.contains("update") && phases.contains("wait") &&
                phases.contains("deliver"));
  }
}

TEST_F(ProfileTest, TraceIsBoundedAndEndsWithAWholeStep) {
  TestModel network = randomNetwork();
  network.warmup = 0;
  network.duration = 20000;
  snn_model model = network.get();
  Instance instance = run(model, 2, SNN_TRACE);
  Json trace = traceOf(instance);
  EXPECT_LE(trace["traceEvents"].size(), 65536u + 3);
  EXPECT_LT(fs::file_size(folder / "trace.json"), 16u << 20);
  uint64_t steps = trace["otherData"]["steps"];
  EXPECT_GT(steps, 100u);
  EXPECT_EQ(trace["otherData"]["first_step"], 0);
  EXPECT_EQ(trace["otherData"]["steps_left_out_after"], 20000 - steps);
  for (auto &[thread, events] : eventsByThread(trace)) {
    std::set<uint64_t> seen;
    for (const Json &event : events)
      seen.insert(event["args"]["step"].get<uint64_t>());
    EXPECT_EQ(seen.size(), steps);
    EXPECT_EQ(*seen.rbegin(), steps - 1);
  }
}

TEST_F(ProfileTest, TraceOfARunWithinItsWarmUpIsEmpty) {
  TestModel network = randomNetwork();
  snn_model model = network.get();
  snn_options given = options(1, SNN_TRACE);
  Instance instance(snn_create(&model, &given, nullptr));
  ASSERT_TRUE(instance);
  ASSERT_EQ(snn_run(instance.get(), 20), SNN_OK);
  Json trace = traceOf(instance);
  EXPECT_EQ(trace["otherData"]["steps"], 0);
  EXPECT_TRUE(eventsByThread(trace).empty());
}

TEST_F(ProfileTest, NamesAreEscaped) {
  TestModel network = randomNetwork();
  network.populations[0].path = "a \"quoted\\ name\"\n";
  network.warmup = 0;
  snn_model model = network.get();
  Json trace = traceOf(run(model, 1, SNN_TRACE));
  bool found = false;
  for (const Json &event : trace["traceEvents"])
    found |= event["name"] == "update a \"quoted\\ name\"\n";
  EXPECT_TRUE(found);
}

TEST_F(ProfileTest, ResetForgetsBoth) {
  TestModel network = randomNetwork();
  snn_model model = network.get();
  Instance instance = run(model, 2, SNN_PROFILE | SNN_TRACE);
  uint64_t events = sumOf(statsOf(instance)["profile"]["deliveries"], "events");
  ASSERT_EQ(snn_reset(instance.get()), SNN_OK);
  EXPECT_EQ(sumOf(statsOf(instance)["profile"]["deliveries"], "events"), 0u);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(sumOf(statsOf(instance)["profile"]["deliveries"], "events"),
            events);
  EXPECT_EQ(traceOf(instance)["otherData"]["first_step"], 50);
}
