//===- UnpackTest.cpp - What the reader of packed files answers -*- C++ -*-===//
//
// Answers are not trusted: whatever is no answer does not get through.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Unpack.h"

#include <gtest/gtest.h>

using namespace snn::data;

namespace {

std::string piece(char kind, const std::string &bytes) {
  uint64_t length = bytes.size();
  return kind + std::string(reinterpret_cast<char *>(&length), sizeof length) +
         bytes;
}

bool decodes(const std::string &answer) {
  std::vector<Member> members;
  std::string error;
  return decodeAnswer(answer, members, error);
}

TEST(Unpack, PiecesOfAMemberAreJoined) {
  std::string answer = std::string(AnswerMagic) + piece('M', "a") +
                       piece('D', "12") + piece('D', "34") + piece('M', "b") +
                       piece('Z', "");
  std::vector<Member> members;
  std::string error;
  ASSERT_TRUE(decodeAnswer(answer, members, error));
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0].name, "a");
  EXPECT_EQ(members[0].bytes, "1234");
  EXPECT_EQ(members[1].bytes, "");
  for (size_t size = 0; size < answer.size(); ++size)
    EXPECT_FALSE(decodes(answer.substr(0, size)));
  EXPECT_FALSE(decodes(answer + "x"));
}

TEST(Unpack, AnErrorIsTold) {
  std::vector<Member> members;
  std::string error;
  EXPECT_FALSE(decodeAnswer(std::string(AnswerMagic) + piece('X', "why") +
                                piece('Z', ""),
                            members, error));
  EXPECT_EQ(error, "why");
}

TEST(Unpack, BytesBelongToAMember) {
  EXPECT_FALSE(
      decodes(std::string(AnswerMagic) + piece('D', "12") + piece('Z', "")));
}

TEST(Unpack, LengthsBeyondTheAnswerAreRefused) {
  std::string answer = std::string(AnswerMagic) + "M" + std::string(8, '\xff');
  EXPECT_FALSE(decodes(answer));
}

} // namespace
