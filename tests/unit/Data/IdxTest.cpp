//===- IdxTest.cpp - The format of MNIST's files ----------------*- C++ -*-===//
//
// Every type of element, and sizes that do not go together.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Idx.h"

#include <gtest/gtest.h>

using namespace snn::data;

namespace {

std::string file(char type, std::string_view elements, char count) {
  std::string bytes("\0\0", 2);
  bytes += type;
  bytes += std::string("\1\0\0\0", 4);
  bytes += count;
  return bytes + std::string(elements);
}

std::vector<float> numbersOf(char type, std::string_view elements, char count) {
  auto array = parseIdx(file(type, elements, count), "f");
  return array ? array->numbers : std::vector<float>();
}

TEST(Idx, ElementsOfEveryTypeHaveTheHighestByteFirst) {
  using namespace std::literals;
  EXPECT_EQ(numbersOf(8, "\x00\xff"sv, 2), (std::vector<float>{0, 255}));
  EXPECT_EQ(numbersOf(9, "\x01\xff"sv, 2), (std::vector<float>{1, -1}));
  EXPECT_EQ(numbersOf(0xb, "\x01\x02\xff\xfe"sv, 2),
            (std::vector<float>{258, -2}));
  EXPECT_EQ(numbersOf(0xc, "\x00\x01\x00\x00"sv, 1),
            (std::vector<float>{65536}));
  EXPECT_EQ(numbersOf(0xd, "\xbf\xc0\x00\x00"sv, 1),
            (std::vector<float>{-1.5}));
  EXPECT_EQ(numbersOf(0xe, "\x40\x04\x00\x00\x00\x00\x00\x00"sv, 1),
            (std::vector<float>{2.5}));
}

TEST(Idx, OnlyBytesArePixels) {
  EXPECT_TRUE(parseIdx(file(8, "ab", 2), "f")->isBytes);
  EXPECT_FALSE(parseIdx(file(9, "ab", 2), "f")->isBytes);
}

TEST(Idx, BytesTooFewOrTooManyAreRefusedWithBothNumbers) {
  for (std::string_view elements : {"a", "abc"}) {
    auto array = parseIdx(file(8, elements, 2), "f");
    ASSERT_FALSE(array);
    EXPECT_EQ(array.failure().code, snn::results::ExitCode::BrokenFile);
    EXPECT_EQ(array.failure().message,
              "`f` is not a readable idx file: it has " +
                  std::to_string(elements.size()) +
                  " bytes for elements that take 2");
  }
}

TEST(Idx, EveryCutIsRefused) {
  std::string whole = file(0xc, "abcdefgh", 2);
  ASSERT_TRUE(parseIdx(whole, "f"));
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(parseIdx(std::string_view(whole).substr(0, size), "f"));
}

} // namespace
