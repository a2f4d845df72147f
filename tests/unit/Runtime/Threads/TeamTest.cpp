//===- TeamTest.cpp - Threads, barrier and ownership ----------------------===//
//
// Nobody passes a barrier before all have come, the serial part runs once, and
// every neuron has exactly one owner.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Threads/Team.h"
#include "runtime/lib/Threads/Partition.h"

#include <gtest/gtest.h>
#include <vector>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

using namespace snn::runtime;

TEST(Team, BarrierSeparatesSteps) {
  for (uint32_t threads : {1, 2, 5}) {
    Team team;
    ASSERT_TRUE(team.start(threads));
    struct Context {
      Team &team;
      std::vector<uint64_t> steps; // each written by its own thread
      uint64_t serial = 0;         // written by the last to come
      bool inStep = true;
    } context{team, std::vector<uint64_t>(threads)};
    // Twice, so that threads sleep and wake up between.
    for (uint64_t round = 1; round <= 2; ++round) {
      team.run(
          [](void *opaque, uint32_t thread) {
            auto &context = *static_cast<Context *>(opaque);
            for (int step = 0; step < 500; ++step) {
              ++context.steps[thread];
              context.team.barrier([&] {
                ++context.serial;
                for (uint64_t each : context.steps)
                  context.inStep &= each == context.serial;
              });
            }
          },
          &context);
      EXPECT_EQ(context.serial, 500 * round);
      EXPECT_TRUE(context.inStep);
    }
  }
}

#if defined(__x86_64__)
TEST(Team, FlushesSubnormalNumbersInEveryThreadAndNowhereElse) {
  Team team;
  ASSERT_TRUE(team.start(3));
  unsigned before = _mm_getcsr();
  std::vector<unsigned> modes(3);
  team.run(
      [](void *opaque, uint32_t thread) {
        (*static_cast<std::vector<unsigned> *>(opaque))[thread] =
            _mm_getcsr() & 0x8040;
      },
      &modes);
  EXPECT_EQ(modes, std::vector<unsigned>(3, 0x8040));
  EXPECT_EQ(_mm_getcsr(), before);
}
#endif

TEST(Partition, EveryNeuronHasOneOwner) {
  const uint64_t sizes[] = {1, 15, 16, 17, 1000, 3, 100000, 64, 5};
  std::vector<snn_population> populations;
  for (uint64_t size : sizes) {
    populations.push_back({});
    populations.back().size = size;
  }
  snn_model model = {};
  model.num_populations = static_cast<uint32_t>(populations.size());
  model.populations = populations.data();
  for (uint32_t threads : {1, 2, 3, 7, 64}) {
    Partition partition;
    ASSERT_TRUE(partition.create(model, threads));
    for (uint32_t p = 0; p < model.num_populations; ++p) {
      uint64_t next = 0;
      for (uint32_t thread = 0; thread < threads; ++thread) {
        Range range = partition.padded(p, thread);
        EXPECT_EQ(range.begin, next);
        EXPECT_LE(range.begin, range.end);
        EXPECT_EQ(range.end % SNN_LANES, 0u);
        next = range.end;
      }
      EXPECT_EQ(next, padToLanes(sizes[p]));
    }
    // The large one is shared out evenly.
    Range first = partition.padded(6, 0);
    EXPECT_NEAR(static_cast<double>(first.size()), 100000.0 / threads, 16);
  }
}

TEST(Partition, ManySmallPopulationsAreDealtOut) {
  std::vector<snn_population> populations(100);
  for (snn_population &population : populations)
    population.size = 16;
  snn_model model = {};
  model.num_populations = 100;
  model.populations = populations.data();
  Partition partition;
  ASSERT_TRUE(partition.create(model, 4));
  for (uint32_t thread = 0; thread < 4; ++thread) {
    uint64_t neurons = 0;
    for (uint32_t p = 0; p < 100; ++p)
      neurons += partition.padded(p, thread).size();
    EXPECT_EQ(neurons, 400u);
  }
}
