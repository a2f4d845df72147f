//===- LimitsTest.cpp - Memory and time that run out ----------------------===//
//
// What is too large is refused before it is allocated; what takes too long, or
// is interrupted, keeps what it has recorded.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Memory.h"
#include "tests/unit/Runtime/Engine/TestModel.h"

#include <csignal>
#include <cstring>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

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

TestModel large(uint64_t size) {
  TestModel model;
  model.populations.push_back(lifPopulation("E", size, lifParameters, 0, 0));
  model.inject(0, twentyMillivolt);
  return model;
}

/// A run that would last for hours.
TestModel endless() {
  TestModel model = large(4000);
  model.duration = 4000000000;
  model.records.push_back({{0, 0, 0, 1, 1}, LIF_V, 0, 1000, 0});
  return model;
}

/// With more memory than any run here asks for.
snn_options ample(uint32_t threads = 1) {
  snn_options given = options(threads);
  given.memory_limit = uint64_t{1} << 40;
  return given;
}

} // namespace

TEST(Limits, NetworkBeyondTheBudgetIsRefused) {
  // Five fields of 8 bytes and one of 4: 41.36 GiB. What the process already
  // holds counts too, more under a sanitizer than without; with up to 85 MiB of
  // it, the sum is still written as 41.4 and rounded up to 42.
  TestModel model = large(1009400000);
  snn_model compiled = model.get();
  snn_options given = options();
  given.memory_limit = uint64_t{4} << 30;
  snn_error error;
  EXPECT_EQ(snn_create(&compiled, &given, &error), nullptr);
  EXPECT_EQ(error.status, SNN_RESOURCE);
  EXPECT_STREQ(error.code, "E0701");
  EXPECT_NE(std::string(error.message)
                .find("this network needs about 41.4 GiB, but the memory "
                      "budget is 4 GiB"),
            std::string::npos)
      << error.message;
  EXPECT_STREQ(error.help, "raise the budget with `--mem-limit 42G`");
}

TEST(Limits, BudgetIsNamedWithWhatTakesIt) {
  snn_memory memory{};
  memory.expected_synapses = uint64_t{131072} * 131072;
  memory.synapses = memory.expected_synapses * 12;
  memory.total = memory.synapses;
  snn_error error{};
  snn::runtime::LargestProjections largest;
  largest.add("A->A", 1000, 12000);
  largest.add("A->B", 16384, uint64_t{3} << 30);
  largest.add("B->A", uint64_t{1} << 34, uint64_t{180} << 30);
  largest.add("B->B", 7, 1 << 20);
  EXPECT_FALSE(
      snn::runtime::checkMemory(memory, largest, 0, uint64_t{24} << 30, error));
  EXPECT_EQ(error.status, SNN_RESOURCE);
  EXPECT_STREQ(error.code, "E0701");
  EXPECT_STREQ(error.message,
               "this network needs about 192 GiB, but the memory budget is "
               "21.6 GiB (90 % of 24 GiB)");
  EXPECT_STREQ(error.note,
               "17,179,869,184 synapses: 192 GiB; states: 0 B; "
               "recording: 0 B; other: 0 B; the largest: `B->A` 180 "
               "GiB of 17,179,869,184 synapses, `A->B` 3 GiB of "
               "16,384 synapses, `B->B` 1 MiB of 7 synapses and 1 "
               "smaller");
  EXPECT_STREQ(error.help,
               "11.2 % of the synapses would fit: scale the network down, or "
               "raise the budget with `--mem-limit 193G`");
  snn::runtime::LargestProjections none;
  EXPECT_FALSE(
      snn::runtime::checkMemory(memory, none, uint64_t{30} << 30, 0, error));
  EXPECT_STREQ(error.message, "this network needs about 192 GiB, but the "
                              "memory budget is 30 GiB");
  EXPECT_TRUE(
      snn::runtime::checkMemory(memory, none, uint64_t{192} << 30, 0, error));
  EXPECT_TRUE(snn::runtime::checkMemory(memory, none, 0, 0, error))
      << "nothing is known of the machine";
}

TEST(Limits, NetworkBeyondTheMachineIsRefused) {
  TestModel model = large(4000000000);
  model.populations.push_back(lifPopulation("F", 10, lifParameters, 0, 0));
  snn_model compiled = model.get();
  snn_options given = options();
  snn_error error;
  EXPECT_EQ(snn_create(&compiled, &given, &error), nullptr);
  EXPECT_STREQ(error.code, "E0701") << error.message;
  model.populations[1].size = 400000000;
  EXPECT_EQ(snn_create(&compiled, &given, &error), nullptr);
  EXPECT_STREQ(error.code, "E0703") << error.message;
}

TEST(Limits, PredictionMatchesWhatIsTaken) {
  TestModel model = large(2000000);
  model.records.push_back({model.whole(0), LIF_V, 0, 1, 1});
  model.duration = 5;
  snn_model compiled = model.get();
  snn_options given = options(2);
  snn_memory memory;
  ASSERT_EQ(snn_estimate_memory(&compiled, &given, &memory, nullptr), SNN_OK);
  EXPECT_GE(memory.states, 2000000u * 44);
  Instance instance(snn_create(&compiled, &given, nullptr));
  ASSERT_TRUE(instance);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  if (Sanitized)
    return; // their shadow memory counts as the process's
  snn_stats stats;
  snn_get_stats(instance.get(), &stats);
  auto peak = static_cast<double>(stats.peak_rss_bytes);
  EXPECT_NEAR(static_cast<double>(memory.total), peak, 0.15 * peak);
}

