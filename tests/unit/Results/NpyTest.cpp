//===- NpyTest.cpp - NumPy's array format -----------------------*- C++ -*-===//
//
// Good arrays of every kind, and what must be refused: cut off, foreign,
// program-carrying or overflowing ones.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Npy.h"

#include <gtest/gtest.h>

using namespace snn::results;

static std::string npy(const std::string &header, const std::string &data,
                       char version = 1) {
  std::string length(version == 1 ? 2 : 4, '\0');
  length[0] = static_cast<char>(header.size());
  return std::string("\x93NUMPY") + version + '\0' + length + header + data;
}

static std::string header(const std::string &type, const std::string &shape) {
  return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape +
         ", }          \n";
}

static std::string bytesOf(const std::vector<double> &values) {
  return std::string(reinterpret_cast<const char *>(values.data()),
                     values.size() * sizeof(double));
}

TEST(Npy, ReadsNumbersAndShape) {
  std::string bytes =
      npy(header("<f8", "(2, 2)"), bytesOf({1.5, -2, 0, 1e300}));
  Expected<NpyArray> array = parseNpy(bytes, "a");
  ASSERT_TRUE(array);
  EXPECT_EQ(array->shape, (std::vector<uint64_t>{2, 2}));
  EXPECT_EQ(array->toDoubles(), (std::vector<double>{1.5, -2, 0, 1e300}));
}

TEST(Npy, ReadsTheLongerHeaderOfLaterVersions) {
  std::string bytes = npy(header("|u1", "(3,)"), "\x01\x02\xff", 2);
  Expected<NpyArray> array = parseNpy(bytes, "a");
  ASSERT_TRUE(array);
  EXPECT_EQ(array->toDoubles(), (std::vector<double>{1, 2, 255}));
}

TEST(Npy, AScalarHasOneElement) {
  Expected<NpyArray> array =
      parseNpy(npy(header("<f8", "()"), bytesOf({7})), "a");
  ASSERT_TRUE(array);
  EXPECT_EQ(array->size(), 1u);
}

TEST(Npy, IdsMustFit) {
  std::string bytes = npy(header("<f8", "(1,)"), bytesOf({-1}));
  EXPECT_TRUE(parseNpy(bytes, "a")->toIds().empty());
  bytes = npy(header("<f8", "(1,)"), bytesOf({4294967295.0}));
  EXPECT_EQ(parseNpy(bytes, "a")->toIds(), std::vector<uint32_t>{4294967295u});
}

static std::string refusal(const std::string &bytes) {
  Expected<NpyArray> array = parseNpy(bytes, "a.npy");
  EXPECT_FALSE(array);
  if (array)
    return "";
  EXPECT_EQ(array.failure().code, ExitCode::BrokenFile);
  return array.failure().message;
}

TEST(Npy, RefusesWhatIsNoArray) {
  EXPECT_EQ(refusal("PK\x03\x04 and so on and on"),
            "a.npy is not a readable .npy array: it does not begin as one");
}

TEST(Npy, RefusesObjectsBecauseTheirPayloadIsAProgram) {
  EXPECT_EQ(refusal(npy(header("|O", "(1,)"), "c__builtin__")),
            "a.npy is not a readable .npy array: its elements are of type O");
}

TEST(Npy, RefusesBigEndianNumbers) {
  EXPECT_NE(refusal(npy(header(">f8", "(1,)"), bytesOf({1}))).find("little"),
            std::string::npos);
}

TEST(Npy, RefusesCutOffData) {
  EXPECT_NE(refusal(npy(header("<f8", "(2,)"), bytesOf({1}))).find("cut off"),
            std::string::npos);
}

TEST(Npy, RefusesAHeaderLongerThanTheFile) {
  std::string bytes = npy(header("<f8", "(1,)"), bytesOf({1}));
  bytes[9] = '\x7f';
  EXPECT_NE(refusal(bytes).find("header is cut off"), std::string::npos);
}

TEST(Npy, RefusesAShapeThatOverflows) {
  EXPECT_NE(refusal(npy(header("<f8", "(4294967296, 4294967296)"), ""))
                .find("overflows"),
            std::string::npos);
  EXPECT_NE(refusal(npy(header("<f8", "(99999999999999999999999,)"), ""))
                .find("malformed"),
            std::string::npos);
}
