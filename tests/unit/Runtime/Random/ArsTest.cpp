//===- ArsTest.cpp - Known answers of AES rounds and ARS-7 ----------------===//
//
// The cipher example of FIPS 197 checks the rounds, the vectors that come with
// Random123 the generator; every path of this machine gives the same bits.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Ars.h"

#include <gtest/gtest.h>
#include <vector>

using namespace snn::runtime;

namespace {

uint32_t byteSwap(uint32_t x) { return __builtin_bswap32(x); }

TEST(Aes, GivesTheCipherExampleOfFips197) {
  // Appendix B. Its key expansion, as in section 5.2, by means of the last
  // round: with a zero round key and equal columns that is SubBytes.
  std::array<uint32_t, 44> words = {0x2b7e1516, 0x28aed2a6, 0xabf71588,
                                    0x09cf4f3c};
  uint32_t constant = 0x01000000;
  for (int i = 4; i < 44; ++i) {
    uint32_t word = words[i - 1];
    if (i % 4 == 0) {
      word = word << 8 | word >> 24;
      word = byteSwap(aesLastRound(
          {byteSwap(word), byteSwap(word), byteSwap(word), byteSwap(word)},
          {0, 0, 0, 0})[0]);
      word ^= constant;
      constant = constant == 0x80000000 ? 0x1b000000 : constant << 1;
    }
    words[i] = words[i - 4] ^ word;
  }
  EXPECT_EQ(words[43], 0xb6630ca6u);
  auto roundKey = [&](int round) {
    Block key;
    for (int c = 0; c < 4; ++c)
      key[c] = byteSwap(words[4 * round + c]);
    return key;
  };
  Block state = {byteSwap(0x3243f6a8), byteSwap(0x885a308d),
                 byteSwap(0x313198a2), byteSwap(0xe0370734)};
  for (int c = 0; c < 4; ++c)
    state[c] ^= roundKey(0)[c];
  for (int round = 1; round < 10; ++round)
    state = aesRound(state, roundKey(round));
  state = aesLastRound(state, roundKey(10));
  EXPECT_EQ(state, (Block{byteSwap(0x3925841d), byteSwap(0x02dc09fb),
                          byteSwap(0xdc118597), byteSwap(0x196a0b32)}));
}

/// Sixteen bytes in the order of memory, as the authors print them.
Block answer(uint64_t first, uint64_t second) {
  return {byteSwap(static_cast<uint32_t>(first >> 32)),
          byteSwap(static_cast<uint32_t>(first)),
          byteSwap(static_cast<uint32_t>(second >> 32)),
          byteSwap(static_cast<uint32_t>(second))};
}

TEST(Ars, GivesThePublishedAnswersOnEveryPath) {
  ArsKey key(Key{1, 0});
  for (ArsPath path : {ArsPath::Portable, ArsPath::AesNi, ArsPath::Vaes512}) {
    if (path > bestArsPath())
      continue;
    Block out;
    arsFill(path, key, 1, 0, 1, out.data());
    EXPECT_EQ(out, answer(0x2b1623350cd214dc, 0x7740187993411872));
    arsFill(path, key, 0x100, 0, 1, out.data());
    EXPECT_EQ(out, answer(0x2de6b66fa461b668, 0xf380126f32b9cd22));
  }
}

TEST(Ars, EveryPathGivesTheSameBitsForAnyCount) {
  ArsKey key(makeKey(hash64(7, "path"), Stream::Target));
  for (uint64_t count : {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 64, 1001}) {
    std::vector<uint32_t> expected(4 * count + 1, 99);
    arsFill(ArsPath::Portable, key, ~uint64_t{0} - 5, 3, count,
            expected.data());
    EXPECT_EQ(expected[4 * count], 99u);
    for (ArsPath path : {ArsPath::AesNi, ArsPath::Vaes512}) {
      if (path > bestArsPath())
        continue;
      std::vector<uint32_t> words(4 * count + 1, 99);
      arsFill(path, key, ~uint64_t{0} - 5, 3, count, words.data());
      EXPECT_EQ(words, expected);
    }
    for (uint64_t i = 0; i < count; ++i) {
      Block block = ars(key, ~uint64_t{0} - 5 + i, 3);
      for (int lane = 0; lane < 4; ++lane)
        EXPECT_EQ(block[lane], expected[4 * i + lane]);
    }
  }
}

TEST(Ars, NeighbouringCountersAreUnrelated) {
  // A flipped counter bit flips each output bit with probability one half.
  ArsKey key(makeKey(1, Stream::Count));
  for (int bit = 0; bit < 128; ++bit) {
    int flips = 0;
    for (uint64_t i = 0; i < 64; ++i) {
      Block a = ars(key, i, i * i);
      Block b = ars(key, i ^ (bit < 64 ? 1ull << bit : 0),
                    (i * i) ^ (bit < 64 ? 0 : 1ull << (bit - 64)));
      for (int lane = 0; lane < 4; ++lane)
        flips += __builtin_popcount(a[lane] ^ b[lane]);
    }
    EXPECT_NEAR(flips, 64 * 64, 6 * 45.3) << bit; // six standard deviations
  }
}

} // namespace
