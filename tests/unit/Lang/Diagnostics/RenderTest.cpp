//===- RenderTest.cpp - Messages as people and programs read them ---------===//
//
// Layout to the column, in the cases that golden files of models do not reach:
// several labels in one line, other files, wide and hostile characters.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Render.h"

#include <gtest/gtest.h>

using namespace snn::lang;

namespace {

class RenderTest : public testing::Test {
protected:
  SourceMap sources;
  DiagnosticEngine engine{sources};

  static SourceRange find(const SourceBuffer &buffer, std::string_view text) {
    auto at = static_cast<uint32_t>(buffer.text().find(text));
    return buffer.range(at, at + static_cast<uint32_t>(text.size()));
  }
};

TEST_F(RenderTest, LabelsOfOneLineStandUnderTheirParts) {
  const SourceBuffer &buffer =
      sources.add("lif.snn", "a\nV' = (E_L - V + R*I*V)/tau\n");
  engine
      .report(diag::UnlikeOperands, find(buffer, "R*I*V"), "add", "a voltage",
              "a squared voltage")
      .at("mV^2")
      .label(find(buffer, "E_L - V"), "mV")
      .help("drop the last factor");
  EXPECT_EQ(render(engine),
            "error[E0301]: cannot add a voltage and a squared voltage\n"
            " --> lif.snn:2:17\n"
            "  |\n"
            "2 | V' = (E_L - V + R*I*V)/tau\n"
            "  |       -------   ^^^^^ mV^2\n"
            "  |       |\n"
            "  |       mV\n"
            "  |\n"
            "  = help: drop the last factor\n"
            "\n"
            "error: 1 error in lif.snn; try `snn explain E0301`\n");
}

TEST_F(RenderTest, ALabelInAnotherFileHasItsOwnPlace) {
  const SourceBuffer &one = sources.add("one.snn", "use two\nnet X\n");
  const SourceBuffer &two = sources.add("two.snn", "neuron Y {}\n");
  engine.report(diag::AmbiguousName, find(one, "X"), "X")
      .label(find(two, "Y"), "the other one");
  EXPECT_EQ(render(engine), "error[E0221]: `X` comes from two files\n"
                            " --> one.snn:2:5\n"
                            "  |\n"
                            "2 | net X\n"
                            "  |     ^\n"
                            " ::: two.snn:1:8\n"
                            "  |\n"
                            "1 | neuron Y {}\n"
                            "  |        - the other one\n"
                            "  |\n"
                            "\n"
                            "error: 1 error in one.snn; try `snn explain "
                            "E0221`\n");
}

TEST_F(RenderTest, ColumnsCountCodePoints) {
  const SourceBuffer &buffer =
      sources.add("a.snn", "// \u00b5\u03a9\u20ac X\n");
  engine.report(diag::UnknownName, find(buffer, "X"), "X", "a");
  std::string text = render(engine);
  EXPECT_NE(text.find("a.snn:1:8"), std::string::npos) << text;
  EXPECT_NE(text.find("  |        ^\n"), std::string::npos) << text;
}

TEST_F(RenderTest, ControlCharactersNeverReachATerminal) {
  const SourceBuffer &buffer =
      sources.add("e\x1b[2J.snn", "a \x1b[31m\u202e X \x9b\xff\n");
  engine.report(diag::UnknownName, find(buffer, "X"), "X\x07", "a");
  for (MessageFormat format :
       {MessageFormat::Human, MessageFormat::Short, MessageFormat::Json}) {
    RenderOptions options;
    options.format = format;
    std::string text = render(engine, options);
    for (char c : text) {
      EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n') << text;
      EXPECT_NE(c, '\x7f');
    }
    if (format != MessageFormat::Json) {
      EXPECT_EQ(text.find("\u202e"), std::string::npos) << text;
      EXPECT_NE(text.find("\\x07"), std::string::npos) << text;
    }
  }
}

TEST_F(RenderTest, AtMostTwentyAreShownAndTheRestIsCounted) {
  const SourceBuffer &buffer = sources.add("a.snn", std::string(60, 'x'));
  for (uint32_t i = 0; i < 54; ++i)
    engine.report(diag::UnknownName, buffer.range(i, i + 1), "x", "a");
  RenderOptions options;
  options.format = MessageFormat::Short;
  std::string text = render(engine, options);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 21);
  EXPECT_NE(text.find("... and 34 more\n"), std::string::npos);
}

TEST_F(RenderTest, LongLinesAreCutAroundThePlace) {
  const SourceBuffer &buffer = sources.add(
      "a.snn", std::string(5000, 'a') + " X " + std::string(5000, 'b'));
  engine.report(diag::UnknownName, find(buffer, "X"), "X", "a").at("here");
  std::string text = render(engine);
  EXPECT_LT(text.size(), 1000u);
  size_t line = text.find("aaaa"), caret = text.find("^ here");
  ASSERT_NE(caret, std::string::npos);
  // The caret stands under the X.
  size_t lineStart = text.rfind('\n', line) + 1;
  size_t caretStart = text.rfind('\n', caret) + 1;
  EXPECT_EQ(text[lineStart + (caret - caretStart)], 'X');
}

TEST_F(RenderTest, PlacesAtTheVeryEndAndEmptyFilesAreShown) {
  const SourceBuffer &empty = sources.add("empty.snn", "");
  engine.report(diag::UnknownName, empty.range(0, 0), "x", "a");
  const SourceBuffer &buffer = sources.add("a.snn", "ab");
  engine.report(diag::UnknownName, buffer.range(2, 2), "x", "a").at("end");
  std::string text = render(engine);
  EXPECT_NE(text.find("2 errors in 2 files"), std::string::npos) << text;
  EXPECT_NE(text.find("  |   ^ end"), std::string::npos) << text;
}

TEST_F(RenderTest, ShortAndJsonNameTheSamePlace) {
  const SourceBuffer &buffer = sources.add("a.snn", "x\n  tua\n");
  engine.report(diag::UnknownName, find(buffer, "tua"), "tua", "neuron `A`")
      .note("a note")
      .fix("replace it", find(buffer, "tua"), "tau");
  RenderOptions options;
  options.format = MessageFormat::Short;
  EXPECT_EQ(render(engine, options),
            "a.snn:2:3: error[E0201]: unknown name `tua` in neuron `A`\n");
  options.format = MessageFormat::Json;
  EXPECT_EQ(
      render(engine, options),
      R"({"code":"E0201","severity":"error","message":"unknown name `tua` in neuron `A`","file":"a.snn","line":2,"column":3,"end_line":2,"end_column":6,"begin":4,"end":7,"caption":"","labels":[],"notes":["a note"],"help":["replace it"],"fixes":[{"message":"replace it","certain":true,"edits":[{"file":"a.snn","line":2,"column":3,"end_line":2,"end_column":6,"begin":4,"end":7,"replacement":"tau"}]}]})"
      "\n");
}

TEST_F(RenderTest, ColourIsOffWhereNotAsked) {
  const SourceBuffer &buffer = sources.add("a.snn", "X\n");
  engine.report(diag::UnknownName, find(buffer, "X"), "X", "a").at("here");
  EXPECT_EQ(render(engine).find('\x1b'), std::string::npos);
  RenderOptions options;
  options.color = true;
  EXPECT_NE(render(engine, options).find("\x1b[1;31m"), std::string::npos);
}

TEST(Explain, GivesTheTextOfACodeAndNothingForOthers) {
  EXPECT_NE(explain("E0201").find("wrong:"), std::string::npos);
  EXPECT_EQ(explain("E9999"), "");
}

} // namespace
