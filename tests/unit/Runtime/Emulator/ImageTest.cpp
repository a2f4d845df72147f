//===- ImageTest.cpp - Images come back whole, or not at all --------------===//
//
// Every cut and every changed byte of a file is refused; what has right
// checksums but wrong contents never makes an engine read elsewhere.
//
//===----------------------------------------------------------------------===//
#include "Chips.h"

#include "runtime/emulator/ImageFile.h"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <unistd.h>

using namespace chips;

namespace {

/// Two cores of Loihi-like neurons that excite each other.
void pair(Image &image) {
  loihi(image);
  image.chip.columns = 2;
  Builder net;
  net.places = {0, 1};
  for (uint32_t core : {0u, 1u})
    for (uint16_t i = 0; i < 3; ++i)
      net.neurons.push_back(
          {core, {3000, 100, 10, 5}, {0, 0}, {}, {{1 - core, i, i}}});
  for (uint32_t core : {0u, 1u})
    for (int8_t i = 0; i < 3; ++i)
      net.axons.push_back({core, i, {{0, 20, 1}, {2, -5, 0}}});
  net.inputs.push_back({NoCore, {{0, 0, 1}, {1, 2, 3}}});
  net.pack(image);
  const char text[] = R"({"populations":[]})";
  ASSERT_TRUE(image.manifest.append(text, sizeof text - 1));
}

/// Spikes and the final states of so many ticks.
std::vector<int64_t> play(const Image &image, int ticks) {
  Emulator emulator;
  Error error = {};
  std::vector<int64_t> seen;
  EXPECT_TRUE(emulator.create(image, error));
  for (int t = 0; t < ticks; ++t) {
    uint32_t line = 0;
    if (!emulator.step(&line, !image.inputs.empty(), error))
      return {error.status};
    seen.insert(seen.end(), emulator.spikes().begin(), emulator.spikes().end());
    seen.push_back(-1);
  }
  for (uint32_t n = 0; n < image.neurons(); ++n)
    for (uint32_t r = 0; r < image.chip.registers; ++r)
      seen.push_back(emulator.state(n, r));
  return seen;
}

TEST(Image, AFileHoldsAllOfIt) {
  Image image, again;
  pair(image);
  Error error = {};
  std::string path = (std::filesystem::temp_directory_path() /
                      ("snn-image-" + std::to_string(getpid()) + ".nmi"))
                         .string();
  ASSERT_TRUE(writeImage(image, path.c_str(), error)) << error.message;
  ASSERT_TRUE(readImage(path.c_str(), again, error)) << error.message;
  std::filesystem::remove(path);
  EXPECT_EQ(play(image, 50), play(again, 50));
  EXPECT_EQ(again.manifest.size(), image.manifest.size());
  EXPECT_FALSE(readImage(path.c_str(), again, error));
  EXPECT_EQ(error.status, 66);
}

TEST(Image, EveryCutAndEveryChangedByteIsRefused) {
  Image image;
  pair(image);
  Buffer<char> bytes;
  Error error = {};
  ASSERT_TRUE(encode(image, bytes, error));
  auto refused = [&](const char *data, uint64_t size) {
    Image read;
    error = {};
    return !decode(data, size, read, error) && error.status == 77 &&
           (std::string(error.code) == "E0801" ||
            std::string(error.code) == "E0802");
  };
  for (uint64_t size = 0; size < bytes.size(); ++size)
    ASSERT_TRUE(refused(bytes.data(), size)) << size;
  for (uint64_t i = 0; i < bytes.size(); ++i)
    for (char change : {1, 0x40, -1}) {
      bytes[i] = static_cast<char>(bytes[i] ^ change);
      ASSERT_TRUE(refused(bytes.data(), bytes.size())) << i;
      bytes[i] = static_cast<char>(bytes[i] ^ change);
    }
  ASSERT_TRUE(bytes.push(0));
  EXPECT_TRUE(refused(bytes.data(), bytes.size()));
  bytes.setSize(bytes.size() - 1);
  EXPECT_FALSE(refused(bytes.data(), bytes.size()));
}

TEST(Image, AlteredContentsAreRefusedOrRunWithinTheirArrays) {
  std::mt19937 random(1);
  int refused = 0, ran = 0;
  for (int round = 0; round < 4000; ++round) {
    Image image;
    pair(image);
    auto spoil = [&](auto &array) {
      if (array.empty())
        return;
      auto *bytes = reinterpret_cast<unsigned char *>(array.data());
      uint64_t at = random() % (array.size() * sizeof(*array.data()));
      bytes[at] = static_cast<unsigned char>(random());
    };
    switch (random() % 9) {
    case 0:
      spoil(image.tickCode);
      break;
    case 1:
      spoil(image.cores);
      break;
    case 2:
      spoil(image.firstRoute);
      break;
    case 3:
      spoil(image.routes);
      break;
    case 4:
      spoil(image.axonGroups);
      break;
    case 5:
      spoil(image.firstSynapse);
      break;
    case 6:
      spoil(image.synapses);
      break;
    case 7:
      spoil(image.inputs);
      break;
    case 8:
      reinterpret_cast<unsigned char *>(
          &image.chip)[random() % offsetof(ChipRecord, limits)] =
          static_cast<unsigned char>(random());
    }
    Error error = {};
    if (image.check(error)) {
      play(image, 3);
      ++ran;
    } else {
      EXPECT_EQ(error.status, 77);
      ++refused;
    }
  }
  EXPECT_GT(refused, 500);
  EXPECT_GT(ran, 500);
}

TEST(Emulator, NeuronsThatExciteThemselvesForEverAreStopped) {
  Image image;
  tinyodin(image, 128);
  Builder net;
  net.places = {0};
  net.neurons.push_back({0, {5, 0}, {0}, {}, {{0, 0, 0}}});
  net.axons.push_back({0, 0, {{0, 7, 0}}});
  net.inputs.push_back({NoCore, {{0, 0, 0}}});
  net.pack(image);
  Emulator emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  uint32_t line = 0;
  EXPECT_FALSE(emulator.step(&line, 1, error));
  EXPECT_STREQ(error.code, "E0803");
}

/// Each spike excites a thousand neurons into a queue that holds them all: what
/// cannot end is refused before it fills the memory.
TEST(Emulator, NeuronsThatFillALongQueueAreStoppedSoon) {
  constexpr uint16_t Size = 1000;
  Image image;
  tinyodin(image, 1 << 30);
  Builder net;
  net.places = {0};
  for (uint16_t i = 0; i < Size; ++i) {
    net.neurons.push_back({0, {5, 0}, {0}, {}, {{0, 0, 0}}});
    if (i == 0)
      net.axons.push_back({0, 0, {}});
    net.axons[0].synapses.push_back({i, 7, 0});
  }
  net.inputs.push_back({NoCore, {{0, 0, 0}}});
  net.pack(image);
  Emulator emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  uint32_t line = 0;
  EXPECT_FALSE(emulator.step(&line, 1, error));
  EXPECT_STREQ(error.code, "E0803");
}

TEST(Emulator, AFullQueueDropsAndSaysSo) {
  Image image;
  tinyodin(image, 4);
  Builder net;
  net.places = {0};
  for (uint16_t i = 0; i < 10; ++i)
    net.neurons.push_back({0, {1, 0}, {0}, {}, {{0, i, 0}}});
  for (uint16_t i = 0; i < 10; ++i)
    net.axons.push_back({0, 0, {}});
  net.axons.push_back({0, 0, {}});
  for (uint16_t i = 0; i < 10; ++i)
    net.axons.back().synapses.push_back({i, 7, 0});
  net.inputs.push_back({NoCore, {{0, 10, 0}}});
  net.pack(image);
  Emulator emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  uint32_t line = 0;
  ASSERT_TRUE(emulator.step(&line, 1, error));
  EXPECT_EQ(emulator.spikes().size(), 10u);
  EXPECT_EQ(emulator.counters().dropped, 6u);
  EXPECT_EQ(emulator.counters().queueMark, 4u);
}

TEST(Emulator, SaturationsWrapsAndMergedEventsAreCounted) {
  Image image;
  ranc(image, {"v", -8, 7, Overflow::Wrap, 0});
  Builder net;
  net.places = {0};
  net.neurons.push_back({0, {0, 7, -8, 0, 0}, {0}, {5, 0, 0, 0}, {}});
  net.axons.push_back({0, 0, {{0, 0, 0}}});
  net.axons.push_back({0, 0, {{0, 0, 0}}});
  net.inputs.push_back({NoCore, {{0, 0, 0}, {0, 0, 0}, {0, 1, 0}}});
  net.pack(image);
  Emulator emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  uint32_t line = 0;
  ASSERT_TRUE(emulator.step(&line, 1, error));
  // 5 + 5 wraps to -6; the second spike on the first axon is none.
  EXPECT_EQ(emulator.state(0, 0), -6);
  EXPECT_EQ(emulator.counters().overflows, (Overflows{1, 0}));
  EXPECT_EQ(emulator.counters().merged, 1u);
  EXPECT_EQ(emulator.counters().synapticEvents, 2u);
}

} // namespace
