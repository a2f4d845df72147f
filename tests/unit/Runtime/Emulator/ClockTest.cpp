//===- ClockTest.cpp - What is counted on links, and how long ticks take --===//
//
// A network small enough to follow by hand, with times of which every sum can
// be read: units are accesses, tens are updates, and so on.
//
//===----------------------------------------------------------------------===//
#include "Chips.h"

#include "runtime/emulator/FastEmulator.h"

using namespace chips;

namespace {

constexpr Times EachItsDigit = {.synapse = 1e2,
                                .access = 1,
                                .update = 10,
                                .spike = 1e3,
                                .message = 1e4,
                                .hopX = 1e5,
                                .hopY = 1e6,
                                .barrier = 1e7};

/// Three cores on a grid of 3 x 2; the neuron of the first, at (0,0), reaches
/// the others, at (2,0) and (2,1).
void build(Image &image) {
  loihi(image);
  image.chip.columns = 3;
  image.chip.rows = 2;
  Builder net;
  net.places = {0, 2, 5};
  net.neurons = {{0, {4095, 4095, 0, 1}, {0, 0}, {}, {{1, 0, 0}, {2, 0, 0}}},
                 {1, {4095, 4095, 0, 1000}, {0, 0}, {}, {}},
                 {2, {4095, 4095, 0, 1000}, {0, 0}, {}, {}}};
  net.axons = {{0, 0, {{0, 2, 0}}},
               {1, 0, {{0, 2, 0}}},
               {2, 0, {{0, 2, 0}, {0, 2, 0}, {0, 2, 0}}}};
  net.inputs = {{NoCore, {{0, 0, 0}}}};
  net.pack(image);
}

template <typename Engine>
class OnEngine : public testing::Test {};
using Engines = testing::Types<Emulator, FastEmulator>;
TYPED_TEST_SUITE(OnEngine, Engines);

TYPED_TEST(OnEngine, ATickLastsAsLongAsItsBusiestCoreAndItsLongestWay) {
  Image image;
  build(image);
  TypeParam engine;
  Error error = {};
  ASSERT_TRUE(engine.create(image, error, EachItsDigit));
  uint32_t line = 0;
  ASSERT_TRUE(engine.step(&line, 1, error));
  // An operation, a spike and two messages; two links along, one down.
  EXPECT_DOUBLE_EQ(engine.mesh().clock().seconds(), 11'221'111e-9);
  ASSERT_TRUE(engine.step(nullptr, 0, error));
  // Three operations on the last core.
  EXPECT_DOUBLE_EQ(engine.mesh().clock().seconds(), 21'221'422e-9);
  EXPECT_DOUBLE_EQ(engine.mesh().clock().longestTick(), 11'221'111e-9);
}

TYPED_TEST(OnEngine, MessagesAreCountedOnTheLinksThatTheyTake) {
  Image image;
  build(image);
  TypeParam engine;
  Error error = {};
  ASSERT_TRUE(engine.create(image, error));
  uint32_t line = 0;
  for (int tick = 0; tick < 3; ++tick)
    ASSERT_TRUE(engine.step(&line, 1, error));
  const Buffer<uint64_t> &links = engine.mesh().links();
  ASSERT_EQ(links.size(), 4u * 6);
  uint64_t all = 0;
  for (uint64_t load : links)
    all += load;
  EXPECT_EQ(links[4 * 0 + Traffic::East], 6u);
  EXPECT_EQ(links[4 * 1 + Traffic::East], 6u);
  EXPECT_EQ(links[4 * 2 + Traffic::South], 3u);
  EXPECT_EQ(all, engine.counters().hopsX + engine.counters().hopsY);
  EXPECT_EQ(engine.counters().fullestLink, 6u);
  EXPECT_EQ(engine.mesh().clock().seconds(), 0);
}

} // namespace
