//===- ScannerTest.cpp - Limits and bytes that no text file holds -*- C++
//-*-===//
//
// Every limit at its value and one above, and encodings that an editor would
// not write.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Scanner.h"
#include "tests/unit/Lang/Support.h"

#include <gtest/gtest.h>

namespace snn::lang::test {
namespace {

std::string repeat(const std::string &text, size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (size_t i = 0; i < count; ++i)
    result += text;
  return result;
}

std::string withValue(const std::string &value) {
  return "neuron A {\n  let x = " + value + "\n}\n";
}

std::string codesOf(const std::string &text) { return Parsed(text).codes(); }

TEST(SourceLimitsTest, NameOf255BytesIsTakenAndOneOf256IsNot) {
  EXPECT_EQ(codesOf(withValue(std::string(255, 'a'))), "");
  EXPECT_EQ(codesOf(withValue(std::string(256, 'a'))), "E0114");
}

TEST(SourceLimitsTest, LineOf1MiBIsTakenAndOneOfOneByteMoreIsNot) {
  std::string comment = "//" + std::string(SourceLimits::MaxLineBytes - 2, 'a');
  EXPECT_EQ(codesOf(comment + "\n"), "");
  EXPECT_EQ(codesOf(comment + "\r\n"), "");
  EXPECT_EQ(codesOf(comment), "");
  EXPECT_EQ(codesOf(comment + "a\n"), "E0112");
}

TEST(SourceLimitsTest, FileOf64MiBIsTakenAndOneOfOneByteMoreIsNot) {
  std::string line = "//" + std::string((1u << 16) - 3, 'a') + "\n";
  std::string text = repeat(line, SourceLimits::MaxFileBytes / line.size());
  ASSERT_EQ(text.size(), SourceLimits::MaxFileBytes);
  // Scanned only: that much text takes its time to parse.
  SourceMap sources;
  DiagnosticEngine engine(sources);
  EXPECT_TRUE(scan(sources.add("full.snn", text), engine));
  EXPECT_FALSE(scan(sources.add("fuller.snn", text + "\n"), engine));
  ASSERT_EQ(engine.errorCount(), 1u);
  EXPECT_EQ(engine.sorted()[0]->info().code, "E0111");
}

TEST(SourceLimitsTest, Nesting256DeepIsTakenAnd257IsNot) {
  // One level is the neuron's own block.
  auto nested = [](size_t depth) {
    return withValue(repeat("(", depth - 1) + "1" + repeat(")", depth - 1));
  };
  EXPECT_EQ(codesOf(nested(256)), "");
  EXPECT_EQ(codesOf(nested(257)), "E0113");
  EXPECT_EQ(codesOf(nested(1u << 16)), "E0113");
}

TEST(SourceLimitsTest, BlocksNested256DeepAreTaken) {
  auto nested = [](size_t depth) {
    return "network N {\n" + repeat("if a > 1 {\n", depth - 1) +
           repeat("}\n", depth);
  };
  EXPECT_EQ(codesOf(nested(256)), "");
  EXPECT_EQ(codesOf(nested(257)), "E0113");
}

TEST(SourceLimitsTest, ExpressionOf1000OperatorsIsTakenAndOneMoreIsNot) {
  for (const char *op : {"+", "-", "*", "^", " and "})
    for (size_t extra : {0, 1})
      EXPECT_EQ(
          codesOf(withValue("a" + repeat(std::string(op) + "a", 1000 + extra))),
          extra ? "E0116" : "")
          << op;
}

TEST(SourceLimitsTest, EveryKindOfDepthIsBounded) {
  size_t many = 100'000;
  EXPECT_EQ(codesOf(withValue(repeat("-", many) + "a")), "E0116");
  EXPECT_EQ(codesOf(withValue(repeat("not ", many) + "a")), "E0116");
  EXPECT_EQ(codesOf(withValue("a" + repeat(".b", many))), "E0116");
  EXPECT_EQ(codesOf(withValue("a" + repeat("()", many))), "E0116");
  EXPECT_EQ(codesOf(withValue("a" + repeat("[1]", many))), "E0116");
  EXPECT_EQ(codesOf(withValue(repeat("if a then b else\n", many) + "c")),
            "E0116");
  EXPECT_EQ(codesOf(withValue(repeat("if ", many) + "c")), "E0116");
}

TEST(SourceLimitsTest, LongListsAndChainsOfElseAreNotDeep) {
  std::string list = "[" + repeat("-1.5 mV, ", 20'000) + "0]";
  EXPECT_EQ(codesOf(withValue(list)), "");
  std::string chain = "network N {\n  if a > 0 {\n  }" +
                      repeat(" else if a > 0 {\n  }", 5'000) + "\n}\n";
  EXPECT_EQ(codesOf(chain), "");
}

TEST(SourceLimitsTest, AfterAThousandErrorsTheRestIsNotLookedAt) {
  for (const char *wrong : {"foo a\n", "a\n", "param = 3\n"}) {
    Parsed parsed("neuron A {\n" + repeat(wrong, 5'000) + "}\n");
    EXPECT_GE(parsed.engine.errorCount(), SourceLimits::MaxErrors) << wrong;
    EXPECT_LE(parsed.engine.errorCount(), SourceLimits::MaxErrors + 1) << wrong;
  }
}

TEST(SourceLimitsTest, TimeGrowsWithTheTextAlsoForOddOnes) {
  // Each would take minutes if a pass looked ahead for every line.
  size_t many = 100'000;
  for (const std::string &text :
       {repeat(";", many), repeat("\n", many), repeat("// a\n", many),
        repeat("/// a\n", many), repeat("@a\n", many), repeat("{", 100),
        withValue("[" + repeat("1,\n", many) + "1]")})
    Parsed(text, "odd.snn");
}

TEST(EncodingTest, BytesThatAreNotUtf8AreRefused) {
  for (const char *bytes :
       {"\xB5", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xC2", "\xE2\x82",
        "\xF0\x9F\x92"}) {
    EXPECT_EQ(codesOf(std::string("// ") + bytes), "E0108");
    EXPECT_EQ(codesOf(std::string("// ") + bytes + "\nneuron A { }\n"),
              "E0108");
  }
}

TEST(EncodingTest, CommentsAndTextsMayHoldAnyCharacter) {
  EXPECT_EQ(codesOf("// \xC2\xB5, \xE2\x89\xA5, \xF0\x9F\x92\xA1\n"), "");
  EXPECT_EQ(codesOf(withValue("load(\"\xF0\x9F\x92\xA1\")")), "");
}

TEST(EncodingTest, InvisibleCharactersInCommentsAndTextsAreWarnedAbout) {
  EXPECT_EQ(codesOf("// \xE2\x80\xAE evil\n"), "W0105");
  EXPECT_EQ(codesOf(withValue("load(\"\xE2\x81\xA6\")")), "W0105");
  EXPECT_EQ(codesOf("// \x1B[31m red\n"), "W0105");
  EXPECT_EQ(codesOf(std::string("// a\0b\n", 7)), "W0105");
  EXPECT_EQ(codesOf("// a\tb\n"), "");
  EXPECT_EQ(codesOf(withValue("\xE2\x80\xAE"
                              "a")),
            "E0104");
}

TEST(EncodingTest, ControlCharactersAreRefused) {
  EXPECT_EQ(codesOf(std::string("neuron A { }\n\0", 14)), "E0104");
  EXPECT_EQ(codesOf("neuron A { }\n\x1B"), "E0104");
  EXPECT_EQ(codesOf("neuron A {\r}"), "E0104");
}

TEST(EncodingTest, CarriageReturnAloneCannotHideTextInAComment) {
  EXPECT_EQ(codesOf("neuron A {  // a\r}\n"), "E0104");
  EXPECT_EQ(codesOf("// a\r"), "E0104");
}

TEST(EncodingTest, ByteOrderMarkAndCarriageReturnsDoNotMatter) {
  EXPECT_EQ(codesOf("\xEF\xBB\xBFneuron A {\r\n  state v = 0\r\n}\r\n"), "");
}

TEST(EncodingTest, EmptyTextsAreRight) {
  for (const char *text : {"", "\n", "   ", "// only a comment", ";;\n;"})
    EXPECT_EQ(codesOf(text), "");
}

} // namespace
} // namespace snn::lang::test
