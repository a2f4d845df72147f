//===- NpzTest.cpp - NumPy's archive of arrays ------------------*- C++ -*-===//
//
// The archives in data/ were written by numpy.savez and savez_compressed of
// NumPy 1.24; every way of cutting or flipping one must fail cleanly.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Npz.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <unistd.h>

using namespace snn::results;

static const std::string good = SNN_TEST_DATA "/numpy.npz";

static std::string contentOf(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream content;
  content << in.rdbuf();
  return content.str();
}

/// A file that is gone with the object.
struct TemporaryFile {
  std::string path;
  explicit TemporaryFile(const std::string &content) {
    path = testing::TempDir() + "snn-npz-" + std::to_string(getpid());
    std::ofstream(path, std::ios::binary) << content;
  }
  ~TemporaryFile() { std::remove(path.c_str()); }
};

TEST(Npz, ReadsWhatNumpyWrote) {
  Expected<NpzArchive> archive = NpzArchive::open(good);
  ASSERT_TRUE(archive);
  EXPECT_EQ(archive->arrays().size(), 3u);
  EXPECT_EQ(archive->find("E.t")->toDoubles(),
            (std::vector<double>{0.1, 2.5, 2.5}));
  EXPECT_EQ(archive->find("E.id")->toIds(), (std::vector<uint32_t>{3, 0, 7}));
  EXPECT_EQ(archive->find("V")->shape, (std::vector<uint64_t>{3, 2}));
  EXPECT_EQ(archive->find("nothing"), nullptr);
}

TEST(Npz, SaysThatAMemberIsCompressed) {
  Expected<NpzArchive> archive =
      NpzArchive::open(SNN_TEST_DATA "/compressed.npz");
  ASSERT_FALSE(archive);
  EXPECT_NE(archive.failure().message.find("`a.npy` is compressed"),
            std::string::npos);
}

TEST(Npz, SaysThatAFileIsMissing) {
  Expected<NpzArchive> archive = NpzArchive::open("/nowhere/spikes.npz");
  ASSERT_FALSE(archive);
  EXPECT_EQ(archive.failure().code, ExitCode::NoInput);
}

TEST(Npz, RefusesEveryCutOffArchive) {
  std::string whole = contentOf(good);
  ASSERT_GT(whole.size(), 500u);
  for (size_t length = 0; length < whole.size(); ++length) {
    TemporaryFile file(whole.substr(0, length));
    EXPECT_FALSE(NpzArchive::open(file.path)) << length;
  }
}

TEST(Npz, SurvivesEveryChangedByte) {
  std::string whole = contentOf(good);
  for (size_t at = 0; at < whole.size(); ++at)
    for (int value : {0x00, 0xff, whole[at] ^ 0x80}) {
      std::string changed = whole;
      changed[at] = static_cast<char>(value);
      TemporaryFile file(changed);
      // Either it still reads, and then within the file, or it is refused.
      Expected<NpzArchive> archive = NpzArchive::open(file.path);
      if (!archive)
        continue;
      for (const auto &[name, array] : archive->arrays())
        EXPECT_LE(array.data.size(), changed.size()) << at;
    }
}
