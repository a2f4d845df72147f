//===- NpzTest.cpp - Archives as others read them -------------------------===//
//
// Checksums by their known answer, and small and zip64 archives by Python.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Record/Npz.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

using namespace snn::runtime;
namespace fs = std::filesystem;

TEST(Npz, ChecksumHasItsKnownAnswer) {
  EXPECT_EQ(crc32(0, "123456789", 9), 0xcbf43926u);
  EXPECT_EQ(crc32(0, "", 0), 0u);
  // In portions of any length, which the eight-byte loop meets differently.
  std::string text(1000, 'x');
  for (size_t i = 0; i < text.size(); ++i)
    text[i] = static_cast<char>(i * 37);
  uint32_t whole = crc32(0, text.data(), text.size());
  for (size_t cut : {1, 7, 8, 9, 500, 999})
    EXPECT_EQ(
        crc32(crc32(0, text.data(), cut), text.data() + cut, text.size() - cut),
        whole);
}

TEST(Npz, SmallAndLargeArchivesAreReadByPython) {
  if (std::system("python3 -c ''") != 0)
    GTEST_SKIP() << "no Python on this machine";
  std::string name = (fs::temp_directory_path() / "snn-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  fs::path folder = name;
  std::ofstream(folder / "check.py") << R"(
import ast, struct, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
assert z.namelist() == ['a/t.npy', 'empty.npy', 'V1[3,4].E/V.npy'], z.namelist()
def header(data):
    assert data[:8] == b'\x93NUMPY\x01\x00'
    length, = struct.unpack('<H', data[8:10])
    assert (10 + length) % 64 == 0 and data[9 + length:10 + length] == b'\n'
    return ast.literal_eval(data[10:10 + length].decode()), data[10 + length:]
h, d = header(z.read('a/t.npy'))
assert h == {'descr': '<f8', 'fortran_order': False, 'shape': (1000,)}, h
assert struct.unpack('<1000d', d) == tuple(i / 2 for i in range(1000))
h, d = header(z.read('empty.npy'))
assert h['shape'] == (0,) and d == b''
h, d = header(z.read('V1[3,4].E/V.npy'))
assert h['shape'] == (2, 3) and h['descr'] == '<u4'
assert struct.unpack('<6I', d) == (0, 1, 2, 3, 4, 5)
)";
  // The sizes, the offset of the last member, the directory: each is beyond.
  for (uint64_t big :
       {uint64_t{0xffffffff}, uint64_t{9000}, uint64_t{8400}, uint64_t{1}}) {
    std::string path = folder / "x.npz";
    OutputFile file;
    Error error;
    ASSERT_TRUE(file.open(path.c_str(), /*inPlace=*/false, error));
    NpzWriter npz(file, big);
    ASSERT_TRUE(npz.begin("a/t", "<f8", 8, 1000));
    for (int i = 0; i < 1000; ++i) {
      double value = i / 2.0;
      npz.add(&value, 8);
    }
    npz.end();
    ASSERT_TRUE(npz.begin("empty", "<f8", 8, 0));
    npz.end();
    ASSERT_TRUE(npz.begin("V1[3,4].E/V", "<u4", 4, 2, 3));
    uint32_t values[] = {0, 1, 2, 3, 4, 5};
    npz.add(values, sizeof values);
    npz.end();
    npz.finish();
    ASSERT_TRUE(file.finish(error)) << error.message;
    EXPECT_FALSE(fs::exists(path)) << "before it is published";
    ASSERT_TRUE(file.publish(error)) << error.message;
    std::string command =
        "python3 " + (folder / "check.py").string() + " " + path;
    EXPECT_EQ(std::system(command.c_str()), 0) << big;
    fs::remove(path);
  }
  fs::remove_all(folder);
}

TEST(OutputFile, WithoutPublishNothingAppears) {
  std::string name = (fs::temp_directory_path() / "snn-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  {
    OutputFile file;
    Error error;
    ASSERT_TRUE(file.open((name + "/x").c_str(), false, error));
    file.write("text");
  }
  EXPECT_TRUE(fs::is_empty(name));
  fs::remove_all(name);
}