// Sanitizers reserve more address space than the test leaves.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SNN_ADDRESS_SPACE_IS_TAKEN
#endif
#endif

TEST(Limits, AddressSpaceThatIsFullIsAnError) {
#ifdef SNN_ADDRESS_SPACE_IS_TAKEN
  GTEST_SKIP() << "the sanitizer needs the address space";
#endif
  TestModel model = large(20000000);
  snn_model compiled = model.get();
  EXPECT_EXIT(
      {
        rlimit limit;
        limit.rlim_cur = limit.rlim_max = 1 << 28;
        setrlimit(RLIMIT_AS, &limit);
        snn_options given = ample();
        snn_error error;
        if (snn_create(&compiled, &given, &error))
          _exit(1);
        fprintf(stderr, "%s\n", error.message);
        _exit(error.status);
      },
      testing::ExitedWithCode(SNN_RESOURCE),
      "not enough memory for the states of the neurons");
}

TEST(Limits, TimeLimitStopsTheRun) {
  TestModel model = endless();
  snn_model compiled = model.get();
  snn_options given = ample(2);
  given.time_limit = 0.2;
  Instance instance(snn_create(&compiled, &given, nullptr));
  ASSERT_TRUE(instance);
  EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_RESOURCE);
  EXPECT_STREQ(snn_last_error(instance.get())->code, "E0732");
  snn_stats stats;
  snn_get_stats(instance.get(), &stats);
  EXPECT_GT(stats.wall_s, 0.2);
  EXPECT_LT(stats.wall_s, 60); // generous: other tests share the cores
  uint64_t steps = snn_steps_done(instance.get());
  EXPECT_EQ(snn_trace_size(instance.get(), 0).samples, 1 + steps / 1000 - 1);
}

TEST(Limits, SignalStopsAtAStepAndKeepsTheRecord) {
  for (int number : {SIGINT, SIGTERM}) {
    TestModel model = endless();
    snn_model compiled = model.get();
    Instance instance = create(compiled, ample(3));
    ASSERT_TRUE(instance);
    std::thread sender([number] {
      usleep(100000);
      kill(getpid(), number);
    });
    EXPECT_EQ(snn_run_shown(instance.get(), /*quiet=*/1), 128 + number);
    sender.join();
    uint64_t steps = snn_steps_done(instance.get());
    EXPECT_GT(steps, 0u);
    EXPECT_EQ(snn_trace_size(instance.get(), 0).samples, steps / 1000);
    // It can go on afterwards.
    EXPECT_EQ(snn_run(instance.get(), 10), SNN_OK);
    EXPECT_EQ(snn_steps_done(instance.get()), steps + 10);
  }
}

TEST(Limits, SignalsThatComeTogetherAreOneRequest) {
  TestModel model = endless();
  snn_model compiled = model.get();
  Instance instance = create(compiled, ample(1));
  ASSERT_TRUE(instance);
  std::thread sender([] {
    usleep(100000);
    for (int i = 0; i < 5; ++i) {
      kill(getpid(), SIGINT);
      usleep(20000);
    }
  });
  EXPECT_EQ(snn_run_shown(instance.get(), /*quiet=*/1), SNN_SIGINT);
  sender.join();
}

TEST(Limits, SecondSignalEndsTheProcessAtOnce) {
  EXPECT_EXIT(
      {
        TestModel model = endless();
        snn_model compiled = model.get();
        snn_options given = ample(1);
        // The step never ends, so only the second signal can do it.
        compiled.stimuli = model.stimuli.data();
        model.stimuli[0].value = [](double) -> double {
          while (true)
            usleep(1000);
        };
        snn_instance *instance = snn_create(&compiled, &given, nullptr);
        std::thread sender([] {
          for (int i = 0; i < 2; ++i) {
            usleep(400000);
            kill(getpid(), SIGINT);
          }
        });
        snn_run_shown(instance, 1);
        _exit(0);
      },
      testing::KilledBySignal(SIGINT), "");
}

TEST(Limits, ProgressIsReported) {
  TestModel model = endless();
  snn_model compiled = model.get();
  Instance instance = create(compiled, ample(1));
  ASSERT_TRUE(instance);
  struct Seen {
    snn_instance *instance;
    snn_progress last = {};
    int calls = 0;
  } seen{instance.get()};
  snn_set_progress(
      instance.get(),
      [](void *context, const snn_progress *progress) {
        auto *seen = static_cast<Seen *>(context);
        EXPECT_GT(progress->steps, seen->last.steps);
        EXPECT_GE(progress->spikes, seen->last.spikes);
        EXPECT_EQ(progress->planned, 4000000000u);
        seen->last = *progress;
        if (++seen->calls == 2)
          snn_request_stop(seen->instance, SNN_SIGTERM);
      },
      &seen);
  EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_SIGTERM);
  EXPECT_EQ(seen.calls, 2);
}
