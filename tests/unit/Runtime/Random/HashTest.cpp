//===- HashTest.cpp - Keys of declarations --------------------------------===//
//
// Published values of the two published functions, and the properties that
// keys must have.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Stream.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

using namespace snn::runtime;

namespace {

TEST(Hash, Fnv1aGivesThePublishedValues) {
  EXPECT_EQ(fnv1a64(""), 0xcbf29ce484222325u);
  EXPECT_EQ(fnv1a64("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(fnv1a64("foobar"), 0x85944171f73967e8u);
}

TEST(Hash, MixIsTheFinaliserOfSplitMix64) {
  // The first outputs of SplitMix64 from state 0.
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15u), 0xe220a8397b1dcdafu);
  EXPECT_EQ(mix64(2 * 0x9e3779b97f4a7c15u), 0x6e789e6aa1b965f4u);
  EXPECT_EQ(mix64(3 * 0x9e3779b97f4a7c15u), 0x06c45d188009454fu);
}

TEST(Hash, KeysDifferInSeedPathStreamAndField) {
  std::set<std::pair<uint64_t, uint64_t>> keys;
  unsigned count = 0;
  for (uint64_t seed = 0; seed < 20; ++seed)
    for (const char *path : {"", "E", "I", "E->I.syn#0", "E->I.syn#1"})
      for (uint64_t stream = 1; stream <= 11; ++stream)
        for (uint64_t field = 0; field < 5; ++field, ++count) {
          Key key =
              makeKey(hash64(seed, path), static_cast<Stream>(stream), field);
          keys.insert({key.low, key.high});
        }
  EXPECT_EQ(keys.size(), count);
}

TEST(Hash, ValuesArePinned) {
  EXPECT_EQ(hash64(1, "E->I.syn#0"), 2007428413803434756u);
  EXPECT_EQ(mix64(fnv1a64("E"), 17, 1000), 13480284204429806984u);
  EXPECT_EQ(makeKey(hash64(1, "E"), Stream::Weight).low, 15972030871535003644u);
}

} // namespace
